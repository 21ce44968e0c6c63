package io.campaignlauncher.simulation.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The processes of all services: they crash, freeze and are started again. */
public final class Lives {

    private static final Duration RESTART = Duration.ofSeconds(8);
    private static final Duration SESSION = Duration.ofSeconds(45);

    private final Surroundings surroundings;
    private final SeededRandom random;
    private final Hazards hazards;
    private final Duration skewMost;
    private final Watcher watcher;
    private final Map<String, List<SimulatedProcess>> lives = new LinkedHashMap<>();
    private int names;

    /** What happens to processes. */
    public record Hazards(Hazard crash, Hazard freeze, Hazard clockOff) {}

    /** Who is told of it. */
    public interface Watcher {

        /** A process begins: it is to be given its work. */
        void starts(String service, SimulatedProcess life);

        /** It is dead. */
        void died(SimulatedProcess life);

        /** It has been frozen for longer than its sessions last. */
        void silent(SimulatedProcess life);
    }

    /** @param skewMost how far the clock of a machine may be ahead or behind */
    public Lives(Surroundings surroundings, Hazards hazards, Duration skewMost, Watcher watcher) {
        this.surroundings = surroundings;
        this.random = surroundings.random();
        this.hazards = hazards;
        this.skewMost = skewMost;
        this.watcher = watcher;
    }

    /** So many processes of a service, which begin with {@link #begin}. */
    public void add(String service, int processes) {
        for (int i = 0; i < processes; i++) {
            lives.computeIfAbsent(service, _ -> new ArrayList<>()).add(born(service));
        }
    }

    public void begin() {
        lives.forEach((service, all) -> all.forEach(life -> start(service, life)));
    }

    private SimulatedProcess born(String service) {
        var skew = Duration.ZERO;
        if (surroundings.faults().strikes(hazards.clockOff())) {
            skew = random.upTo(skewMost.multipliedBy(2)).minus(skewMost);
        }
        return new SimulatedProcess(surroundings.loop(), service + "-" + ++names, skew);
    }

    private void start(String service, SimulatedProcess life) {
        surroundings.trace().line(life.name(), "", () -> "starts");
        life.after(0, () -> watcher.starts(service, life));
    }

    /** A process of the service, awake if there is one. */
    public SimulatedProcess anyOf(String service) {
        var all = Objects.requireNonNull(lives.get(service), service);
        var first = random.upTo(all.size());
        for (int i = 0; i < all.size(); i++) {
            var life = all.get((first + i) % all.size());
            if (life.isAwake()) {
                return life;
            }
        }
        return all.get(first);
    }

    /** A point where a process may die or freeze. */
    public void step(SimulatedProcess life) {
        if (!life.isAlive()) {
            return;
        }
        if (surroundings.faults().strikes(hazards.crash())) {
            crash(life);
        } else if (surroundings.faults().strikes(hazards.freeze())) {
            freeze(life);
        }
    }

    private void crash(SimulatedProcess life) {
        surroundings.trace().line(life.name(), "", () -> "CRASHES");
        life.die();
        watcher.died(life);
        surroundings.loop().after(random.upTo(RESTART), null, () -> lives.forEach((service, all) -> {
            int index = all.indexOf(life);
            if (index >= 0) {
                all.set(index, born(service));
                start(service, all.get(index));
            }
        }));
    }

    public void freeze(SimulatedProcess life) {
        var time = random.upTo(random.oneOf(Duration.ofSeconds(1), Duration.ofSeconds(12), Duration.ofSeconds(40),
                Duration.ofSeconds(150)));
        surroundings.trace().line(life.name(), "", () -> "FREEZES for " + time);
        life.freeze(time.toNanos());
        if (time.compareTo(SESSION) > 0) {
            surroundings.loop().after(SESSION, null, () -> watcher.silent(life));
        }
    }
}
