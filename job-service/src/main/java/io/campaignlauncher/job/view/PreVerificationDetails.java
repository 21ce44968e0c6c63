package io.campaignlauncher.job.view;

import io.campaignlauncher.readmodel.JobView;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What came out of a verification of the account before anything was created. Null where it did not get that far. */
public record PreVerificationDetails(int attempt, String outcome, boolean canProceed, int verificationTimeMs,
        @Nullable Boolean accountAccessible, @Nullable Boolean accountSuspended,
        @Nullable Boolean duplicateCampaignExists, @Nullable Boolean atAccountLimit, @Nullable Boolean tokenValid,
        JsonNode checks, JsonNode warnings, JsonNode errors, @Nullable Integer currentCampaignCount,
        @Nullable Integer accountLimit, Instant createdAt) {

    static PreVerificationDetails of(JobView.VerificationView view) {
        return new PreVerificationDetails(view.attempt(), view.outcome(), view.canProceed(), view.tookMs(),
                view.accountAccessible(), view.accountSuspended(), view.duplicateCampaignExists(),
                view.atAccountLimit(), view.tokenValid(), view.checks(), view.warnings(), view.errors(),
                view.campaignCount(), view.campaignLimit(), view.createdAt());
    }
}
