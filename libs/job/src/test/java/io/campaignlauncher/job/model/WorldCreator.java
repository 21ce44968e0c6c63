package io.campaignlauncher.job.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A creator as the contract describes it: only the latest round of a job may create, each round once, within a lease. Its
 * workers meet every kind of trouble: lost answers, lies, limits, deaths, long sleeps.
 */
final class WorldCreator {

    static final Duration LEASE = Duration.ofSeconds(60);
    static final Duration TIMEOUT = Duration.ofSeconds(10);
    /** How much later than its time-out a request may take effect. */
    static final Duration LATE = Duration.ofSeconds(10);

    private final WorldTime time;
    private final WorldFacebook facebook;
    private final LaunchPlan plan;
    private final Consumer<CreationReport> reports;
    private int claimed;
    private boolean stopped;

    WorldCreator(WorldTime time, WorldFacebook facebook, LaunchPlan plan, Consumer<CreationReport> reports) {
        this.time = time;
        this.facebook = facebook;
        this.plan = plan;
        this.reports = reports;
    }

    /** @param known ids of the slots that are filled */
    void deliver(int round, boolean readFirst, List<SlotId> wanted, Map<SlotId, String> known) {
        if (round > claimed) {
            claimed = round;
            new Worker(round, wanted, known).begin(readFirst);
        }
    }

    /** Nothing of the job is created any more, whatever command comes. */
    void stop() {
        stopped = true;
    }

    private final class Worker {
        private final int round;
        private final Deque<SlotId> wanted;
        private final Map<SlotId, String> ids;
        private final Instant leaseUntil = time.now().plus(LEASE);
        private final Instant quietAt = leaseUntil.plus(TIMEOUT);
        private final List<CreatedSlot> created = new ArrayList<>();
        private final List<FailedSlot> failed = new ArrayList<>();
        private int createdTold;
        private int failedTold;
        private boolean unknown;
        private boolean finished;

        Worker(int round, List<SlotId> wanted, Map<SlotId, String> known) {
            this.round = round;
            this.wanted = new ArrayDeque<>(wanted);
            this.ids = new HashMap<>(known);
            time.at(quietAt.plus(time.upTo(Duration.ofSeconds(5))), () -> {
                if (!finished || time.wrong(0.3)) {
                    reports.accept(
                            new CreationReport(round, List.of(), List.of(), RoundEnd.INTERRUPTED, null, quietAt, 0));
                }
            });
        }

        void begin(boolean readFirst) {
            if (!readFirst) {
                next();
            } else if (time.wrong(0.5)) {
                finish(RoundEnd.DONE, null);
            } else {
                for (var slot : List.copyOf(wanted)) {
                    readWhatExists(slot);
                }
                next();
            }
        }

        private void readWhatExists(SlotId slot) {
            var parent = parentOf(slot);
            facebook.visible().stream()
                    .filter(thing -> thing.slot().equals(slot)
                            && (slot.type() == EntityType.CAMPAIGN || thing.parentId().equals(parent)))
                    .findFirst()
                    .ifPresent(thing -> {
                        wanted.remove(slot);
                        filled(slot, thing.id(), true);
                    });
        }

        private @Nullable String parentOf(SlotId slot) {
            return switch (slot.type()) {
                case CAMPAIGN -> null;
                case AD_SET -> ids.get(SlotId.CAMPAIGN);
                case AD -> ids.get(new SlotId(EntityType.AD_SET,
                        plan.slots().get(plan.indexOf(slot)).adSetNumber()));
            };
        }

        private void next() {
            if (time.wrong(0.3)) {
                return; // dead: whatever it did not report is lost
            }
            if (time.wrong(0.3)) {
                // asleep: its lease runs out, and it tells what it knows much later
                time.after(LEASE.plus(time.upTo(Duration.ofMinutes(8))), () -> finish(RoundEnd.DONE, null));
                return;
            }
            if (time.coin() && created.size() + failed.size() > createdTold + failedTold) {
                report(RoundEnd.NOT_YET, null);
            }
            if (!time.now().isBefore(leaseUntil.minusMillis(500)) || wanted.isEmpty() || stopped) {
                finish(RoundEnd.DONE, null);
                return;
            }
            var slot = wanted.removeFirst();
            var parent = parentOf(slot);
            if (slot.type() != EntityType.CAMPAIGN && parent == null) {
                next();
            } else {
                time.after(time.upTo(Duration.ofSeconds(2)), () -> send(slot, parent));
            }
        }

        private void send(SlotId slot, @Nullable String parent) {
            if (parent != null && !facebook.exists(parent) || parent != null && time.wrong(0.2)) {
                fail(slot, Samples.PARENT_MISSING);
                next();
            } else if (time.wrong(0.7)) {
                filled(slot, facebook.newId(), false); // a lie
                next();
            } else if (time.wrong(1)) {
                answerLost(slot, parent);
            } else if (time.wrong(0.5)) {
                fail(slot, Samples.NETWORK);
                next();
            } else if (time.wrong(0.1)) {
                fail(slot, Samples.SUSPENDED);
                finish(RoundEnd.DONE, null);
            } else if (time.wrong(0.4)) {
                var until = time.now().plus(time.upTo(Duration.ofMinutes(10)));
                fail(slot, Samples.limited(until));
                finish(RoundEnd.RATE_LIMITED, until);
            } else {
                filled(slot, facebook.create(slot, parent).orElseThrow(), false);
                if (time.wrong(0.2)) {
                    facebook.createTwin(slot, parent);
                }
                if (time.wrong(0.2)) {
                    facebook.loseOne();
                }
                next();
            }
        }

        private void answerLost(SlotId slot, @Nullable String parent) {
            switch (time.upTo(3)) {
                case 0 -> facebook.create(slot, parent);
                case 1 -> facebook.createLate(slot, parent, time.now().plus(TIMEOUT).plus(LATE));
                default -> {
                }
            }
            if (!time.wrong(0.5)) { // else it dies while it waits for the answer
                time.after(TIMEOUT, () -> {
                    fail(slot, Samples.LOST_ANSWER);
                    next();
                });
            }
        }

        private void filled(SlotId slot, String id, boolean adopted) {
            ids.put(slot, id);
            created.add(new CreatedSlot(slot, id, adopted));
        }

        private void fail(SlotId slot, Fault fault) {
            unknown |= fault.outcomeUnknown();
            failed.add(new FailedSlot(slot, fault));
        }

        private void finish(RoundEnd end, @Nullable Instant resumeAt) {
            finished = true;
            report(end, resumeAt);
        }

        /** The last report tells the whole round. */
        private void report(RoundEnd end, @Nullable Instant resumeAt) {
            var last = end != RoundEnd.NOT_YET;
            reports.accept(new CreationReport(round, created.subList(last ? 0 : createdTold, created.size()),
                    failed.subList(last ? 0 : failedTold, failed.size()), end, resumeAt,
                    last && unknown ? time.now() : null, 1));
            createdTold = created.size();
            failedTold = failed.size();
        }
    }
}
