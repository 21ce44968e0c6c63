package io.campaignlauncher.simulation.engine;

/** One world, from its seed to its end. */
public interface Run {

    /** @throws Violation where a promise is broken */
    void run();

    /** How many steps it took so far. */
    long steps();

    /** Adds up what became of what was asked for. */
    void count(Figures figures);
}
