package io.campaignlauncher.standalone;

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
import io.campaignlauncher.schemas.LaunchRecords.Received;
import io.campaignlauncher.schemas.LookScheduled;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackProposed;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.telemetry.PlainText;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A launch as its events tell it: how much exists, what is being done, and how long each stage took. */
final class LaunchProgress {

    private final Map<EntityType, Integer> wanted = new EnumMap<>(EntityType.class);
    private final Map<Slot, String> filled = new HashMap<>();
    private final Map<String, Duration> stages = new LinkedHashMap<>();
    private String stage = "waiting to be accepted";
    private @Nullable Instant stageSince;
    private @Nullable Instant acceptedAt;
    private @Nullable Instant settledAt;
    private @Nullable String end;
    private String detail = "";
    private int retries;
    private int httpCalls;
    private long lastSequence = -1;

    private record Slot(EntityType type, int number) {}

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
        switch (received.message()) {
            case JobAccepted e -> {
                acceptedAt = time;
                wanted.put(EntityType.CAMPAIGN, 1);
                wanted.put(EntityType.AD_SET, e.getAdSets());
                wanted.put(EntityType.AD, e.getAds());
                stageSince = time;
            }
            case PreVerificationRequested _ -> enter("pre-creation verification", time);
            case PreVerificationCompleted e -> httpCalls += e.getReport().getHttpCalls();
            case CreationRequested _ -> enter("creation", time);
            case SlotsCreated e -> e.getSlots().forEach(
                    slot -> filled.put(new Slot(slot.getEntityType(), slot.getSlotNumber()), slot.getFacebookId()));
            case SlotsReopened e -> e.getSlots().forEach(
                    slot -> filled.remove(new Slot(slot.getEntityType(), slot.getSlotNumber())));
            case CreationRoundEnded e -> httpCalls += e.getHttpCalls();
            case VerificationRequested _ -> enter("post-creation verification", time);
            case VerificationCompleted e -> httpCalls += e.getReport().getHttpCalls();
            case RetryScheduled e -> {
                retries = e.getRetryCount();
                detail = e.getFault().getMessage();
                enter("waiting to retry", time);
            }
            case RateLimitReached e -> {
                detail = e.getFault().getMessage();
                enter("waiting for a rate limit", time);
            }
            case LookScheduled e -> {
                detail = e.getReason();
                enter("waiting to look", time);
            }
            case RollbackProposed e -> {
                detail = e.getReason();
                enter("waiting for a decision", time);
            }
            case RollbackStarted e -> detail = e.getReason();
            case DeletionRequested _ -> enter("deletion", time);
            case DeletionPassEnded e -> httpCalls += e.getHttpCalls();
            // Surplus fills no slot.
            case EntitiesDeleted e -> e.getEntities().forEach(entity -> filled.values().remove(entity.getFacebookId()));
            case JobCompleted _ -> settle("completed", "", time);
            case JobFailed e -> settle("failed", String.join("; ", e.getReasons()), time);
            case JobRolledBack e -> settle("rolled_back", e.getReason(), time);
            default -> {
            }
        }
    }

    private void enter(String next, Instant time) {
        if (stageSince != null) {
            stages.merge(stage, Duration.between(stageSince, time), Duration::plus);
        }
        stage = next;
        stageSince = time;
    }

    private void settle(String status, String why, Instant time) {
        enter(status, time);
        end = status;
        detail = why;
        settledAt = time;
    }

    /** completed, failed or rolled_back; null while it goes on. */
    @Nullable
    String end() {
        return end;
    }

    String stage() {
        return stage;
    }

    /** One sentence about the latest trouble; empty where there was none. */
    String detail() {
        return PlainText.oneLine(detail);
    }

    int wanted(EntityType type) {
        return wanted.getOrDefault(type, 0);
    }

    int created(EntityType type) {
        return (int) filled.keySet().stream().filter(slot -> slot.type() == type).count();
    }

    int retries() {
        return retries;
    }

    int httpCalls() {
        return httpCalls;
    }

    /** From acceptance to the end, or to now. */
    Duration elapsed(Instant now) {
        return acceptedAt == null ? Duration.ZERO : Duration.between(acceptedAt, settledAt == null ? now : settledAt);
    }

    /** How long the launch was in each stage, in the order in which they began. */
    Map<String, Duration> stages() {
        var known = new LinkedHashMap<>(stages);
        known.remove("waiting to be accepted");
        return known;
    }
}
