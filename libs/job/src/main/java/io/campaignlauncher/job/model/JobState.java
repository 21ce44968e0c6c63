package io.campaignlauncher.job.model;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * What a decision needs to know of a job and nothing else. Immutable; made by {@link Job#evolve}.
 *
 * @param accepted     the request and what was settled with it; null before the job was accepted
 * @param slots        in the order of {@link LaunchPlan#slots}
 * @param awaited      whose answer the job waits for
 * @param waiting      the time it waits for; null where it waits for an answer
 * @param counts       numbers given out so far
 * @param settledAt    from then on reads show whatever came of requests with an unknown outcome and of deletions; null: there
 *     were none
 * @param readableFrom reads may miss what was uploaded or created last until then; null: nothing was
 * @param round        how the creation round under way, or the last one, went so far
 * @param doubts       what only a verification can tell
 * @param surplus      entities to be removed because no slot is free for them
 * @param unconfirmed  entities that are deleted as Facebook says; no read has shown it yet
 * @param kept         Facebook ids of the entities whose content was kept in the deletion pass under way, or the last one
 * @param rollback     why things are, or may be, rolled back; null: they are not
 * @param cancellation who wants no more of the job; null: nobody said so
 */
public record JobState(Phase phase, @Nullable Terms accepted, List<Slot> slots, Awaited awaited, @Nullable Wait waiting,
        JobCounts counts, @Nullable Instant settledAt, @Nullable Instant readableFrom, Round round, Doubts doubts,
        List<FoundEntity> surplus, List<FoundEntity> unconfirmed, Set<String> kept, @Nullable Rollback rollback,
        @Nullable Cancellation cancellation) {

    /** What was settled when the job was accepted, and when it is to begin. */
    public record Terms(LaunchRequest request, String fingerprint, LaunchPlan plan, int retryBudget,
            RollbackPolicy rollbackPolicy, DuplicateName duplicateName, String label, boolean nameTakenByAnotherJob,
            List<MediaFile> media, Start start) {

        /** The same with what is known now of images and videos; of one that nothing is said of, what was known. */
        Terms with(List<MediaFile> known) {
            if (known.isEmpty()) {
                return this;
            }
            var latest = media.stream().map(file -> known.stream()
                    .filter(other -> other.isNamed(file.reference(), file.type())).findFirst().orElse(file)).toList();
            return new Terms(request, fingerprint, plan, retryBudget, rollbackPolicy, duplicateName, label,
                    nameTakenByAnotherJob, latest, start);
        }

        Terms starting(Start next) {
            return new Terms(request, fingerprint, plan, retryBudget, rollbackPolicy, duplicateName, label,
                    nameTakenByAnotherJob, media, next);
        }
    }

    /**
     * When the launch is to begin, as it was said last.
     *
     * @param at       canonical; null: at once
     * @param timeZone of the account, as in Europe/Berlin; null: nobody has told it yet
     */
    public record Start(@Nullable String at, @Nullable String timeZone) {

        Start movedTo(@Nullable String next) {
            return new Start(next == null ? null : StartTime.canonical(next), timeZone);
        }

        Start in(@Nullable String zone) {
            return zone == null ? this : new Start(at, zone);
        }

        /** It is a local time, and nobody can tell yet where. */
        boolean isUnknown() {
            return at != null && instant() == null;
        }

        /** Null: at once, or it is unknown. */
        public @Nullable Instant instant() {
            return at == null ? null : StartTime.read(at).map(time -> time.instant(timeZone)).orElse(null);
        }

        boolean isSameAs(Start other) {
            return equals(other) || instant() != null && Objects.equals(instant(), other.instant());
        }
    }

    /**
     * How a creation round went so far.
     *
     * @param progressed it filled a slot
     * @param faults     what went wrong, the first of each kind; flaky refusals are a kind of their own
     */
    public record Round(boolean progressed, List<Fault> faults) {

        static final Round NONE = new Round(false, List.of());

        public Round {
            faults = List.copyOf(faults);
        }

        /** The first fault of a kind, not counting flaky refusals. */
        Optional<Fault> fault(ErrorKind kind) {
            return faults.stream().filter(fault -> !fault.flaky() && kind == kindOf(fault)).findFirst();
        }

        /** The first refusal that often passes. */
        Optional<Fault> flakyRefusal() {
            return faults.stream().filter(Fault::flaky).findFirst();
        }

        Round with(List<FailedSlot> failed) {
            var all = new ArrayList<>(faults);
            for (var item : failed) {
                if (all.stream().noneMatch(known -> isLike(known, item.fault()))) {
                    all.add(item.fault());
                }
            }
            return new Round(progressed, all);
        }

        private static boolean isLike(Fault one, Fault other) {
            return one.flaky() == other.flaky() && (one.flaky() || kindOf(one) == kindOf(other));
        }

        /** A missing parent is a temporary fault, because a verification can mend it. */
        private static ErrorKind kindOf(Fault fault) {
            return fault.objectMissing() ? ErrorKind.TEMPORARY : fault.kind();
        }
    }

    /**
     * Doubts that a verification resolves.
     *
     * @param beforeCreating a parent was missing on Facebook: compare before creating more
     * @param outdated       slots were filled after the verification under way was asked for
     * @param unread         verifications in a row that could not read
     */
    public record Doubts(boolean beforeCreating, boolean outdated, int unread) {

        static final Doubts NONE = new Doubts(false, false, 0);

        Doubts parentMissing() {
            return new Doubts(true, outdated, unread);
        }

        Doubts outdated(boolean since) {
            return new Doubts(beforeCreating, outdated || since, unread);
        }

        /** Nothing in doubt any more, but for how many verifications have said nothing. */
        Doubts unread(int verifications) {
            return new Doubts(false, false, verifications);
        }
    }

    /** Why a rollback is needed. @param declined a person said no: what exists stays */
    public record Rollback(String reason, boolean declined, @Nullable String confirmedBy) {}

    /** Somebody wants no more of the job. @param userId who; may be empty */
    public record Cancellation(String userId, String reason) {

        String described() {
            return "cancelled" + (userId.isEmpty() ? "" : " by " + userId) + (reason.isEmpty() ? "" : ": " + reason);
        }
    }

    static final JobState ABSENT = new JobState(Phase.ABSENT, null, List.of(), Awaited.NOTHING, null, JobCounts.NONE,
            null,
            null, Round.NONE, Doubts.NONE, List.of(), List.of(), Set.of(), null, null);

    public JobState {
        slots = List.copyOf(slots);
        surplus = List.copyOf(surplus);
        unconfirmed = List.copyOf(unconfirmed);
        kept = Set.copyOf(kept);
    }

    /** @throws IllegalStateException before the job was accepted */
    public Terms terms() {
        if (accepted == null) {
            throw new IllegalStateException("the job was not accepted yet");
        }
        return accepted;
    }

    public LaunchPlan plan() {
        return terms().plan();
    }

    /** Whose job it is. @throws IllegalStateException before the job was accepted */
    public Ownership ownership() {
        return terms().request().ownership();
    }

    /** The slot, or null where none was allotted under this name. */
    public @Nullable Slot slot(SlotId id) {
        int index = plan().indexOf(id);
        return index < 0 ? null : slots.get(index);
    }

    /** Slots that Facebook is not known to fill, parents first. */
    public List<SlotId> unfilled() {
        return slotsWhere(slot -> !slot.filled());
    }

    boolean allFilled() {
        return slots.stream().allMatch(Slot::filled);
    }

    /** All are filled, and no request is known of that may fill one of them a second time. */
    boolean allFilledOnce() {
        return slots.stream().allMatch(slot -> slot.filled() && !slot.mayGetSecond());
    }

    boolean noneFilled() {
        return slots.stream().noneMatch(Slot::filled);
    }

    long filled() {
        return slots.stream().filter(Slot::filled).count();
    }

    /** Whether the entity fills a slot. */
    boolean holds(String facebookId) {
        return slots.stream().anyMatch(slot -> slot.filled() && facebookId.equals(slot.facebookId()));
    }

    /** Of a slot that is still free. */
    boolean anyOutcomeUnknown() {
        return slots.stream().anyMatch(slot -> !slot.filled() && slot.outcomeUnknown());
    }

    /** Whether the entity was reported as deleted, and no read has shown yet that it is. */
    boolean unconfirmed(FoundEntity entity) {
        return unconfirmed.stream().anyMatch(other -> other.facebookId().equals(entity.facebookId()));
    }

    /** Whether the entity filled its slot once, and a read has shown that it is gone. */
    boolean knownAsGone(FoundEntity entity) {
        var slot = slot(entity.slot());
        return slot != null && slot.gone().contains(entity.facebookId()) && !unconfirmed(entity)
                && !(slot.filled() && entity.facebookId().equals(slot.facebookId()));
    }

    /** Whether a read at this time comes after everything that could still happen. */
    boolean settledBy(@Nullable Instant readAt) {
        return settledAt == null || readAt != null && !readAt.isBefore(settledAt);
    }

    boolean declined() {
        return rollback != null && rollback.declined();
    }

    /** It was cancelled, and nobody has said yet what becomes of what exists. */
    boolean toBeTakenBack() {
        return cancellation != null && rollback == null;
    }

    /** Of the slot that is still free and was refused most often in a way that often passes: how often. */
    int flakyRefusals() {
        return slots.stream().filter(slot -> !slot.filled()).mapToInt(Slot::flakyRefusals).max().orElse(0);
    }

    List<SlotId> slotsWhere(Predicate<Slot> wanted) {
        return IntStream.range(0, slots.size())
                .filter(index -> wanted.test(slots.get(index)))
                .mapToObj(index -> plan().slots().get(index).id())
                .toList();
    }

    JobState in(Phase next) {
        return new JobState(next, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                surplus, unconfirmed, kept, rollback, cancellation);
    }

    JobState accepting(Terms next) {
        return new JobState(phase, next, slots, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                surplus,
                unconfirmed, kept, rollback, cancellation);
    }

    JobState starting(UnaryOperator<Start> change) {
        return accepting(terms().starting(change.apply(terms().start())));
    }

    /** Slots of this type that Facebook is known to fill. */
    public int created(EntityType type) {
        int count = 0;
        for (int i = 0; i < slots.size(); i++) {
            count += slots.get(i).filled() && plan().slots().get(i).id().type() == type ? 1 : 0;
        }
        return count;
    }

    JobState awaiting(Awaited next) {
        return new JobState(phase, accepted, slots, next, null, counts, settledAt, readableFrom, round, doubts, surplus,
                unconfirmed, kept, rollback, cancellation);
    }

    JobState waitingFor(int number, Instant until) {
        return new JobState(phase, accepted, slots, Awaited.NOTHING, new Wait(number, until), counts, settledAt,
                readableFrom,
                round, doubts, surplus, unconfirmed, kept, rollback, cancellation)
                .counting(c -> c.withWaits(number));
    }

    JobState counting(UnaryOperator<JobCounts> change) {
        return new JobState(phase, accepted, slots, awaited, waiting, change.apply(counts), settledAt, readableFrom,
                round,
                doubts, surplus, unconfirmed, kept, rollback, cancellation);
    }

    JobState settlingNoSoonerThan(@Nullable Instant time) {
        return time == null || settledAt != null && settledAt.isAfter(time) ? this
                : new JobState(phase, accepted, slots, awaited, waiting, counts, time, readableFrom, round, doubts,
                        surplus, unconfirmed, kept, rollback, cancellation);
    }

    JobState readableNoSoonerThan(Instant time) {
        return readableFrom != null && readableFrom.isAfter(time) ? this
                : new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, time, round, doubts,
                        surplus,
                        unconfirmed, kept, rollback, cancellation);
    }

    JobState inRound(Round next) {
        return new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, next, doubts,
                surplus, unconfirmed, kept, rollback, cancellation);
    }

    JobState withDoubts(Doubts next) {
        return new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, round, next,
                surplus, unconfirmed, kept, rollback, cancellation);
    }

    JobState withSurplus(List<FoundEntity> next) {
        return new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                next, unconfirmed, kept, rollback, cancellation);
    }

    JobState unconfirmed(List<FoundEntity> next) {
        return new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                surplus, next, kept, rollback, cancellation);
    }

    JobState keeping(Set<String> next) {
        return new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                surplus, unconfirmed, next, rollback, cancellation);
    }

    JobState withRollback(Rollback next) {
        return new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                surplus, unconfirmed, kept, next, cancellation);
    }

    JobState cancelled(Cancellation next) {
        return new JobState(phase, accepted, slots, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                surplus, unconfirmed, kept, rollback, next);
    }

    /** Changes the slots named; names that were never allotted are passed over. */
    <T> JobState changing(List<T> changes, Function<T, SlotId> slotOf,
            BiFunction<Slot, T, Slot> change) {
        var changed = new ArrayList<>(slots);
        for (var item : changes) {
            int index = plan().indexOf(slotOf.apply(item));
            if (index >= 0) {
                changed.set(index, change.apply(changed.get(index), item));
            }
        }
        return new JobState(phase, accepted, changed, awaited, waiting, counts, settledAt, readableFrom, round, doubts,
                surplus, unconfirmed, kept, rollback, cancellation);
    }
}
