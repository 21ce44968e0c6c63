package io.campaignlauncher.simulation;

import java.time.Duration;
import java.time.Instant;

/** Which faults are in force in a run, how strongly, and until when. After that nothing goes wrong any more. */
final class FaultSchedule {

    private final SeededRandom random;
    private final Loop loop;
    private final double[] likelihoods = new double[FaultKind.values().length];
    private final long[] struck;
    private final Instant calmFrom;

    /** @param struck counts by kind of fault, to be added to */
    FaultSchedule(SeededRandom random, Loop loop, long[] struck, Settings settings) {
        this.random = random;
        this.loop = loop;
        this.struck = struck;
        double share = random.oneOf(0.0, 0.1, 0.2, 0.2, 0.4, 0.7);
        double strength = random.oneOf(0.5, 1.0, 1.0, 3.0) * settings.roughness();
        for (var fault : FaultKind.values()) {
            boolean inForce = settings.only().isEmpty() ? random.chance(share) : settings.only().contains(fault);
            likelihoods[fault.ordinal()] = inForce ? Math.min(0.9, fault.likelihood * strength) : 0;
        }
        this.calmFrom = Loop.BEGIN.plus(random.upTo(random.oneOf(Duration.ofSeconds(20), Duration.ofMinutes(2),
                Duration.ofMinutes(10))));
    }

    Instant calmFrom() {
        return calmFrom;
    }

    double likelihood(FaultKind fault) {
        return likelihoods[fault.ordinal()];
    }

    boolean strikes(FaultKind fault) {
        double likelihood = likelihoods[fault.ordinal()];
        if (likelihood == 0 || !loop.now().isBefore(calmFrom) || !random.chance(likelihood)) {
            return false;
        }
        count(fault, 1);
        return true;
    }

    void count(FaultKind fault, long times) {
        struck[fault.ordinal()] += times;
    }
}
