package io.campaignlauncher.analytics;

import io.campaignlauncher.analytics.kafka.FiguresReader;
import io.campaignlauncher.analytics.metrics.FiguresMeters;
import io.campaignlauncher.analytics.model.Figures;
import io.campaignlauncher.analytics.model.FiguresNow;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.TopicFollower;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.Optional;

/** Keeps the figures for as long as it is open. It reads on its own, so any number of them may run, and each has all figures. */
public final class AnalyticsConsumer implements AutoCloseable {

    private final FiguresReader reader;
    private final FiguresMeters meters;
    private final TopicFollower follower;

    private AnalyticsConsumer(KafkaSettings kafka, AnalyticsSettings settings, MeterRegistry registry, Clock clock) {
        this.reader = new FiguresReader(new Figures(settings.bounds()), clock, this::takeUpNewLabels);
        this.meters = new FiguresMeters(reader);
        this.meters.bindTo(registry);
        this.follower = new TopicFollower(kafka, "analytics", FiguresReader.TOPICS,
                () -> Optional.ofNullable(settings.history()).map(clock.instant()::minus), reader, clock);
    }

    /** Returns at once; Kafka need not be there yet. @param registry where the figures are published as metrics */
    public static AnalyticsConsumer start(KafkaSettings kafka, AnalyticsSettings settings, MeterRegistry registry,
            Clock clock) {
        var consumer = new AnalyticsConsumer(kafka, settings, registry, clock);
        consumer.follower.start();
        return consumer;
    }

    /** The figures, at most a second old. */
    public FiguresNow figures() {
        return reader.now();
    }

    public FiguresReader.Progress progress() {
        return reader.progress();
    }

    private void takeUpNewLabels() {
        meters.takeUpNewLabels();
    }

    @Override
    public void close() {
        follower.stop();
        meters.close();
    }
}
