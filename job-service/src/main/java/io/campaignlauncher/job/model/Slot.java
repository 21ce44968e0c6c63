package io.campaignlauncher.job.model;

import org.jspecify.annotations.Nullable;

/**
 * A slot as a decision sees it.
 *
 * @param facebookId     the entity that fills it; null while it is free; kept after the entity is deleted
 * @param outcomeUnknown it was asked of Facebook and may exist although no success was seen
 */
public record Slot(SlotStatus status, @Nullable String facebookId, boolean outcomeUnknown) {

    static final Slot PENDING = new Slot(SlotStatus.PENDING, null, false);

    /** Facebook is known to hold its entity. */
    boolean filled() {
        return status == SlotStatus.CREATED;
    }

    Slot creating() {
        return new Slot(SlotStatus.CREATING, null, outcomeUnknown);
    }

    Slot created(String id) {
        return new Slot(SlotStatus.CREATED, id, false);
    }

    Slot failed(boolean unknown) {
        return new Slot(SlotStatus.FAILED, null, outcomeUnknown || unknown);
    }

    /** Its round ended without a word about it. @param mayExist the worker died: it may have been sent */
    Slot notReported(boolean mayExist) {
        return new Slot(SlotStatus.PENDING, null, outcomeUnknown || mayExist);
    }

    Slot reopened() {
        return PENDING;
    }

    Slot rolledBack() {
        return new Slot(SlotStatus.ROLLED_BACK, facebookId, false);
    }
}
