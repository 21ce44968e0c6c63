package io.campaignlauncher.simulation.engine;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;

/** Virtual time: runs tasks one after the other in the order of their times, and of their scheduling where those are equal. */
public final class Loop implements InstantSource {

    public static final Instant BEGIN = Instant.parse("2026-01-05T08:00:00Z");

    private final PriorityQueue<Task> queue = new PriorityQueue<>(256);
    private final Clock clock = withZone(ZoneOffset.UTC);
    private long nowNanos;
    private long order;
    private long done;
    private @Nullable SimulatedProcess running;

    /** Something to be done at a time, by a process or, without one, by the world. */
    public static final class Task implements Disposable, Comparable<Task> {

        private final @Nullable SimulatedProcess life;
        private final long order;
        private long nanos;
        private @Nullable Runnable work;

        private Task(long nanos, long order, @Nullable SimulatedProcess life, Runnable work) {
            this.nanos = nanos;
            this.order = order;
            this.life = life;
            this.work = work;
        }

        @Override
        public void dispose() {
            work = null;
        }

        @Override
        public boolean isDisposed() {
            return work == null;
        }

        @Override
        public int compareTo(Task other) {
            int byTime = Long.compare(nanos, other.nanos);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    @Override
    public Instant instant() {
        return now();
    }

    @Override
    public long millis() {
        return BEGIN.toEpochMilli() + nowNanos / 1_000_000;
    }

    public Clock clock() {
        return clock;
    }

    public Instant now() {
        return BEGIN.plusNanos(nowNanos);
    }

    public long nanos() {
        return nowNanos;
    }

    /** Tasks carried out so far. */
    public long done() {
        return done;
    }

    /** The process whose code runs now; null: the world's. */
    @Nullable
    public SimulatedProcess running() {
        return running;
    }

    public Task after(Duration delay, @Nullable SimulatedProcess life, Runnable work) {
        return afterNanos(delay.toNanos(), life, work);
    }

    public Task afterNanos(long delay, @Nullable SimulatedProcess life, Runnable work) {
        var task = new Task(nowNanos + Math.max(0, delay), order++, life, work);
        queue.add(task);
        return task;
    }

    public Task at(Instant time, @Nullable SimulatedProcess life, Runnable work) {
        return after(Duration.between(now(), time), life, work);
    }

    /** Runs the next task. @return false where none is left before this time */
    public boolean step(Instant until) {
        var end = Duration.between(BEGIN, until).toNanos();
        while (true) {
            var task = queue.peek();
            if (task == null || task.nanos > end) {
                return false;
            }
            queue.poll();
            var work = task.work;
            if (work == null) {
                continue;
            }
            nowNanos = Math.max(nowNanos, task.nanos);
            var life = task.life;
            if (life != null && !life.isAlive()) {
                continue;
            }
            if (life != null && life.frozenUntilNanos() > nowNanos) {
                task.nanos = life.frozenUntilNanos();
                queue.add(task);
                continue;
            }
            task.work = null;
            done++;
            running = life;
            try {
                work.run();
            } finally {
                running = null;
            }
            return true;
        }
    }
}
