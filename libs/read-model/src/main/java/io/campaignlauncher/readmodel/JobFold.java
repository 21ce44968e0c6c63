package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobRolledBack;
import io.campaignlauncher.schemas.LookScheduled;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackDeclined;
import io.campaignlauncher.schemas.RollbackProposed;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.schemas.VerificationRequested;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** What each event does to a job's rows. Knows nothing but the events; the same events always make the same rows. */
final class JobFold {

    private JobFold() {}

    /**
     * Folds in the event that comes next, or the next that there is.
     *
     * @param time  when it happened
     * @param event null where this version cannot read it: then it only counts
     */
    static void next(JobView job, long sequence, Instant time, @Nullable SpecificRecord event) {
        var at = time.truncatedTo(ChronoUnit.MICROS);
        if (job.get(JobColumn.CREATED_AT) == null) {
            job.set(JobColumn.CREATED_AT, at);
        }
        if (event == null) {
            job.set(JobColumn.UPDATED_AT, at);
        } else {
            apply(job, event, at);
        }
        job.set(JobColumn.VERSION, sequence);
    }

    /** @param at when it happened. Events that this version does not know change nothing but the time of the last event. */
    static void apply(JobView job, SpecificRecord event, Instant at) {
        switch (event) {
            case JobAccepted e -> accepted(job, e, at);
            case PreVerificationRequested _ -> job.set(JobColumn.WAITING_UNTIL, null);
            case PreVerificationCompleted e -> VerificationFold.preVerification(job, e.getReport(), at);
            case CreationRequested e -> creationRequested(job, e, at);
            case SlotsCreated e -> SlotFold.created(job, e, at);
            case SlotsFailed e -> SlotFold.failed(job, e, at);
            case CreationRoundEnded e -> {
                SlotFold.roundEnded(job, at);
                job.set(JobColumn.CREATION_ENDED_AT, at);
                job.add(JobColumn.HTTP_CALLS, e.getHttpCalls());
            }
            case RetryScheduled e -> {
                job.set(JobColumn.RETRY_COUNT, e.getRetryCount());
                job.set(JobColumn.LAST_RETRY_AT, at);
                job.set(JobColumn.WAITING_UNTIL, e.getAt());
                ErrorHistory.add(job, at, "RetryScheduled", e.getFault());
            }
            case RateLimitReached e -> {
                job.set(JobColumn.WAITING_UNTIL, e.getUntil());
                ErrorHistory.add(job, at, "RateLimitReached", e.getFault());
            }
            case LookScheduled e -> job.set(JobColumn.WAITING_UNTIL, e.getAt());
            case VerificationRequested _ -> inProgress(job);
            case VerificationCompleted e -> VerificationFold.verification(job, e.getReport(), at);
            case SlotsReopened e -> SlotFold.reopened(job, e, at);
            case RollbackProposed e -> {
                inProgress(job);
                job.set(JobColumn.ROLLBACK_PROPOSAL, e.getReason());
                job.set(JobColumn.AWAITING_CONFIRMATION, true);
            }
            case RollbackDeclined _ -> {
                inProgress(job);
                job.set(JobColumn.ROLLBACK_DECLINED_AT, at);
            }
            case RollbackStarted e -> {
                inProgress(job);
                job.set(JobColumn.ROLLBACK_TRIGGERED, true);
                job.set(JobColumn.ROLLBACK_REASON, e.getReason());
                job.set(JobColumn.ROLLBACK_AT, at);
                job.set(JobColumn.ROLLBACK_CONFIRMED_BY, e.getConfirmedBy());
            }
            case DeletionRequested _ -> inProgress(job);
            case EntitiesDeleted e -> SlotFold.deleted(job, e, at);
            case DeletionPassEnded e -> {
                job.add(JobColumn.HTTP_CALLS, e.getHttpCalls());
                SlotFold.passEnded(job, e, at);
                ErrorHistory.addUndeleted(job, at, e);
            }
            case JobCompleted _ -> {
                job.set(JobColumn.VERIFIED, true);
                settled(job, JobStatus.COMPLETED, at);
            }
            case JobFailed e -> {
                settled(job, JobStatus.FAILED, at);
                job.set(JobColumn.LAST_ERROR, String.join("; ", e.getReasons()));
            }
            case JobRolledBack _ -> settled(job, JobStatus.ROLLED_BACK, at);
            default -> {
            }
        }
        job.set(JobColumn.UPDATED_AT, at);
    }

    private static void accepted(JobView job, JobAccepted e, Instant at) {
        var request = LaunchRequests.fromAvro(e.getRequest());
        job.set(JobColumn.USER_ID, request.userId());
        job.set(JobColumn.AD_ACCOUNT_ID, request.adAccountId());
        job.set(JobColumn.CAMPAIGN_NAME, request.campaign().name());
        job.set(JobColumn.STRATEGY, e.getRequest().getStrategy().name());
        job.set(JobColumn.REQUESTED_AD_SETS, e.getAdSets());
        job.set(JobColumn.REQUESTED_ADS, e.getAds());
        job.set(JobColumn.RETRY_BUDGET, e.getRetryBudget());
        job.set(JobColumn.ROLLBACK_POLICY, e.getRollbackPolicy().name());
        job.set(JobColumn.FINGERPRINT, e.getFingerprint());
        for (var planned : LaunchPlan.of(withCounts(request, e.getAdSets(), e.getAds())).slots()) {
            job.slots()
                    .add(new SlotView(EntityType.valueOf(planned.id().type().name()), planned.id().number(),
                            planned.adSetNumber(), planned.name(), at));
        }
    }

    /** The counts that the request was accepted with, so that today's defaults play no part. */
    private static LaunchRequest withCounts(LaunchRequest r, int adSets, int ads) {
        return new LaunchRequest(r.idempotencyKey(), r.userId(), r.adAccountId(), r.credentialId(), r.strategy(),
                adSets, ads, r.pageId(), r.pixelId(), r.campaign(), r.adSet(), r.ad(), r.retryBudget(),
                r.rollbackPolicy(), r.duplicateName(), r.webhook(), r.priority());
    }

    private static void creationRequested(JobView job, CreationRequested e, Instant at) {
        inProgress(job);
        if (job.get(JobColumn.STARTED_AT) == null) {
            job.set(JobColumn.STARTED_AT, at);
        }
        SlotFold.requested(job, e.getCommand(), at);
    }

    private static void inProgress(JobView job) {
        job.status(JobStatus.IN_PROGRESS);
        job.set(JobColumn.COMPLETED_AT, null);
        job.set(JobColumn.AWAITING_CONFIRMATION, false);
        job.set(JobColumn.WAITING_UNTIL, null);
    }

    private static void settled(JobView job, JobStatus status, Instant at) {
        job.status(status);
        job.set(JobColumn.COMPLETED_AT, at);
        job.set(JobColumn.AWAITING_CONFIRMATION, false);
        job.set(JobColumn.WAITING_UNTIL, null);
    }
}
