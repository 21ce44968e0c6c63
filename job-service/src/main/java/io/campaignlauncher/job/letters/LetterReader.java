package io.campaignlauncher.job.letters;

import io.campaignlauncher.messaging.BackgroundThread;
import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RetryLoop;
import io.campaignlauncher.schemas.rights.KafkaRights;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Brings what stands on the topics of dead letters into the table, for as long as it runs. */
public final class LetterReader implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(LetterReader.class);
    private static final Duration POLL_MAX = Duration.ofSeconds(2);

    private final LetterTopics kafka;
    private final Readiness topics;
    private final RetryLoop retries;
    private final BackgroundThread thread;
    private volatile boolean upToDate;

    /** @param topics ready when the topics are there */
    LetterReader(LetterTopics kafka, Readiness topics, Clock clock) {
        this.kafka = kafka;
        this.topics = topics;
        this.retries = new RetryLoop("the dead letters cannot be read", LOG, clock);
        this.thread = new BackgroundThread("dead-letters", this::read);
    }

    /** Whether all that was there when it began to read is in the table. */
    public boolean isUpToDate() {
        return upToDate;
    }

    private void read(BackgroundThread thread) {
        thread.await(topics);
        retries.until(thread, () -> {
            var consumer = kafka.consumer();
            thread.wakenBy(consumer::wakeup);
            try {
                var partitions = kafka.assign(consumer, KafkaRights.REDRIVEN);
                var ends = consumer.endOffsets(partitions.keySet());
                while (thread.goesOn()) {
                    kafka.take(consumer.poll(POLL_MAX), partitions);
                    retries.works();
                    upToDate = upToDate || ends.entrySet().stream()
                            .allMatch(end -> consumer.position(end.getKey()) >= end.getValue());
                }
            } finally {
                KafkaClients.close(consumer);
            }
        });
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
    public void stop(Runnable callback) {
        thread.stop().thenRun(callback);
    }

    @Override
    public boolean isRunning() {
        return thread.isStarted();
    }
}
