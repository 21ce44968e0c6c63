package io.campaignlauncher.simulation.engine;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.scheduler.Scheduler;

/**
 * One life of a process, from its start to its crash. Its tasks run while it is alive and not frozen; those of a dead one are
 * gone. As a scheduler it is all the threads that the code in the process has; the clock of its machine may be off.
 */
public final class SimulatedProcess implements Scheduler {

    private final Loop loop;
    private final String name;
    private final Clock clock;
    private boolean alive = true;
    private long frozenUntilNanos;

    /** @param skew how far its clock is ahead; negative: behind */
    public SimulatedProcess(Loop loop, String name, Duration skew) {
        this.loop = loop;
        this.name = name;
        this.clock = skew.isZero() ? loop.clock() : Clock.offset(loop.clock(), skew);
    }

    /** The calendar clock of its machine. */
    public Clock clock() {
        return clock;
    }

    public String name() {
        return name;
    }

    public boolean isAlive() {
        return alive;
    }

    /** It takes part in what groups and elections do: neither dead nor frozen. */
    public boolean isAwake() {
        return alive && frozenUntilNanos <= loop.nanos();
    }

    public long frozenUntilNanos() {
        return frozenUntilNanos;
    }

    public void die() {
        alive = false;
    }

    public void freeze(long forNanos) {
        frozenUntilNanos = Math.max(frozenUntilNanos, loop.nanos() + forNanos);
    }

    public Disposable after(long nanos, Runnable work) {
        return loop.afterNanos(nanos, this, work);
    }

    @Override
    public Disposable schedule(Runnable task) {
        return loop.afterNanos(0, this, task);
    }

    @Override
    public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
        return loop.afterNanos(unit.toNanos(delay), this, task);
    }

    @Override
    public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
        var next = Disposables.swap();
        next.update(schedule(() -> repeat(task, unit.toNanos(period), next), initialDelay, unit));
        return next;
    }

    private void repeat(Runnable task, long periodNanos, Disposable.Swap next) {
        if (!next.isDisposed()) {
            next.update(loop.afterNanos(periodNanos, this, () -> repeat(task, periodNanos, next)));
            task.run();
        }
    }

    @Override
    public long now(TimeUnit unit) {
        // Reactor asks for milliseconds since 1970 to stamp signals, the services for nanoseconds to measure.
        return unit == TimeUnit.MILLISECONDS ? clock.millis() : unit.convert(loop.nanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public Worker createWorker() {
        return new TaskGroup();
    }

    private final class TaskGroup implements Worker {

        private final Disposable.Composite tasks = Disposables.composite();

        @Override
        public Disposable schedule(Runnable task) {
            return schedule(task, 0, TimeUnit.NANOSECONDS);
        }

        @Override
        public Disposable schedule(Runnable task, long delay, TimeUnit unit) {
            var own = Disposables.swap();
            if (!tasks.add(own)) {
                return Disposables.disposed();
            }
            own.update(loop.afterNanos(unit.toNanos(delay), SimulatedProcess.this, () -> {
                tasks.remove(own);
                task.run();
            }));
            return own;
        }

        @Override
        public Disposable schedulePeriodically(Runnable task, long initialDelay, long period, TimeUnit unit) {
            var own = SimulatedProcess.this.schedulePeriodically(task, initialDelay, period, unit);
            tasks.add(own);
            return own;
        }

        @Override
        public void dispose() {
            tasks.dispose();
        }

        @Override
        public boolean isDisposed() {
            return tasks.isDisposed();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
