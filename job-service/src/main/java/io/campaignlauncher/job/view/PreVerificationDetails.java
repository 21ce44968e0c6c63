package io.campaignlauncher.job.view;

import io.campaignlauncher.readmodel.JobView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came out of a look at the account before anything was created. Null where the look did not get that far. */
public record PreVerificationDetails(int attempt, String outcome, boolean canProceed, int verificationTimeMs,
        @Nullable Boolean accountAccessible, @Nullable Boolean accountSuspended,
        @Nullable Boolean duplicateCampaignExists, @Nullable Boolean atAccountLimit, @Nullable Boolean tokenValid,
        JsonNode checks, JsonNode warnings, JsonNode errors, @Nullable Integer currentCampaignCount,
        @Nullable Integer accountLimit, Instant createdAt) {

    static PreVerificationDetails of(JobView.VerificationView look) {
        return new PreVerificationDetails(look.attempt(), look.outcome(), look.canProceed(), look.tookMs(),
                look.accountAccessible(), look.accountSuspended(), look.duplicateCampaignExists(),
                look.atAccountLimit(), look.tokenValid(), look.checks(), look.warnings(), look.errors(),
                look.campaignCount(), look.campaignLimit(), look.createdAt());
    }
}
