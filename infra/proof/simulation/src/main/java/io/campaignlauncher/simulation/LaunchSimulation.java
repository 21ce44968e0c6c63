package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.Run;
import io.campaignlauncher.simulation.engine.Simulation;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs of {@link World}. */
final class LaunchSimulation extends Simulation {

    static final String RESUMED = "jobs resumed";

    private final Settings settings;

    LaunchSimulation(Settings settings) {
        super(List.of(FaultKind.values()), Stream.concat(Stream.of(ended(Phase.COMPLETED), ended(Phase.FAILED),
                ended(Phase.ROLLED_BACK), RESUMED),
                Stream.of(Cancels.counted(), Starts.counted(), Media.counted()).flatMap(List::stream)).toList());
        this.settings = settings;
    }

    /** What jobs that ended so are counted as. */
    static String ended(Phase phase) {
        return "jobs " + Figures.words(phase.name());
    }

    @Override
    protected Run world(long seed, long[] struck, @Nullable Consumer<String> reader) {
        return new World(seed, settings, struck, reader);
    }
}
