package io.campaignlauncher.job.history;

import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.schemas.Check;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.DeletionFault;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.SlotFault;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.schemas.VerificationOutcome;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The error that an event tells of, as one sentence. */
final class LastError {

    private LastError() {}

    /** Null for an event that tells of none. */
    static @Nullable String of(SpecificRecord event) {
        return switch (event) {
            case PreVerificationCompleted e -> refusal(e.getReport());
            case SlotsFailed e -> lastOf(e.getFaults(), e.getSlots().stream().mapToInt(SlotFault::getFault));
            case RetryScheduled e -> described(e.getFault());
            case RateLimitReached e -> described(e.getFault());
            case VerificationCompleted e -> described(e.getReport().getFault());
            case DeletionPassEnded e ->
                lastOf(e.getFaults(), e.getFailed().stream().mapToInt(DeletionFault::getFault));
            case JobFailed e -> String.join("; ", e.getReasons());
            default -> null;
        };
    }

    /** The check that failed last; where the checks came to no end, what was in their way. */
    private static @Nullable String refusal(PreVerificationReported report) {
        var failed = report.getOutcome() != VerificationOutcome.REFUSED ? null
                : report.getChecks().stream().filter(check -> check.getOutcome() == CheckOutcome.FAILED)
                        .map(Check::getDetail).reduce((_, later) -> later).orElse(null);
        return failed == null ? described(report.getFault()) : failed;
    }

    /** The fault that was met for the first time after all others: the list has them in this order. */
    private static @Nullable String lastOf(List<GraphFault> faults, IntStream met) {
        var last = met.filter(index -> index >= 0 && index < faults.size()).max();
        return last.isEmpty() ? null : described(faults.get(last.getAsInt()));
    }

    private static @Nullable String described(@Nullable GraphFault fault) {
        return fault == null ? null : Fault.described(fault.getMessage(), fault.getCode(), fault.getSubcode());
    }
}
