package io.campaignlauncher.standin;

import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.function.Consumer;

/** What takes effect later than its answer, in the order in which it is due. Has no lock of its own. */
public final class LateEffects {

    private final PriorityQueue<Pending> pending = new PriorityQueue<>(Comparator.comparing(Pending::due).thenComparing(
            Pending::order));
    private long order;
    private Instant latest = Instant.EPOCH;

    private record Pending(Instant due, long order, Consumer<Instant> effect) {}

    /** @param effect is told when it was due */
    public void add(Instant due, Consumer<Instant> effect) {
        pending.add(new Pending(due, order++, effect));
    }

    /** Lets everything take effect that is due by now. */
    public void advance(Instant now) {
        while (!pending.isEmpty() && !pending.peek().due().isAfter(now)) {
            var next = pending.poll();
            next.effect().accept(next.due());
        }
        if (now.isAfter(latest)) {
            latest = now;
        }
    }

    public Optional<Instant> nextAt() {
        return Optional.ofNullable(pending.peek()).map(Pending::due);
    }

    /** The latest time that was told. */
    public Instant latest() {
        return latest;
    }
}
