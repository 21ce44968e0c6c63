package io.campaignlauncher.standin;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * The faults in force. They are asked in the order in which they were added; all that fire apply.
 *
 * @param <F> a fault
 */
public class FaultScript<F> {

    private static final int MOST = 1000;

    private final Object lock;
    private final RandomGenerator random;
    private final Function<F, Occasions> occasions;
    private final List<Counted<F>> counted = new ArrayList<>();

    /** @param lock that whoever asks for fired faults holds already */
    public FaultScript(Object lock, RandomGenerator random, Function<F, Occasions> occasions) {
        this.lock = lock;
        this.random = random;
        this.occasions = occasions;
    }

    public void add(F fault) {
        synchronized (lock) {
            if (counted.size() >= MOST) {
                throw new IllegalStateException("more than " + MOST + " faults");
            }
            counted.add(new Counted<>(fault, occasions.apply(fault)));
        }
    }

    public void clear() {
        synchronized (lock) {
            counted.clear();
        }
    }

    /** The faults in force and what became of them. */
    public List<Firing<F>> list() {
        synchronized (lock) {
            return counted.stream().map(c -> new Firing<>(c.fault, c.seen, c.fired)).toList();
        }
    }

    /** How often any fault fired since the last {@link #clear}. */
    public long fired() {
        synchronized (lock) {
            return counted.stream().mapToLong(c -> c.fired).sum();
        }
    }

    public boolean isEmpty() {
        return counted.isEmpty();
    }

    /** Counts a request for the faults that match it, and gives those of them that fire. */
    public List<F> firing(Predicate<F> matches) {
        if (counted.isEmpty()) {
            return List.of();
        }
        List<F> firing = List.of();
        for (var each : counted) {
            if (matches.test(each.fault) && each.fires(random)) {
                if (firing.isEmpty()) {
                    firing = new ArrayList<>(2);
                }
                firing.add(each.fault);
            }
        }
        return firing;
    }

    /** A fault with the requests it matched and those it fired on. */
    public record Firing<F>(F fault, long seen, long fired) {}

    private static final class Counted<F> {

        final F fault;
        final Occasions occasions;
        long seen;
        long fired;

        Counted(F fault, Occasions occasions) {
            this.fault = fault;
            this.occasions = occasions;
        }

        boolean fires(RandomGenerator random) {
            seen++;
            if (seen < occasions.from() || occasions.times() > 0 && fired >= occasions.times()) {
                return false;
            }
            if (occasions.probability() < 1 && random.nextDouble() >= occasions.probability()) {
                return false;
            }
            fired++;
            return true;
        }
    }
}
