package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the verifier saw on the account.
 *
 * @param fault      why it is INCONCLUSIVE
 * @param durationMs how long the checks took
 * @param timeZone   of the account, as in Europe/Berlin; null: not reached
 * @param media      images and videos that are there and ready, of those asked about
 * @param readyAt    when a video that is still encoded may be ready, so that it is no fault; null: nothing is waited for
 */
public record PreVerificationReport(int attempt, VerificationOutcome outcome, List<Check> checks,
        @Nullable Integer campaignCount, @Nullable Integer campaignLimit, @Nullable Fault fault, long durationMs,
        int httpCalls, @Nullable String timeZone, List<MediaFile> media,
        @Nullable Instant readyAt) {

    /** One that tells neither the account's time zone nor anything of images and videos. */
    public PreVerificationReport(int attempt, VerificationOutcome outcome, List<Check> checks,
            @Nullable Integer campaignCount, @Nullable Integer campaignLimit, @Nullable Fault fault, long durationMs,
            int httpCalls) {
        this(attempt, outcome, checks, campaignCount, campaignLimit, fault, durationMs, httpCalls, null, List.of(),
                null);
    }

    public PreVerificationReport {
        checks = List.copyOf(checks);
        media = List.copyOf(media);
    }

    /** Why the launch was refused, a sentence for each check that failed. */
    public List<String> refusals() {
        return checks.stream().filter(check -> check.outcome() == Check.Outcome.FAILED).map(Check::detail).toList();
    }
}
