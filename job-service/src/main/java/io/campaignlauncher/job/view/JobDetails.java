package io.campaignlauncher.job.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as people see it.
 *
 * @param number       the short number for people; null while the job is accepted but not yet in the tables
 * @param created      slots that Facebook fills now
 * @param errorHistory null in lists
 * @param version      sequence of the last event that is in here
 */
public record JobDetails(UUID jobId, @Nullable Long number, String status, String userId, String adAccountId,
        String campaignName, String strategy, Count requested, Count created, boolean verified, int retryCount,
        int retryBudget, @Nullable String lastError,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode errorHistory, Rollback rollback,
        @Nullable String facebookCampaignId, Instant createdAt, @Nullable Instant startedAt,
        @Nullable Instant completedAt, long version) {

    /** So many entities beside the one campaign. */
    public record Count(int adSets, int ads) {}

    /** @param reason why it began, or why a person is asked; null where neither happened */
    public record Rollback(boolean triggered, @Nullable String reason, @Nullable Instant at, @Nullable String policy,
            boolean awaitingConfirmation) {}
}
