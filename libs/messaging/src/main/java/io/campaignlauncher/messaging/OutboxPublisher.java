package io.campaignlauncher.messaging;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Publishes what a database says is not published yet: soon after it was committed, or at once for whoever asks, and where that
 * does not succeed as soon as it does, whoever died in between.
 */
public final class OutboxPublisher implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(OutboxPublisher.class);
    private static final Duration PATIENCE = Duration.ofSeconds(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final Duration TIDY_EVERY = Duration.ofMinutes(1);

    private final Outbox outbox;
    private final RecordPublisher publisher;
    private final Readiness topics;
    private final Progress progress;
    private final String failure;
    private final RetryLoop retries;
    private final BackgroundThread thread;
    /** Until it succeeds: nobody waits for what is not there. */
    private volatile boolean failing = true;

    /** Publishes records in their order: returns when Kafka has them, or throws, and then any of them may be there. */
    @FunctionalInterface
    public interface Publish extends Consumer<List<ProducerRecord<String, byte[]>>> {}

    /** What waits in a database. Of all instances one at a time publishes. */
    public interface Outbox {

        /** Whether something that was committed waits. */
        boolean isPending();

        /**
         * Publishes some of it, and then lets it wait no longer; where that fails it goes on waiting, and comes again.
         *
         * @return whether there may be more
         */
        boolean publishNext(Publish publish);

        /** Called now and then. */
        default void tidy(Publish publish) {}
    }

    /**
     * @param topics  ready when the topic is there
     * @param name    of the thread
     * @param failure what it means that nothing can be published, as the beginning of a log line
     */
    public OutboxPublisher(Outbox outbox, RecordPublisher publisher, Readiness topics, Progress progress, String name,
            String failure, Clock clock) {
        this.outbox = outbox;
        this.publisher = publisher;
        this.topics = topics;
        this.progress = progress;
        this.failure = failure;
        retries = new RetryLoop(failure, LOG, clock);
        thread = new BackgroundThread(name, this::work);
    }

    /** Whether everything that was committed before is with Kafka. Answers soon: while Kafka is away, at once. */
    public Mono<Boolean> published() {
        return Mono.fromCallable(() -> {
            if (!outbox.isPending()) {
                return true;
            }
            if (!failing) {
                publishAll();
            }
            return !failing;
        }).subscribeOn(Schedulers.boundedElastic()).onErrorResume(error -> {
            failing = true;
            LOG.warn("{}: {}", failure, error.toString());
            return Mono.just(false);
        });
    }

    private void work(BackgroundThread self) {
        self.await(topics);
        long tidyAt = System.nanoTime();
        while (self.goesOn()) {
            retries.until(self, () -> {
                if (outbox.isPending()) {
                    publishAll();
                }
                failing = false;
                retries.works();
                progress.made();
            });
            if (self.goesOn() && System.nanoTime() - tidyAt >= 0) {
                tidyAt = System.nanoTime() + TIDY_EVERY.toNanos();
                retries.until(self, () -> outbox.tidy(this::publish));
            }
            self.pause(LOOK_EVERY);
        }
    }

    private void publishAll() {
        boolean more = true;
        while (more) {
            more = outbox.publishNext(this::publish);
        }
    }

    private void publish(List<ProducerRecord<String, byte[]>> some) {
        Flux.fromIterable(some).flatMapSequential(publisher::publish, some.size()).then().block(PATIENCE);
    }

    @Override
    public void start() {
        thread.start();
    }

    @Override
    public void stop() {
        thread.stop().join();
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }
}
