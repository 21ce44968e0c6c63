package io.campaignlauncher.simulation.engine;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One line for each thing that happens: when, where, which job, what. Costs nothing while nobody reads it. */
public final class Trace {

    private final Loop loop;
    private final @Nullable Consumer<String> reader;

    public Trace(Loop loop, @Nullable Consumer<String> reader) {
        this.loop = loop;
        this.reader = reader;
    }

    public boolean isRead() {
        return reader != null;
    }

    public void line(String where, String job, Supplier<String> what) {
        if (reader != null) {
            var time = Duration.ofNanos(loop.nanos());
            reader.accept("%5d.%06d  %-12s %-6s %s".formatted(time.toSeconds(), time.toNanosPart() / 1_000, where,
                    job.length() > 6 ? job.substring(0, 6) : job, what.get()));
        }
    }
}
