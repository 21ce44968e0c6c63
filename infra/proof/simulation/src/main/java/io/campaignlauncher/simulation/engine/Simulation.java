package io.campaignlauncher.simulation.engine;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs seeds, one after the other, and adds up what happened. Not for several threads at once. */
public abstract class Simulation {

    private final Figures figures;

    /** A seed whose run broke a promise. */
    public record Failure(long seed, Throwable cause) {}

    /** @param hazards all that may go wrong @param counted what {@link Run#count} counts, in order */
    protected Simulation(List<? extends Hazard> hazards, List<String> counted) {
        this.figures = new Figures(hazards, counted);
    }

    /** @param struck by kind of fault how often it struck; added to @param reader of the trace; null: nobody reads it */
    protected abstract Run world(long seed, long[] struck, @Nullable Consumer<String> reader);

    /** @param reader of the trace; null: nobody reads it */
    public final Optional<Failure> run(long seed, @Nullable Consumer<String> reader) {
        var world = world(seed, figures.struck(), reader);
        try {
            world.run();
            figures.add(world, false);
            return Optional.empty();
        } catch (RuntimeException | AssertionError e) {
            figures.add(world, true);
            return Optional.of(new Failure(seed, e));
        }
    }

    public final Figures figures() {
        return figures;
    }
}
