package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.model.Urgency;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Lets so many pieces of work go on at the same time; others wait, the most {@linkplain Urgency urgent} first, at most so many
 * of them. Blocks nobody.
 */
final class Permits {

    private final int waitingMax;
    private final LongSupplier nanos;
    private final TreeSet<Waiting> waiting = new TreeSet<>();
    private final AtomicInteger handingOut = new AtomicInteger();
    private int free;
    private long came;

    /** Too many wait already. */
    static final class TooManyWaiting extends RuntimeException {

        private static final long serialVersionUID = 1L;

        TooManyWaiting(int waitingMax) {
            super("more than " + waitingMax + " requests wait for their turn", null, false, false);
        }
    }

    /** @param number in the order of coming, for those that are equally urgent */
    private record Waiting(long urgency, long number, MonoSink<Permit> sink) implements Comparable<Waiting> {

        /** By differences, because a monotonic clock may overflow. */
        @Override
        public int compareTo(Waiting other) {
            var byUrgency = Long.signum(urgency - other.urgency);
            return byUrgency != 0 ? byUrgency : Long.compare(number, other.number);
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

    /** All equally urgent: they wait in order. */
    Permits(int atOnce, int waitingMax) {
        this(atOnce, waitingMax, () -> 0);
    }

    /** @param nanos a clock that never goes back */
    Permits(int atOnce, int waitingMax, LongSupplier nanos) {
        this.free = atOnce;
        this.waitingMax = waitingMax;
        this.nanos = nanos;
    }

    /** The same for work of no particular priority. */
    <T> Mono<T> through(Supplier<Mono<T>> work) {
        return through(0, work);
    }

    /**
     * Subscribes to the work once there is room for it, and makes room when it ends.
     *
     * @param priority 0 (last) to 9 (first)
     * @return fails with {@link TooManyWaiting} where the queue is full; then the work was not begun
     */
    <T> Mono<T> through(int priority, Supplier<Mono<T>> work) {
        return Mono.usingWhen(acquire(priority), _ -> work.get(), permit -> Mono.fromRunnable(permit::giveBack));
    }

    private Mono<Permit> acquire(int priority) {
        return Mono.<Permit>create(sink -> {
            Waiting place;
            boolean full;
            synchronized (waiting) {
                full = waiting.size() >= waitingMax;
                place = new Waiting(Urgency.ofRequest(nanos.getAsLong(), priority), came++, sink);
                if (!full) {
                    waiting.add(place);
                }
            }
            if (full) {
                sink.error(new TooManyWaiting(waitingMax));
                return;
            }
            sink.onCancel(() -> {
                synchronized (waiting) {
                    waiting.remove(place);
                }
            });
            handOut();
        }).doOnDiscard(Permit.class, Permit::giveBack);
    }

    /** One thread at a time hands out; others only count up. So a permit that is given back at once makes no recursion. */
    private void handOut() {
        if (handingOut.getAndIncrement() != 0) {
            return;
        }
        var requests = 1;
        do {
            for (var next = next(); next != null; next = next()) {
                next.success(new Permit());
            }
            requests = handingOut.addAndGet(-requests);
        } while (requests != 0);
    }

    private @Nullable MonoSink<Permit> next() {
        synchronized (waiting) {
            if (free == 0 || waiting.isEmpty()) {
                return null;
            }
            free--;
            return waiting.pollFirst().sink();
        }
    }
}
