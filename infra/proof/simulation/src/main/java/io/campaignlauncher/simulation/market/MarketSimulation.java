package io.campaignlauncher.simulation.market;

import io.campaignlauncher.market.model.TargetStatus;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.Run;
import io.campaignlauncher.simulation.engine.Simulation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Runs of {@link MarketRun}. */
public final class MarketSimulation extends Simulation {

    static final String DECIDED = "posts decided by people";
    static final String EVENTS = "events";

    private final MarketSettings settings;

    public MarketSimulation(MarketSettings settings) {
        super(List.of(MarketFault.values()),
                Stream.concat(Arrays.stream(TargetStatus.values()).map(MarketSimulation::ended),
                        Stream.of(DECIDED, EVENTS)).toList());
        this.settings = settings;
    }

    /** What targets that ended so are counted as. */
    static String ended(TargetStatus status) {
        return "targets " + status.word();
    }

    @Override
    protected Run world(long seed, long[] struck, @Nullable Consumer<String> reader) {
        return new MarketRun(seed, settings, struck, reader);
    }
}
