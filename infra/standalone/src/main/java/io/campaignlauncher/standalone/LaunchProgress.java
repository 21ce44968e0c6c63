package io.campaignlauncher.standalone;

import io.campaignlauncher.job.history.Standing;
import io.campaignlauncher.job.model.JobStatus;
import io.campaignlauncher.readmodel.ReplayedJob;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCancelled;
import io.campaignlauncher.schemas.LaunchRecords.Received;
import io.campaignlauncher.schemas.LaunchRescheduled;
import io.campaignlauncher.schemas.LaunchScheduled;
import io.campaignlauncher.schemas.LookScheduled;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackProposed;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.telemetry.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A launch as its events tell it: how much exists, what is being done, and how long each stage took. */
final class LaunchProgress {

    private final ReplayedJob job;
    private final Map<String, Duration> stages = new LinkedHashMap<>();
    private Standing standing = Standing.NONE;
    private String stage = "waiting to be accepted";
    private @Nullable Instant stageSince;
    private String detail = "";
    private long lastSequence = -1;

    LaunchProgress(UUID jobId) {
        this.job = new ReplayedJob(jobId);
    }

    /** Takes in the next event; what it does not know, and what was published before, it passes over. */
    void take(Received received) {
        var sequence = received.envelope().sequence();
        if (sequence != null) {
            if (sequence <= lastSequence) {
                return;
            }
            lastSequence = sequence;
        }
        var time = received.envelope().time();
        job.apply(job.version() + 1, time, received.message());
        standing = standing.after(received.message(), time);
        switch (received.message()) {
            case JobAccepted _ -> stageSince = time;
            case PreVerificationRequested _ -> enter("pre-creation verification", time);
            case CreationRequested _ -> enter("creation", time);
            case VerificationRequested _ -> enter("post-creation verification", time);
            case RetryScheduled e -> pause("waiting to retry", e.getFault().getMessage(), time);
            case RateLimitReached e -> pause("waiting for a rate limit", e.getFault().getMessage(), time);
            case LookScheduled e -> pause("waiting to look", e.getReason(), time);
            case LaunchScheduled e -> pause("waiting for its start", "begins at " + e.getStartAt(), time);
            case LaunchRescheduled e -> detail = "start moved: " + e.getReason();
            case RollbackProposed e -> pause("waiting for a decision", e.getReason(), time);
            case JobCancelled e -> detail = "cancelled: " + e.getReason();
            case RollbackStarted e -> detail = e.getReason();
            case DeletionRequested _ -> enter("deletion", time);
            default -> {
                if (standing.ended()) {
                    pause(statusText(standing.status()), String.join("; ", standing.reasons()), time);
                }
            }
        }
    }

    private void pause(String next, String why, Instant time) {
        detail = why;
        enter(next, time);
    }

    private void enter(String next, Instant time) {
        if (stageSince != null) {
            stages.merge(stage, Duration.between(stageSince, time), Duration::plus);
        }
        stage = next;
        stageSince = time;
    }

    /** completed, failed or rolled_back; null while it goes on. */
    @Nullable
    String end() {
        return standing.ended() ? statusText(standing.status()) : null;
    }

    private static String statusText(JobStatus status) {
        return status.name().toLowerCase(Locale.ROOT);
    }

    String stage() {
        return stage;
    }

    /** One sentence about the latest trouble; empty where there was none. */
    String detail() {
        return PlainText.oneLine(detail);
    }

    int wanted(EntityType type) {
        return job.requested(type);
    }

    int created(EntityType type) {
        return job.created(type);
    }

    int retries() {
        return standing.retryCount();
    }

    int httpCalls() {
        return standing.httpCalls();
    }

    /** From acceptance to the end, or to now. */
    Duration elapsed(Instant now) {
        var times = standing.times();
        return times.createdAt() == null ? Duration.ZERO
                : Duration.between(times.createdAt(), times.completedAt() == null ? now : times.completedAt());
    }

    /** How long the launch was in each stage, in the order in which they began. */
    Map<String, Duration> stages() {
        var known = new LinkedHashMap<>(stages);
        known.remove("waiting to be accepted");
        return known;
    }
}
