package io.campaignlauncher.messaging;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One thread that works until it is told to stop. It can be started again after it has ended. */
public final class BackgroundThread {

    private static final Duration STOP_MAX = Duration.ofSeconds(5);
    private static final Duration LOOK_PAUSE = Duration.ofMillis(200);

    private final String name;
    private final Consumer<BackgroundThread> work;
    private volatile boolean goesOn;
    private volatile boolean started;
    private volatile Runnable waken = () -> {};
    private @Nullable Thread thread;
    private CompletableFuture<Void> ended = CompletableFuture.completedFuture(null);

    /** @param work asks {@link #goesOn()} often and ends soon after that has become false */
    public BackgroundThread(String name, Consumer<BackgroundThread> work) {
        this.name = name;
        this.work = work;
    }

    public synchronized void start() {
        started = true;
        if (goesOn) {
            return;
        }
        ended.join();
        var end = new CompletableFuture<Void>();
        ended = end;
        goesOn = true;
        thread = Thread.ofPlatform().name(name).start(() -> {
            try {
                work.accept(this);
            } finally {
                goesOn = false;
                waken = () -> {};
                end.complete(null);
            }
        });
    }

    /** Whether it was started and not stopped since, be its work done or not. */
    public boolean isStarted() {
        return started;
    }

    public boolean goesOn() {
        return goesOn;
    }

    /** Asks the thread to end; one that does not is interrupted after a while. Completes when it has ended. */
    public synchronized CompletableFuture<Void> stop() {
        started = false;
        goesOn = false;
        var stopping = thread;
        if (stopping != null) {
            LockSupport.unpark(stopping);
            waken.run();
            ended.copy().orTimeout(STOP_MAX.toMillis(), TimeUnit.MILLISECONDS).exceptionally(_ -> {
                stopping.interrupt();
                return null;
            });
        }
        return ended.copy();
    }

    /** The same at once, for work that holds nothing which an interruption could break. */
    synchronized CompletableFuture<Void> interrupt() {
        var end = stop();
        if (thread != null) {
            thread.interrupt();
        }
        return end;
    }

    /** @param waken ends, from another thread, what the work may be waiting for when it is to end */
    public void wakenBy(Runnable waken) {
        this.waken = waken;
    }

    /** Holds this thread up until it is ready or to end. */
    public void await(Readiness readiness) {
        var ready = new CountDownLatch(1);
        var waiting = readiness.ready().subscribe(null, null, ready::countDown);
        try {
            var isReady = false;
            while (goesOn && !isReady) {
                isReady = ready.await(LOOK_PAUSE.toMillis(), TimeUnit.MILLISECONDS);
            }
        } catch (InterruptedException e) {
            goesOn = false;
        } finally {
            waiting.dispose();
        }
    }

    /** Holds this thread up, but not beyond its end. */
    public void pause(Duration time) {
        var until = System.nanoTime() + time.toNanos();
        for (var left = time.toNanos(); goesOn && left > 0; left = until - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }
}
