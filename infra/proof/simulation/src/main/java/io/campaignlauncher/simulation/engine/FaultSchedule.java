package io.campaignlauncher.simulation.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** Which faults are in force in a run, how strongly, and until when. After that nothing goes wrong any more. */
public final class FaultSchedule {

    private final SeededRandom random;
    private final Loop loop;
    private final double[] likelihoods;
    private final long[] struck;
    private final Instant calmFrom;

    /**
     * @param all       what may go wrong
     * @param struck    counts by kind of fault, to be added to
     * @param roughness multiplies how likely faults are
     * @param only      the faults in force; empty: any, as they are drawn
     */
    public FaultSchedule(SeededRandom random, Loop loop, List<? extends Hazard> all, long[] struck, double roughness,
            Set<? extends Hazard> only) {
        this.random = random;
        this.loop = loop;
        this.struck = struck;
        this.likelihoods = new double[all.size()];
        double share = random.oneOf(0.0, 0.1, 0.2, 0.2, 0.4, 0.7);
        double strength = random.oneOf(0.5, 1.0, 1.0, 3.0) * roughness;
        for (var fault : all) {
            boolean inForce = only.isEmpty() ? random.chance(share) : only.contains(fault);
            likelihoods[fault.ordinal()] = inForce ? Math.min(0.9, fault.likelihood() * strength) : 0;
        }
        this.calmFrom = Loop.BEGIN.plus(random.upTo(random.oneOf(Duration.ofSeconds(20), Duration.ofMinutes(2),
                Duration.ofMinutes(10))));
    }

    public Instant calmFrom() {
        return calmFrom;
    }

    public double likelihood(Hazard fault) {
        return likelihoods[fault.ordinal()];
    }

    public boolean strikes(Hazard fault) {
        double likelihood = likelihoods[fault.ordinal()];
        if (likelihood == 0 || !loop.now().isBefore(calmFrom) || !random.chance(likelihood)) {
            return false;
        }
        count(fault, 1);
        return true;
    }

    public void count(Hazard fault, long times) {
        struck[fault.ordinal()] += times;
    }
}
