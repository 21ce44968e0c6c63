package io.campaignlauncher.job.model;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A slot as a decision sees it.
 *
 * @param facebookId     the entity that fills it; null while it is free; kept after the entity is deleted
 * @param outcomeUnknown it was asked of Facebook, and an entity that nobody told of may exist; where it is filled: one besides its own
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

    /** It is filled, and a request that somebody else sent for it may make another entity of its name. */
    boolean mayGetSecond() {
        return filled() && outcomeUnknown;
    }

    Slot creating() {
        return new Slot(SlotStatus.CREATING, null, outcomeUnknown, flakyRefusals, gone);
    }

    /** It is filled. @param byLatestRound the round that was asked for it last tells so, which leaves nothing unknown */
    Slot created(String id, boolean byLatestRound) {
        var mayHoldAnother = outcomeUnknown || status == SlotStatus.CREATING;
        return new Slot(SlotStatus.CREATED, id, !byLatestRound && mayHoldAnother, 0, gone);
    }

    Slot failed(Fault fault) {
        return new Slot(SlotStatus.FAILED, null, outcomeUnknown || fault.outcomeUnknown(),
                flakyRefusals + (fault.flaky() ? 1 : 0), gone);
    }

    /** Its round ended without a report about it. @param mayExist the worker died: it may have been sent */
    Slot notReported(boolean mayExist) {
        return new Slot(SlotStatus.PENDING, null, outcomeUnknown || mayExist, flakyRefusals, gone);
    }

    Slot reopened() {
        return new Slot(SlotStatus.PENDING, null, outcomeUnknown, flakyRefusals, withItsOwn());
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
