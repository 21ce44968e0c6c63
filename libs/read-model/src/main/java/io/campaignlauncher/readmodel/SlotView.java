package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.schemas.EntityType;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** A slot, as a row of {@code entity_creation_slots}, while events are folded into it. Used by one thread at a time. */
public final class SlotView {

    final EntityType type;
    final int number;
    /** The ad set of an ad; 0 for others. */
    final int adSetNumber;
    final String name;
    final Instant createdAt;
    SlotStatus status = SlotStatus.PENDING;
    @Nullable
    String facebookId;
    @Nullable
    Instant startedAt;
    @Nullable
    Instant completedAt;
    @Nullable
    String error;
    int retryCount;
    boolean adopted;
    Instant updatedAt;
    /** What the tables have of it is behind. */
    boolean changed;

    SlotView(EntityType type, int number, int adSetNumber, String name, Instant createdAt) {
        this.type = type;
        this.number = number;
        this.adSetNumber = adSetNumber;
        this.name = name;
        this.createdAt = createdAt;
        this.updatedAt = createdAt;
    }

    /** As it was when it was allotted. */
    SlotView asAllotted() {
        return new SlotView(type, number, adSetNumber, name, createdAt);
    }

    void creating(Instant at) {
        retryCount += startedAt == null ? 0 : 1;
        startedAt = at;
        completedAt = null;
        now(SlotStatus.CREATING, null, at);
    }

    void created(String id, boolean found, Instant at) {
        adopted = found;
        completedAt = at;
        error = null;
        now(SlotStatus.CREATED, id, at);
    }

    void failed(String why, Instant at) {
        error = why;
        now(SlotStatus.FAILED, null, at);
    }

    /** Free again. @param why null: its round ended without a report about it */
    void freed(@Nullable String why, Instant at) {
        error = why == null ? error : why;
        adopted = false;
        completedAt = null;
        now(SlotStatus.PENDING, null, at);
    }

    /** Its id is kept: it tells what is gone. */
    void rolledBack(Instant at) {
        now(SlotStatus.ROLLED_BACK, facebookId, at);
    }

    /** It was taken for deleted and is still there. */
    void foundAgain(Instant at) {
        now(SlotStatus.CREATED, facebookId, at);
    }

    public EntityType type() {
        return type;
    }

    /** From 1, within its type. */
    public int number() {
        return number;
    }

    public String name() {
        return name;
    }

    public SlotStatus status() {
        return status;
    }

    /** The entity that fills it, or did before it was deleted; null where there was none. */
    public @Nullable String facebookId() {
        return facebookId;
    }

    /** Why it failed or is free again; null where it did not. */
    public @Nullable String error() {
        return error;
    }

    /** How often it was asked for again. */
    public int retryCount() {
        return retryCount;
    }

    private void now(SlotStatus next, @Nullable String id, Instant at) {
        status = next;
        facebookId = id;
        updatedAt = at;
        changed = true;
    }
}
