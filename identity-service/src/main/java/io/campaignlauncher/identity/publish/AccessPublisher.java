package io.campaignlauncher.identity.publish;

import io.campaignlauncher.identity.store.AccessChanges.Change;
import io.campaignlauncher.identity.store.AccessChanges;
import io.campaignlauncher.messaging.BackgroundThread;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.RetryLoop;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Tells other services over Kafka what has become of users, sessions and API keys: at once, as part of the request that changes
 * it, and where that does not succeed as soon as it does.
 */
public final class AccessPublisher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(AccessPublisher.class);
    private static final String SOURCE = "/identity-service";
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    private final AccessChanges changes;
    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final Readiness topics;
    private final Progress progress;
    private final Clock clock;
    private final RetryLoop retries;
    private final BackgroundThread thread = new BackgroundThread("access-publisher", this::work);
    /** Until it succeeds: nobody waits for what is not there. */
    private volatile boolean failing = true;
    private volatile CountDownLatch stopped = new CountDownLatch(1);

    /** @param topics ready when the topic is there */
    public AccessPublisher(AccessChanges changes, RecordPublisher publisher, LaunchRecords records, Readiness topics,
            Progress progress, Clock clock) {
        this.changes = changes;
        this.publisher = publisher;
        this.records = records;
        this.topics = topics;
        this.progress = progress;
        this.clock = clock;
        retries = new RetryLoop("other services cannot be told what has become of tokens and keys", LOG, clock);
    }

    /** Whether everything that was committed before is with Kafka. Answers soon: while Kafka is away, at once. */
    public Mono<Boolean> told() {
        return Mono.fromCallable(() -> {
            if (!changes.isPending()) {
                return true;
            }
            if (!failing) {
                tellAll();
            }
            return !failing;
        }).subscribeOn(Schedulers.boundedElastic()).onErrorResume(error -> {
            failing = true;
            LOG.warn("other services learn later what has become of tokens and keys: {}", error.toString());
            return Mono.just(false);
        });
    }

    private void work(BackgroundThread thread) {
        thread.await(topics);
        long tidyAt = System.nanoTime();
        while (thread.goesOn()) {
            retries.until(thread, () -> {
                if (changes.isPending()) {
                    tellAll();
                }
                failing = false;
                retries.works();
                progress.made();
            });
            if (thread.goesOn() && System.nanoTime() - tidyAt >= 0) {
                tidyAt = System.nanoTime() + TIDY_EVERY.toNanos();
                retries.until(thread, () -> changes.forgetSome(this::publish));
            }
            rest();
        }
    }

    private void rest() {
        try {
            if (stopped.await(LOOK_EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void tellAll() {
        boolean more = true;
        while (more) {
            more = changes.tellNext(this::publish);
        }
    }

    /** In this order, as the producer keeps it. */
    private void publish(List<Change> some) {
        Flux.fromIterable(some).map(this::record).flatMapSequential(publisher::publish, some.size()).then()
                .block(PATIENCE);
    }

    private ProducerRecord<String, byte[]> record(Change change) {
        var message = change.message();
        return message == null ? new ProducerRecord<>(Topic.ACCESS.topicName(), change.key(), null)
                : records.record(Topic.ACCESS, change.key(), message, Envelope.of(change.key() + "/" + change.change(),
                        message.getSchema().getName(), SOURCE, change.key(), clock.instant()));
    }

    @Override
    public void start() {
        stopped = new CountDownLatch(1);
        thread.start();
    }

    @Override
    public void stop() {
        stopped.countDown();
        thread.stop().join();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }
}
