package io.campaignlauncher.simulation;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs seeds, one after the other, and adds up what happened. Not for several threads at once. */
final class Simulation {

    private final Settings settings;
    private final Figures figures = new Figures();

    /** A seed whose run broke a promise. */
    record Failure(long seed, Throwable cause) {}

    Simulation(Settings settings) {
        this.settings = settings;
    }

    /** @param reader of the trace; null: nobody reads it */
    Optional<Failure> run(long seed, @Nullable Consumer<String> reader) {
        var world = new World(seed, settings, figures.struck(), reader);
        try {
            world.run();
            figures.add(world, false);
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            figures.add(world, true);
            return Optional.of(new Failure(seed, e));
        }
    }

    Figures figures() {
        return figures;
    }
}
