package io.campaignlauncher.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.simulation.engine.Simulation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class SimulationTest {

    private static final int SEEDS = 2_000;

    @Test
    void keeps_every_promise_whatever_goes_wrong() {
        var simulation = new LaunchSimulation(Settings.defaults());
        var failures = new ArrayList<Simulation.Failure>();
        long begun = System.nanoTime();
        for (long seed = 1; seed <= SEEDS; seed++) {
            simulation.run(seed, null).ifPresent(failures::add);
        }
        System.out.println(simulation.figures().table(seconds(begun)));

        assertThat(failures).as("run SimulationMain --seed N --trace").isEmpty();
        assertThat(List.of(Phase.COMPLETED, Phase.FAILED, Phase.ROLLED_BACK)).as("every end is reached")
                .allMatch(phase -> simulation.figures().counted(LaunchSimulation.ended(phase)) > 0);
        assertThat(Media.counted()).as("videos are waited for, and launches end for theirs")
                .allMatch(what -> simulation.figures().counted(what) > 0);
        assertThat(EnumSet.allOf(FaultKind.class)).as("every fault strikes")
                .allMatch(kind -> simulation.figures().struck(kind) > 0);
    }

    private static double seconds(long sinceNanos) {
        return (System.nanoTime() - sinceNanos) / 1e9;
    }

    @Test
    void gives_the_same_history_for_the_same_seed() {
        for (long seed = 1; seed <= 40; seed++) {
            assertThat(trace(seed)).as("seed %s", seed).isEqualTo(trace(seed));
        }
    }

    private static List<String> trace(long seed) {
        var lines = new ArrayList<String>();
        new LaunchSimulation(Settings.defaults()).run(seed, lines::add);
        assertThat(lines).isNotEmpty();
        return lines;
    }
}
