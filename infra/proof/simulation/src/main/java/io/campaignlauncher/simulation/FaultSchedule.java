package io.campaignlauncher.simulation;

import java.time.Duration;
import java.time.Instant;

/** Which troubles are in force in a run, how strongly, and until when. After that the world is kind. */
final class FaultSchedule {

    private final SeededRandom dice;
    private final Loop loop;
    private final double[] likelihoods = new double[Trouble.values().length];
    private final long[] struck;
    private final Instant calmFrom;

    /** @param struck counts by trouble, to be added to */
    FaultSchedule(SeededRandom dice, Loop loop, long[] struck, Settings settings) {
        this.dice = dice;
        this.loop = loop;
        this.struck = struck;
        double share = dice.oneOf(0.0, 0.1, 0.2, 0.2, 0.4, 0.7);
        double strength = dice.oneOf(0.5, 1.0, 1.0, 3.0) * settings.roughness();
        for (var trouble : Trouble.values()) {
            boolean inForce = settings.only().isEmpty() ? dice.chance(share) : settings.only().contains(trouble);
            likelihoods[trouble.ordinal()] = inForce ? Math.min(0.9, trouble.likelihood * strength) : 0;
        }
        this.calmFrom = Loop.BEGIN.plus(dice.upTo(dice.oneOf(Duration.ofSeconds(20), Duration.ofMinutes(2),
                Duration.ofMinutes(10))));
    }

    Instant calmFrom() {
        return calmFrom;
    }

    double likelihood(Trouble trouble) {
        return likelihoods[trouble.ordinal()];
    }

    boolean strikes(Trouble trouble) {
        double likelihood = likelihoods[trouble.ordinal()];
        if (likelihood == 0 || !loop.now().isBefore(calmFrom) || !dice.chance(likelihood)) {
            return false;
        }
        count(trouble, 1);
        return true;
    }

    void count(Trouble trouble, long times) {
        struck[trouble.ordinal()] += times;
    }
}
