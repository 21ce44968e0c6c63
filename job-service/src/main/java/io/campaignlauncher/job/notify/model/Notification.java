package io.campaignlauncher.job.notify.model;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState.Cancellation;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.SlotId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What is told of a job: made of its events up to the one that it tells of, so that the same event is always told in the same
 * words. It holds no secret, because requests and events hold none.
 *
 * @param at                 when it happened
 * @param status             the job's then
 * @param created            entities that fill the job's slots then
 * @param facebookCampaignId null where no campaign exists
 * @param reasons            why the job failed, was rolled back or should be; empty where it completed
 * @param cancelled          null where nobody has cancelled it
 * @param faults           what went wrong on the way, the latest at the end
 */
public record Notification(UUID jobId, NotificationKind kind, Instant at, JobStatus status, LaunchRequest request,
        Counts requested, Counts created, @Nullable String facebookCampaignId, List<String> reasons,
        @Nullable Cancellation cancelled, int retryCount, List<FaultSummary> faults) {

    /** Ad sets and ads. */
    public record Counts(int adSets, int ads) {}

    /** An event and when it happened. */
    public record Dated(Instant at, JobEvent event) {}

    /** The same for the same job and kind, whoever asks and how often. */
    public UUID id() {
        return id(jobId, kind);
    }

    public static UUID id(UUID jobId, NotificationKind kind) {
        return UUID.nameUUIDFromBytes((jobId + "/" + kind.wireName()).getBytes(StandardCharsets.UTF_8));
    }

    /** @param history from the job's first event to the one that is told of */
    public static Notification of(UUID jobId, NotificationKind kind, List<Dated> history) {
        var state = Job.initialState();
        var faults = new FaultSummaries();
        for (var happened : history) {
            state = Job.evolve(state, happened.event());
            faults.add(happened.event(), happened.at());
        }
        var last = history.getLast();
        return new Notification(jobId, kind, last.at(), state.phase().status(), state.terms().request(),
                new Counts(state.plan().adSets(), state.plan().ads()),
                new Counts(state.created(EntityType.AD_SET), state.created(EntityType.AD)), campaignId(state),
                reasons(last.event()), state.cancellation(), state.counts().retries(), faults.list());
    }

    private static @Nullable String campaignId(JobState state) {
        var slot = state.slot(new SlotId(EntityType.CAMPAIGN, 1));
        return slot != null && slot.filled() ? slot.facebookId() : null;
    }

    private static List<String> reasons(JobEvent event) {
        return switch (event) {
            case JobEvent.JobFailed e -> e.reasons();
            case JobEvent.JobRolledBack e -> List.of(e.reason());
            case JobEvent.RollbackProposed e -> List.of(e.reason());
            case JobEvent.JobCompleted _ -> List.of();
            case JobEvent.JobAccepted _,JobEvent.Requested _,JobEvent.Progress _,JobEvent.Waiting _ ->
                throw new IllegalArgumentException("nobody is told of " + event.getClass().getSimpleName());
        };
    }
}
