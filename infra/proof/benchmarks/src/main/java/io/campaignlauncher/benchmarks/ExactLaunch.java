package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Launch;
import io.campaignlauncher.chaos.SettlementWatch;
import io.campaignlauncher.simulator.core.WorldView;

/** That a launch came to exactly what it asked for, by the simulator's own count: a figure of any other counts for nothing. */
final class ExactLaunch {

    private ExactLaunch() {}

    /** @throws IllegalStateException where it has one entity too many or too few, or did not complete */
    static void require(WorldView world, Launch launch, SettlementWatch.Settlement settlement) {
        var count = world.count(launch.adAccountId(), launch.name());
        if (!"JobCompleted".equals(settlement.type()) || count.campaigns() != 1 || count.adSets() != launch.adSets()
                || count.ads() != launch.adSets()) {
            throw new IllegalStateException(launch.name() + " ended in " + settlement.type() + " with " + count);
        }
    }
}
