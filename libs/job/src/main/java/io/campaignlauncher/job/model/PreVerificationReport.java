package io.campaignlauncher.job.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier saw on the account.
 *
 * @param fault      why it is INCONCLUSIVE
 * @param durationMs how long the checks took
 */
public record PreVerificationReport(int attempt, VerificationOutcome outcome, List<Check> checks,
        @Nullable Integer campaignCount, @Nullable Integer campaignLimit, @Nullable Fault fault, long durationMs,
        int httpCalls) {

    public PreVerificationReport {
        checks = List.copyOf(checks);
    }

    /** Why the launch was refused, a sentence for each check that failed. */
    public List<String> refusals() {
        return checks.stream().filter(check -> check.outcome() == Check.Outcome.FAILED).map(Check::detail).toList();
    }
}
