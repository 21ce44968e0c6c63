package io.campaignlauncher.creation.graph;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Lets so many pieces of work go on at the same time; others wait in order, at most so many of them. Blocks nobody. */
final class Permits {

    private final int waitingMax;
    private final ArrayDeque<MonoSink<Permit>> waiting = new ArrayDeque<>();
    private final AtomicInteger handingOut = new AtomicInteger();
    private int free;

    /** Too many wait already. */
    static final class TooManyWaiting extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyWaiting(int waitingMax) {
            super("more than " + waitingMax + " requests wait for their turn", null, false, false);
        }
    }

    private final class Permit {

        private final AtomicBoolean returned = new AtomicBoolean();

        void giveBack() {
            if (!returned.getAndSet(true)) {
                synchronized (waiting) {
                    free++;
                }
                handOut();
            }
        }
    }

    Permits(int atOnce, int waitingMax) {
        this.free = atOnce;
        this.waitingMax = waitingMax;
    }

    /**
     * Subscribes to the work once there is room for it, and makes room when it ends.
     *
     * @return fails with {@link TooManyWaiting} where the queue is full; then the work was not begun
     */
    <T> Mono<T> through(Supplier<Mono<T>> work) {
        return Mono.usingWhen(acquire(), _ -> work.get(), permit -> Mono.fromRunnable(permit::giveBack));
    }

    private Mono<Permit> acquire() {
        return Mono.<Permit>create(sink -> {
            boolean full;
            synchronized (waiting) {
                full = waiting.size() >= waitingMax;
                if (!full) {
                    waiting.add(sink);
                }
            }
            if (full) {
                sink.error(new TooManyWaiting(waitingMax));
                return;
            }
            sink.onCancel(() -> {
                synchronized (waiting) {
                    waiting.remove(sink);
                }
            });
            handOut();
        }).doOnDiscard(Permit.class, Permit::giveBack);
    }

    /** One thread at a time hands out; others leave word. So a permit that is given back at once makes no recursion. */
    private void handOut() {
        if (handingOut.getAndIncrement() != 0) {
            return;
        }
        var word = 1;
        do {
            for (var next = next(); next != null; next = next()) {
                next.success(new Permit());
            }
            word = handingOut.addAndGet(-word);
        } while (word != 0);
    }

    private @Nullable MonoSink<Permit> next() {
        synchronized (waiting) {
            if (free == 0 || waiting.isEmpty()) {
                return null;
            }
            free--;
            return waiting.poll();
        }
    }
}
