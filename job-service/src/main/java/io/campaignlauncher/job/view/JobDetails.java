package io.campaignlauncher.job.view;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.campaignlauncher.readmodel.JobColumn;
import io.campaignlauncher.readmodel.JobView;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * A job as people see it.
 *
 * @param number       the short number for people; null while the job is not yet in the tables
 * @param created      slots that Facebook fills now
 * @param errorHistory null in lists
 * @param cancelled    null where nobody has cancelled it
 * @param startAt      when it begins; null: at once, or at a time of the account whose zone nobody has told yet
 * @param timeZone     of the ad account; null: nobody has told it yet
 * @param version      sequence of the last event that is in here
 */
public record JobDetails(UUID jobId, @Nullable Long number, String status, String userId, String adAccountId,
        String campaignName, String strategy, Count requested, Count created, boolean verified, int retryCount,
        int retryBudget, @Nullable String lastError,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable JsonNode errorHistory, Rollback rollback,
        @Nullable Cancellation cancelled, @Nullable Instant startAt, @Nullable String timeZone,
        @Nullable String facebookCampaignId, Instant createdAt, @Nullable Instant startedAt,
        @Nullable Instant completedAt, long version) {

    /** @param withErrors whether the error history is wanted and was read */
    static JobDetails of(JobView job, boolean withErrors) {
        var reason = job.text(JobColumn.ROLLBACK_REASON);
        return new JobDetails(job.jobId(), job.id(), job.needed(JobColumn.STATUS), job.needed(JobColumn.USER_ID),
                job.needed(JobColumn.AD_ACCOUNT_ID), job.needed(JobColumn.CAMPAIGN_NAME),
                job.needed(JobColumn.STRATEGY),
                new Count(job.needed(JobColumn.REQUESTED_AD_SETS), job.needed(JobColumn.REQUESTED_ADS)),
                new Count(job.needed(JobColumn.AD_SETS_CREATED), job.needed(JobColumn.ADS_CREATED)),
                job.needed(JobColumn.VERIFIED), job.needed(JobColumn.RETRY_COUNT), job.needed(JobColumn.RETRY_BUDGET),
                job.text(JobColumn.LAST_ERROR), withErrors ? job.errorHistory() : null,
                new Rollback(job.needed(JobColumn.ROLLBACK_TRIGGERED),
                        reason == null ? job.text(JobColumn.ROLLBACK_PROPOSAL) : reason,
                        job.time(JobColumn.ROLLBACK_AT), job.text(JobColumn.ROLLBACK_POLICY),
                        job.needed(JobColumn.AWAITING_CONFIRMATION)),
                Cancellation.of(job), job.time(JobColumn.START_AT), job.text(JobColumn.TIME_ZONE),
                job.text(JobColumn.FACEBOOK_CAMPAIGN_ID), job.needed(JobColumn.CREATED_AT),
                job.time(JobColumn.STARTED_AT), job.time(JobColumn.COMPLETED_AT), job.version());
    }

    /** So many entities beside the one campaign. */
    public record Count(int adSets, int ads) {}

    /** @param reason why it began, or why a person is asked; null where neither happened */
    public record Rollback(boolean triggered, @Nullable String reason, @Nullable Instant at, @Nullable String policy,
            boolean awaitingConfirmation) {}

    /** @param by who; empty: not told */
    public record Cancellation(Instant at, String by, String reason) {

        static @Nullable Cancellation of(JobView job) {
            var at = job.time(JobColumn.CANCELLED_AT);
            return at == null ? null
                    : new Cancellation(at, job.needed(JobColumn.CANCELLED_BY), job.needed(JobColumn.CANCEL_REASON));
        }
    }
}
