package io.campaignlauncher.simulation.engine;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Chance, all of it from one seed. */
public final class SeededRandom {

    private final SplittableRandom random;

    public SeededRandom(long seed) {
        // Neighbouring seeds must not begin alike.
        this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 0x1234567);
    }

    public boolean chance(double probability) {
        return probability > 0 && random.nextDouble() < probability;
    }

    /** 0 to bound, without the bound. */
    public int upTo(int bound) {
        return random.nextInt(bound);
    }

    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    public long nanosUpTo(Duration most) {
        return random.nextLong(most.toNanos() + 1);
    }

    public Duration upTo(Duration most) {
        return Duration.ofNanos(nanosUpTo(most));
    }

    public <T> T oneOf(List<T> items) {
        return items.get(random.nextInt(items.size()));
    }

    @SafeVarargs
    public final <T> T oneOf(T... items) {
        return items[random.nextInt(items.length)];
    }

    /** @param items null among them: none */
    @SafeVarargs
    public final <T> @Nullable T oneOrNone(@Nullable T... items) {
        return items[random.nextInt(items.length)];
    }

    public SplittableRandom split() {
        return random.split();
    }
}
