package io.campaignlauncher.simulator.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The faults in force. They are asked in the order in which they were added; all that fire on an operation apply. */
public final class Faults {

    private static final int MOST = 1000;

    private final Object lock;
    private final RandomGenerator random;
    private final List<Counted> counted = new ArrayList<>();

    Faults(Object lock, RandomGenerator random) {
        this.lock = lock;
        this.random = random;
    }

    public void add(Fault fault) {
        synchronized (lock) {
            if (counted.size() >= MOST) {
                throw new IllegalStateException("more than " + MOST + " faults");
            }
            counted.add(new Counted(fault));
        }
    }

    public void clear() {
        synchronized (lock) {
            counted.clear();
        }
    }

    /** The faults in force and what became of them. */
    public List<Firing> list() {
        synchronized (lock) {
            return counted.stream().map(c -> new Firing(c.fault, c.seen, c.fired)).toList();
        }
    }

    /** How often any fault fired since the last {@link #clear}. */
    public long fired() {
        synchronized (lock) {
            return counted.stream().mapToLong(c -> c.fired).sum();
        }
    }

    boolean isEmpty() {
        return counted.isEmpty();
    }

    List<FaultEffect> match(FaultTarget kind, @Nullable String accountDigits, Map<String, String> parameters) {
        if (counted.isEmpty()) {
            return List.of();
        }
        List<FaultEffect> effects = List.of();
        for (var each : counted) {
            if (each.fault.matches(kind, accountDigits, parameters) && each.fires(random)) {
                if (effects.isEmpty()) {
                    effects = new ArrayList<>(2);
                }
                effects.add(each.fault.effect());
            }
        }
        return effects;
    }

    /** A fault with the operations it matched and those it fired on. */
    public record Firing(Fault fault, long seen, long fired) {}

    private static final class Counted {

        final Fault fault;
        long seen;
        long fired;

        Counted(Fault fault) {
            this.fault = fault;
        }

        boolean fires(RandomGenerator random) {
            seen++;
            if (seen < fault.from() || fault.times() > 0 && fired >= fault.times()) {
                return false;
            }
            if (fault.probability() < 1 && random.nextDouble() >= fault.probability()) {
                return false;
            }
            fired++;
            return true;
        }
    }
}
