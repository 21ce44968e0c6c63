package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What follows from the verification of the account before anything is created. */
final class PreVerificationRules {

    /** Of one job; looks come a minute apart at the end, so that a video has about four hours. */
    private static final int CHECKS_MAX = 240;

    private PreVerificationRules() {}

    static Decision record(DecisionBuilder builder, PreVerificationReport report) {
        var state = builder.state();
        if (state.awaited() != Awaited.PRE_VERIFICATION || report.attempt() != state.counts().preVerifications()) {
            return builder.done();
        }
        builder.emit(new JobEvent.PreVerificationCompleted(report));
        switch (report.outcome()) {
            case PASSED -> {
                var unsaid = unsaid(builder.state(), report);
                if (unsaid == null) {
                    StartRules.begin(builder);
                } else {
                    askAgain(builder, Fault.temporary(unsaid));
                }
            }
            case REFUSED -> builder.emit(new JobEvent.JobFailed(report.refusals(), true));
            case INCONCLUSIVE -> {
                var fault = report.fault() == null ? Fault.temporary("the account could not be checked")
                        : report.fault();
                if (report.readyAt() != null) {
                    awaitMedia(builder, report.readyAt(), fault);
                } else {
                    askAgain(builder, fault);
                }
            }
        }
        return builder.done();
    }

    /** What a launch needs to know, and a verifier of an older version does not tell; null: nothing. */
    private static @Nullable String unsaid(JobState state, PreVerificationReport report) {
        var terms = state.terms();
        if (terms.start().isUnknown()) {
            return "the account's time zone, in which the launch begins, is unknown";
        }
        return terms.media().stream().allMatch(file -> report.media().stream()
                .anyMatch(ready -> ready.isNamed(file.reference(), file.type()))) ? null
                        : "images and videos of the launch were not checked";
    }

    /** Costs no retry: encoding takes as long as it takes. */
    private static void awaitMedia(DecisionBuilder builder, Instant readyAt, Fault fault) {
        if (builder.state().counts().preVerifications() < CHECKS_MAX) {
            builder.waitUntilOrPause(readyAt, fault.described());
        } else {
            builder.emit(new JobEvent.JobFailed(List.of("not ready after " + CHECKS_MAX + " looks: "
                    + fault.described()), true));
        }
    }

    private static void askAgain(DecisionBuilder builder, Fault fault) {
        if (fault.kind() == ErrorKind.RATE_LIMIT) {
            builder.waitForLimit(fault, null);
        } else if (builder.retriesLeft()) {
            builder.retry(fault);
        } else {
            builder.emit(new JobEvent.JobFailed(
                    List.of("the account could not be checked, and the retries are used up: " + fault.described()),
                    true));
        }
    }
}
