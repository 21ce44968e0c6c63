package io.campaignlauncher.simulation;

import io.campaignlauncher.creation.model.CreationCommand;
import io.campaignlauncher.simulation.engine.Message;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The share group on {@code creation.commands}: each record goes to one member, which acknowledges it, or else it goes to
 * another one. In no order; a record that was acknowledged may come again, and one that came too often is dropped.
 */
final class CommandQueue {

    private static final Duration LOCK = Duration.ofSeconds(30);
    private static final Duration DELIVERY = Duration.ofMillis(30);
    private static final Duration AGAIN_WITHIN = Duration.ofSeconds(90);
    private static final int DELIVERIES_MAX = 10;
    private static final int POLL_MAX = 16;

    private final World world;
    private final List<Entry> entries = new ArrayList<>();

    /** A record and whose it is. */
    final class Entry {

        private final Message message;
        private @Nullable SimulatedProcess holder;
        private int deliveries;
        private boolean done;
        private int lock;

        private Entry(Message message) {
            this.message = message;
        }

        CreationCommand command() {
            return new CreationCommand(CreationCommand.in(message.value()).orElseThrow(), message.envelope());
        }

        /** The member is through with it. */
        void accept(SimulatedProcess by) {
            if (holder == by && !world.faults().strikes(FaultKind.COMMAND_ACK_LOST)) {
                done = true;
                holder = null;
            }
        }

        /** Another one shall have it. */
        void release(SimulatedProcess by) {
            if (holder == by) {
                free();
            }
        }

        private void free() {
            holder = null;
            if (!done && deliveries >= DELIVERIES_MAX) {
                done = true;
                world.trace().line("kafka", message.jobId(), () -> "a creation command came too often and is dropped");
            }
            wakeAll();
        }
    }

    CommandQueue(World world) {
        this.world = world;
    }

    void append(Message message) {
        if (world.faults().strikes(FaultKind.COMMAND_DROPPED)) {
            world.trace().line("kafka", message.jobId(), () -> "a creation command is dropped by the broker");
            return;
        }
        var entry = new Entry(message);
        world.loop().after(world.random().upTo(DELIVERY), null, () -> {
            entries.add(entry);
            wakeAll();
        });
        if (world.faults().strikes(FaultKind.COMMAND_DELIVERED_AGAIN)) {
            world.loop().after(world.random().upTo(AGAIN_WITHIN), null, () -> {
                entry.done = false;
                entry.deliveries = 0;
                if (!entries.contains(entry)) {
                    entries.add(entry);
                }
                entry.free();
            });
        }
        if (world.faults().strikes(FaultKind.SHARE_GROUP_RESTARTED)) {
            world.loop().after(world.random().upTo(AGAIN_WITHIN), null, this::restart);
        }
    }

    /** The broker that keeps the group's state is killed: counts start again at 1, acquired records are free. */
    private void restart() {
        world.trace().line("kafka", "", () -> "the share group's state is lost in part");
        for (var entry : List.copyOf(entries)) {
            entry.deliveries = 0;
            if (entry.holder != null) {
                entry.free();
            }
        }
    }

    private void wakeAll() {
        world.processes().creators().forEach(creator -> creator.life().after(0, creator::take));
    }

    List<Entry> acquire(SimulatedProcess life) {
        var mine = new ArrayList<Entry>();
        for (var entry : entries) {
            if (mine.size() < POLL_MAX && !entry.done && entry.holder == null) {
                entry.holder = life;
                entry.deliveries++;
                int lock = ++entry.lock;
                mine.add(entry);
                world.loop().after(LOCK, null, () -> {
                    if (entry.lock == lock && entry.holder != null && !entry.done) {
                        entry.free();
                    }
                });
            }
        }
        entries.removeIf(entry -> entry.done);
        return mine;
    }

    /** A member is gone: its records are free. */
    void lost(SimulatedProcess life) {
        world.loop().after(world.random().upTo(Duration.ofSeconds(10)), null, () -> List.copyOf(entries).stream()
                .filter(entry -> entry.holder == life).forEach(Entry::free));
    }
}
