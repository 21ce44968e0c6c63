package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.history.Standing;
import io.campaignlauncher.job.model.JobState.Start;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCancelled;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.LaunchRescheduled;
import io.campaignlauncher.schemas.LaunchScheduled;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackDeclined;
import io.campaignlauncher.schemas.RollbackProposed;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.VerificationCompleted;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * What each event does to a job's rows: to its {@link Standing} first, then to what only the tables have. Knows nothing but the events;
 * the same events always make the same rows.
 */
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
        job.standing(job.standing().after(event, at));
        switch (event) {
            case JobAccepted e -> accepted(job, e, at);
            case PreVerificationCompleted e -> {
                VerificationFold.preVerification(job, e.getReport(), at);
                if (e.getReport().getTimeZone() != null) {
                    job.set(JobColumn.TIME_ZONE, e.getReport().getTimeZone());
                }
            }
            case LaunchScheduled e -> job.set(JobColumn.START_AT, e.getStartAt());
            case LaunchRescheduled e ->
                job.set(JobColumn.START_AT, new Start(e.getStartAt(), job.text(JobColumn.TIME_ZONE)).instant());
            case CreationRequested e -> SlotFold.requested(job, e.getCommand(), at);
            case SlotsCreated e -> SlotFold.created(job, e, at);
            case SlotsFailed e -> SlotFold.failed(job, e, at);
            case CreationRoundEnded _ -> {
                SlotFold.roundEnded(job, at);
                job.set(JobColumn.CREATION_ENDED_AT, at);
            }
            case RetryScheduled e -> {
                job.set(JobColumn.LAST_RETRY_AT, at);
                ErrorHistory.add(job, at, "RetryScheduled", e.getFault());
            }
            case RateLimitReached e -> ErrorHistory.add(job, at, "RateLimitReached", e.getFault());
            case VerificationCompleted e -> VerificationFold.verification(job, e.getReport(), at);
            case SlotsReopened e -> SlotFold.reopened(job, e, at);
            case RollbackProposed e -> job.set(JobColumn.ROLLBACK_PROPOSAL, e.getReason());
            case RollbackDeclined _ -> job.set(JobColumn.ROLLBACK_DECLINED_AT, at);
            case JobCancelled e -> {
                job.set(JobColumn.CANCELLED_AT, at);
                job.set(JobColumn.CANCELLED_BY, e.getUserId());
                job.set(JobColumn.CANCEL_REASON, e.getReason());
            }
            case RollbackStarted e -> {
                job.set(JobColumn.ROLLBACK_TRIGGERED, true);
                job.set(JobColumn.ROLLBACK_REASON, e.getReason());
                job.set(JobColumn.ROLLBACK_CONFIRMED_BY, e.getConfirmedBy());
            }
            case EntitiesDeleted e -> SlotFold.deleted(job, e, at);
            case DeletionPassEnded e -> {
                SlotFold.passEnded(job, e, at);
                ErrorHistory.addUndeleted(job, at, e);
            }
            case JobCompleted _ -> job.set(JobColumn.VERIFIED, true);
            default -> {
            }
        }
        job.set(JobColumn.UPDATED_AT, at);
    }

    private static void accepted(JobView job, JobAccepted e, Instant at) {
        var request = LaunchRequests.fromAvro(e.getRequest());
        job.set(JobColumn.TENANT, request.ownership().tenant());
        job.set(JobColumn.OWNER, request.ownership().owner());
        job.set(JobColumn.USER_ID, request.userId());
        job.set(JobColumn.IDEMPOTENCY_KEY, request.idempotencyKey());
        job.set(JobColumn.CREDENTIAL_ID, request.credentialId());
        job.set(JobColumn.AD_ACCOUNT_ID, request.adAccountId());
        job.set(JobColumn.CAMPAIGN_NAME, request.campaign().name());
        job.set(JobColumn.STRATEGY, e.getRequest().getStrategy().name());
        job.set(JobColumn.REQUESTED_AD_SETS, e.getAdSets());
        job.set(JobColumn.REQUESTED_ADS, e.getAds());
        job.set(JobColumn.RETRY_BUDGET, e.getRetryBudget());
        job.set(JobColumn.ROLLBACK_POLICY, e.getRollbackPolicy().name());
        job.set(JobColumn.FINGERPRINT, e.getFingerprint());
        job.set(JobColumn.START_AT, new Start(request.startAt(), null).instant());
        for (var planned : LaunchPlan.of(request, e.getAdSets(), e.getAds()).slots()) {
            job.slots()
                    .add(new SlotView(EntityType.valueOf(planned.id().type().name()), planned.id().number(),
                            planned.adSetNumber(), planned.name(), at));
        }
    }
}
