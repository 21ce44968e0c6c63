package io.campaignlauncher.tools;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;
import me.tongfei.progressbar.DelegatingProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Tells on standard error how far a command is, if it takes more than two seconds: a bar where a person is watching, else a
 * line now and then. Used by one thread.
 */
final class Progress implements LongConsumer, AutoCloseable {

    private static final long SHOW_AFTER = Duration.ofSeconds(2).toNanos();
    private static final long LINE_EVERY = Duration.ofSeconds(10).toNanos();
    /** The clock is asked once for so many steps. */
    private static final long STEPS_MASK = 0x3FF;
    private static final int BAR_LENGTH = 100;
    private static final int UPDATE_MS = 200;

    private final String task;
    private final String unit;
    private final long expected;
    private final PrintWriter err;
    private final boolean terminal;
    private final LongSupplier nanoTime;
    private final long began;
    private long nextLine;
    private long done;
    private @Nullable ProgressBar bar;

    /** @param nanoTime as {@link System#nanoTime} */
    Progress(String task, String unit, long expected, PrintWriter err, boolean terminal, LongSupplier nanoTime) {
        this.task = task;
        this.unit = unit;
        this.expected = expected;
        this.err = err;
        this.terminal = terminal;
        this.nanoTime = nanoTime;
        this.began = nanoTime.getAsLong();
        this.nextLine = began + SHOW_AFTER;
    }

    /** @param expected about how many steps there will be; 0: nobody knows */
    static Progress of(CommandSpec spec, String task, String unit, long expected) {
        return new Progress(task, unit, expected, spec.commandLine().getErr(), Environment.of(spec).terminal(),
                System::nanoTime);
    }

    /** @param steps that were done so far */
    @Override
    public void accept(long steps) {
        done = steps;
        if ((steps & STEPS_MASK) == 0) {
            show(nanoTime.getAsLong());
        }
    }

    /** The same for steps that come seldom. */
    void now(long steps) {
        done = Math.max(done, steps);
        show(nanoTime.getAsLong());
    }

    private void show(long now) {
        if (now < nextLine) {
            return;
        }
        if (!terminal) {
            line(now);
            nextLine = now + LINE_EVERY;
            return;
        }
        if (bar == null) {
            bar = new ProgressBarBuilder().setTaskName(task).setUnit(" " + unit, 1)
                    .setInitialMax(expected > 0 ? expected : -1)
                    .startsFrom(done, Duration.ofNanos(now - began)).setStyle(ProgressBarStyle.ASCII).showSpeed()
                    .setUpdateIntervalMillis(UPDATE_MS).setMaxRenderedLength(BAR_LENGTH)
                    .setConsumer(new DelegatingProgressBarConsumer(this::overwrite, BAR_LENGTH)).build();
        }
        bar.maxHint(expected > 0 ? Math.max(expected, done) : -1);
        bar.stepTo(done);
        nextLine = now;
    }

    private void overwrite(String rendered) {
        err.print("\r" + rendered);
        err.flush();
    }

    private void line(long now) {
        var share = expected > 0 ? String.format(Locale.ROOT, " of about %,d", Math.max(expected, done)) : "";
        err.println(String.format(Locale.ROOT, "%s: %,d%s %s after %d s", task, done, share, unit,
                Duration.ofNanos(now - began).toSeconds()));
        err.flush();
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.stepTo(done);
            bar.close();
            err.println();
            err.flush();
        }
    }
}
