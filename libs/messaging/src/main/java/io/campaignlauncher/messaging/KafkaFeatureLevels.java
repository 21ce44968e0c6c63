package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.FeatureLevel;
import io.campaignlauncher.schemas.FeatureLevelAnnounced;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.time.Clock;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;

/**
 * Instances on the {@linkplain CompactedTopic compacted topic} {@code feature-levels}: this one announces itself before it takes work,
 * and hears of the others. The gauge {@code launch.feature.level} tells at which level it writes.
 */
final class KafkaFeatureLevels implements FeatureLevels, SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFeatureLevels.class);
    private static final Duration ANNOUNCED_WITHIN = Duration.ofSeconds(10);
    private static final Duration WITHDRAWN_WITHIN = Duration.ofSeconds(2);

    private final CompactedTopic<FeatureLevelContents> topic;
    private final Readiness topics;
    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final WrittenLevel level;
    private final FeatureLevelSettings settings;
    private final int reads;
    private final MeterRegistry meters;
    private final String source;
    private final Clock clock;
    private final String instance = UUID.randomUUID().toString();
    private final Sinks.Empty<Void> announced = Sinks.empty();
    private final ThrottledWarning warning;
    private final BackgroundThread announcer = new BackgroundThread("feature-levels-announced", this::announce);
    private final LiveGauge<KafkaFeatureLevels> gauge;

    /**
     * @param topics ready when the topic is there
     * @param level  told at which level may be written
     * @param reads  what this instance says that it reads
     * @param source the CloudEvents source of what it says, e.g. {@code /job-service}
     */
    KafkaFeatureLevels(KafkaSettings kafka, Readiness topics, RecordPublisher publisher, LaunchRecords records,
            WrittenLevel level, FeatureLevelSettings settings, int reads, MeterRegistry meters, String source,
            Clock clock) {
        this.topics = topics;
        this.publisher = publisher;
        this.records = records;
        this.level = level;
        this.settings = settings;
        this.reads = reads;
        this.meters = meters;
        this.source = source;
        this.clock = clock;
        this.warning = new ThrottledWarning(LOG, clock);
        this.gauge = new LiveGauge<>("launch.feature.level",
                Tags.of("service", source.substring(source.lastIndexOf('/') + 1)), null,
                "The level of the contract at which is written", levels -> levels.current(), Math::min);
        this.topic = new CompactedTopic<>(Topic.FEATURE_LEVELS, kafka, topics,
                () -> new FeatureLevelContents(records, settings.countsFor(), clock, this::heard,
                        gone -> withdrawal(gone).subscribe(null, e -> warning.warn("cannot forget an instance", e))),
                clock);
    }

    @Override
    public int current() {
        return level.getAsInt();
    }

    private void heard(int readByAll) {
        var before = level.getAsInt();
        var now = Math.max(FeatureLevel.FIRST, Math.min(settings.bound(), Math.min(reads, readByAll)));
        level.set(now);
        if (before != now) {
            LOG.info("writes at level {} of the contract, until now at {}; all instances read {}", now, before,
                    readByAll);
        }
    }

    @Override
    public Mono<Void> known() {
        return Mono.when(topic.ready(), announced.asMono().publishOn(Schedulers.parallel()));
    }

    private void announce(BackgroundThread thread) {
        thread.await(topics);
        while (thread.goesOn()) {
            try {
                announcement().block(ANNOUNCED_WITHIN);
                announced.tryEmitEmpty();
                warning.over();
            } catch (RuntimeException e) {
                if (thread.goesOn()) {
                    warning.warn("cannot say what this instance reads, trying again", e);
                }
            }
            thread.pause(settings.announceEvery());
        }
    }

    private Mono<Void> announcement() {
        var message = FeatureLevelAnnounced.newBuilder().setInstanceId(instance).setReads(reads)
                .setWrites(settings.bound()).build();
        var envelope = Envelope.of(UUID.randomUUID().toString(), message.getSchema().getName(), source, instance,
                clock.instant());
        return publisher.publish(records.record(Topic.FEATURE_LEVELS, instance, message, envelope));
    }

    private Mono<Void> withdrawal(String ofInstance) {
        return publisher.publish(new ProducerRecord<>(Topic.FEATURE_LEVELS.topicName(), ofInstance, null));
    }

    /** What was not said in time is known a while later by its silence. */
    private CompletableFuture<Void> withdrawn() {
        return withdrawal(instance).timeout(WITHDRAWN_WITHIN).onErrorComplete().toFuture();
    }

    @Override
    public void start() {
        gauge.join(meters, this);
        topic.start();
        announcer.start();
    }

    @Override
    public void stop() {
        stopping().join();
    }

    @Override
    public void stop(Runnable callback) {
        stopping().thenRun(callback);
    }

    private CompletableFuture<Void> stopping() {
        gauge.leave(meters, this);
        return announcer.interrupt().thenCompose(_ -> withdrawn()).thenCompose(_ -> topic.stop());
    }

    @Override
    public boolean isRunning() {
        return topic.isRunning();
    }

    @Override
    public int getPhase() {
        return CompactedTopic.PHASE;
    }
}
