package io.campaignlauncher.simulation.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.simulation.engine.Simulation;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class MarketSimulationTest {

    private static final int SEEDS = 1_000;

    @Test
    void keeps_every_promise_whatever_goes_wrong() {
        var simulation = new MarketSimulation(MarketSettings.defaults());
        var failures = new ArrayList<Simulation.Failure>();
        long begun = System.nanoTime();
        for (long seed = 1; seed <= SEEDS; seed++) {
            simulation.run(seed, null).ifPresent(failures::add);
        }
        System.out.println(simulation.figures().table((System.nanoTime() - begun) / 1e9));

        assertThat(failures).as("run SimulationMain --market --seed N --trace").isEmpty();
        assertThat(List.of(TargetStatus.POSTED, TargetStatus.REFUNDED, TargetStatus.REJECTED))
                .as("every end is reached")
                .allMatch(status -> simulation.figures().counted(MarketSimulation.ended(status)) > 0);
        assertThat(EnumSet.allOf(MarketFault.class)).as("every fault strikes")
                .allMatch(kind -> simulation.figures().struck(kind) > 0);
    }

    @Test
    void gives_the_same_history_for_the_same_seed() {
        for (long seed = 1; seed <= 20; seed++) {
            assertThat(trace(seed)).as("seed %s", seed).isEqualTo(trace(seed));
        }
    }

    private static List<String> trace(long seed) {
        var lines = new ArrayList<String>();
        new MarketSimulation(MarketSettings.defaults()).run(seed, lines::add);
        assertThat(lines).isNotEmpty();
        return lines;
    }
}
