package io.campaignlauncher.job.model;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A slot as a decision sees it.
 *
 * @param facebookId     the entity that fills it; null while it is free; kept after the entity is deleted
 * @param outcomeUnknown it was asked of Facebook and may exist although no success was seen
 * @param flakyRefusals  how often Facebook refused it in a way that often passes, see {@link Fault#flaky}
 * @param gone           entities that filled it once and were then missing or deleted: an old report brings none of them back
 */
public record Slot(SlotStatus status, @Nullable String facebookId, boolean outcomeUnknown, int flakyRefusals,
        Set<String> gone) {

    static final Slot PENDING = new Slot(SlotStatus.PENDING, null, false, 0, Set.of());

    public Slot {
        gone = Set.copyOf(gone);
    }

    /** Facebook is known to hold its entity. */
    public boolean filled() {
        return status == SlotStatus.CREATED;
    }

    Slot creating() {
        return new Slot(SlotStatus.CREATING, null, outcomeUnknown, flakyRefusals, gone);
    }

    Slot created(String id) {
        return new Slot(SlotStatus.CREATED, id, false, 0, gone);
    }

    Slot failed(Fault fault) {
        return new Slot(SlotStatus.FAILED, null, outcomeUnknown || fault.outcomeUnknown(),
                flakyRefusals + (fault.flaky() ? 1 : 0), gone);
    }

    /** Its round ended without a word about it. @param mayExist the worker died: it may have been sent */
    Slot notReported(boolean mayExist) {
        return new Slot(SlotStatus.PENDING, null, outcomeUnknown || mayExist, flakyRefusals, gone);
    }

    Slot reopened() {
        return new Slot(SlotStatus.PENDING, null, false, flakyRefusals, withItsOwn());
    }

    Slot rolledBack() {
        return new Slot(SlotStatus.ROLLED_BACK, facebookId, false, flakyRefusals, withItsOwn());
    }

    /** It was taken for deleted and is still there. */
    Slot foundAgain() {
        return status == SlotStatus.ROLLED_BACK
                ? new Slot(SlotStatus.CREATED, facebookId, false, flakyRefusals, gone)
                : this;
    }

    private Set<String> withItsOwn() {
        return Stream.concat(gone.stream(), Stream.ofNullable(facebookId)).collect(Collectors.toSet());
    }
}
