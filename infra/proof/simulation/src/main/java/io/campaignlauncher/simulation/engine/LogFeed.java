package io.campaignlauncher.simulation.engine;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Publishes what was committed, in the order of commits; after a restart some again. One process of a service at a time does it. */
public final class LogFeed<E> {

    private static final Duration LATENCY = Duration.ofMillis(20);
    private static final Duration ELECTION = Duration.ofSeconds(5);
    private static final int REPEATED_MOST = 8;

    private final Surroundings surroundings;
    private final Lives lives;
    private final String service;
    private final Hazards hazards;
    private final Supplier<List<E>> log;
    private final Consumer<E> publish;
    private SimulatedProcess leader;
    private int published;
    private int confirmed;
    private boolean woken;

    /** What goes wrong with it. */
    public record Hazards(Hazard repeats, Hazard leaderFreezes) {}

    /** @param log all that was committed @param publish puts one of it on its topics */
    public LogFeed(Surroundings surroundings, Lives lives, String service, Hazards hazards, Supplier<List<E>> log,
            Consumer<E> publish) {
        this.surroundings = surroundings;
        this.lives = lives;
        this.service = service;
        this.hazards = hazards;
        this.log = log;
        this.publish = publish;
        this.leader = lives.anyOf(service);
    }

    /** There is more to be published. */
    public void committed() {
        if (!woken) {
            woken = true;
            leader.after(surroundings.random().nanosUpTo(LATENCY), this::publish);
        }
    }

    /** Whether all of it was published. */
    public boolean isDone() {
        return confirmed == log.get().size();
    }

    /** Hands on what was read of the log; a leader that freezes over it hands it on later, also if it is none any more. */
    private void publish() {
        woken = false;
        if (surroundings.faults().strikes(hazards.repeats())) {
            repeat();
        }
        var by = leader;
        var all = log.get();
        var read = List.copyOf(all.subList(published, all.size()));
        published = all.size();
        if (surroundings.faults().strikes(hazards.leaderFreezes())) {
            lives.freeze(by);
        }
        int end = published;
        by.after(0, () -> {
            read.forEach(publish);
            if (by == leader) {
                confirmed = Math.max(confirmed, end);
            }
        });
    }

    /** Goes on from a little before what is known to be published. */
    private void repeat() {
        int from = Math.max(0, Math.min(published, confirmed) - surroundings.random().upTo(REPEATED_MOST + 1));
        surroundings.trace().line("feed", "", () -> "publishes " + (published - from) + " events again");
        published = from;
    }

    /** Publishes all of it again, as where the database's machine was lost. */
    public void again() {
        published = 0;
        committed();
    }

    /** The leader is gone: another process goes on, from where the last one is known to have been. */
    public void lost(SimulatedProcess life) {
        if (life == leader) {
            surroundings.loop().after(surroundings.random().upTo(ELECTION), null, () -> elect(life));
        }
    }

    private void elect(SimulatedProcess lost) {
        var next = lives.anyOf(service);
        if (leader != lost) {
            return;
        }
        if (!next.isAlive()) {
            surroundings.loop().after(ELECTION, null, () -> elect(lost));
            return;
        }
        leader = next;
        woken = false;
        repeat();
        committed();
    }
}
