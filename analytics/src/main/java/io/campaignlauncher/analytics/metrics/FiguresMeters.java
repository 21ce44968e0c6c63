package io.campaignlauncher.analytics.metrics;

import io.campaignlauncher.analytics.kafka.FiguresReader;
import io.campaignlauncher.analytics.model.Counted;
import io.campaignlauncher.analytics.model.FiguresNow;
import io.campaignlauncher.analytics.model.Span;
import io.campaignlauncher.analytics.model.Stage;
import io.campaignlauncher.analytics.model.Tally;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * The figures as meters. {@code figures.*} are counters of what came since this process had caught up, as counters of a process
 * are; {@code figures.recent.*} are gauges of a span of time ({@code window}) and right from the start, {@code NaN} until history has
 * been read. {@code figures.recent.time} is in seconds, by {@code stage} and {@code quantile}.
 */
public final class FiguresMeters implements MeterBinder, AutoCloseable {

    private static final double[] QUANTILES = { 0.5, 0.95, 0.99 };

    private final FiguresReader reader;
    private final Set<String> known = new HashSet<>();
    private final List<Meter> registered = new ArrayList<>();
    private @Nullable MeterRegistry registry;

    public FiguresMeters(FiguresReader reader) {
        this.reader = reader;
    }

    /** To one registry only. */
    @Override
    public synchronized void bindTo(MeterRegistry registry) {
        this.registry = registry;
        for (var counted : Counted.values()) {
            counted.known().forEach(value -> count(registry, counted, value));
        }
        count(registry, Counted.REFUSALS, Counted.OTHER);
        count(registry, Counted.RETRIES, Counted.OTHER);
        count(registry, Counted.ROLLBACKS, Counted.OTHER);
        for (var stage : Stage.values()) {
            time(registry, stage);
        }
        gauge(registry, "figures.jobs.under.way", "Jobs that have not settled", Tags.empty(),
                reader -> reader.now().underWay());
        gauge(registry, "figures.behind", "Records that were not read yet", Tags.empty(),
                reader -> reader.progress().behind());
        gauge(registry, "figures.caught.up", "1 when everything that was there at the start has been read",
                Tags.empty(),
                reader -> reader.progress().caughtUp() ? 1 : 0);
        counter(registry, "figures.repeated", "Events that were told before", Tags.empty(),
                reader -> reader.now().repeated());
        counter(registry, "figures.unreadable", "Records that are not what the contract says", Tags.empty(),
                reader -> reader.progress().unreadable());
    }

    /** Some labels come with what happens, such as the code of an error: this takes up those that are new. */
    public synchronized void takeUpNewLabels() {
        var into = registry;
        if (into == null) {
            return;
        }
        var inAll = reader.now().inAll();
        for (var counted : Counted.values()) {
            inAll.counts(counted).keySet().forEach(value -> count(into, counted, value));
        }
    }

    @Override
    public synchronized void close() {
        var from = registry;
        if (from != null) {
            registered.forEach(from::remove);
        }
        registered.clear();
        known.clear();
        registry = null;
    }

    private void count(MeterRegistry registry, Counted counted, String value) {
        if (!known.add(counted + " " + value)) {
            return;
        }
        var name = words(counted);
        var tags = counted.label() == null ? Tags.empty() : Tags.of(counted.label(), value);
        counter(registry, "figures." + name, "Since this process had caught up", tags,
                reader -> live(reader).count(counted, value));
        for (var span : Span.values()) {
            gauge(registry, "figures.recent." + name, "In the latest time", tags.and("window", span.label()),
                    reader -> recent(reader, span, tally -> tally.count(counted, value)));
        }
    }

    private void time(MeterRegistry registry, Stage stage) {
        var name = words(stage);
        register(registry, "figures.time", Tags.of("stage", name), () -> FunctionTimer.builder("figures.time", reader,
                reader -> live(reader).durations(stage).count(),
                reader -> live(reader).durations(stage).sum().toMillis(), TimeUnit.MILLISECONDS)
                .description("Since this process had caught up").tag("stage", name).register(registry));
        for (var span : Span.values()) {
            for (var quantile : QUANTILES) {
                gauge(registry, "figures.recent.time.seconds", "In the latest time, at most a twentieth too high",
                        Tags.of("stage", name, "quantile", Double.toString(quantile), "window", span.label()),
                        reader -> recent(reader, span,
                                tally -> tally.durations(stage).percentileSeconds(quantile)));
            }
        }
    }

    private void gauge(MeterRegistry registry, String name, String description, Tags tags,
            ToDoubleFunction<FiguresReader> value) {
        register(registry, name, tags,
                () -> Gauge.builder(name, reader, value).description(description).tags(tags).register(registry));
    }

    private void counter(MeterRegistry registry, String name, String description, Tags tags,
            ToDoubleFunction<FiguresReader> value) {
        register(registry, name, tags, () -> FunctionCounter.builder(name, reader, value).description(description)
                .tags(tags).register(registry));
    }

    /** What another in this process has registered before is left to it, now and at the end. */
    private void register(MeterRegistry registry, String name, Tags tags, Supplier<Meter> meter) {
        if (registry.find(name).tags(tags).meter() == null) {
            registered.add(meter.get());
        }
    }

    private static Tally live(FiguresReader reader) {
        var live = reader.now().live();
        return live == null ? new Tally() : live;
    }

    private static double recent(FiguresReader reader, Span span, ToDoubleFunction<Tally> value) {
        FiguresNow now = reader.now();
        return now.live() == null ? Double.NaN : value.applyAsDouble(now.of(span));
    }

    private static String words(Enum<?> name) {
        return name.name().toLowerCase(Locale.ROOT).replace('_', '.');
    }
}
