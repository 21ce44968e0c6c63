package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.BackgroundThread;
import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RetryLoop;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Reads a topic as a consumer group and hands each message to a handler, many at a time: a slow message holds up nobody
 * else. An offset is committed only when every record before it was handled, so a restart repeats some and loses none.
 * What cannot be read, or fails after the retries, goes to the topic's dead letters and the next one is handled.
 *
 * <p>It waits for a broker that is not there, and nothing that goes wrong ends it. {@link TopicListeners} makes it.
 */
public final class TopicListener implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(TopicListener.class);
    private static final Duration TOPIC_CALL_MAX = Duration.ofSeconds(1);
    private static final int POLL_RECORDS_MAX = 500;

    private final KafkaClients clients;
    private final String group;
    private final Topic topic;
    private final Workload workload;
    private final Readiness readiness;
    private final RetryLoop retries;
    private final Progress progress;
    private final BackgroundThread thread;

    TopicListener(KafkaClients clients, String group, Topic topic, Workload workload, Readiness readiness,
            Progress progress, Clock clock) {
        this.clients = clients;
        this.group = group;
        this.topic = topic;
        this.workload = workload;
        this.readiness = readiness;
        this.progress = progress;
        this.retries = new RetryLoop(group + " cannot read " + topic.topicName(), LOG, clock);
        this.thread = new BackgroundThread(group + "-" + topic.topicName(), this::listen);
    }

    @Override
    public void start() {
        progress.made();
        thread.start();
    }

    /** Gives what is being handled up to two seconds, commits, and leaves the group. */
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

    private void listen(BackgroundThread thread) {
        thread.await(readiness);
        retries.until(thread, () -> {
            var consumer = clients.groupMember(topic.topicName(), group,
                    Math.min(workload.inFlightMax(), POLL_RECORDS_MAX));
            try {
                awaitTopic(consumer);
                new Consumption(consumer, topic, group, workload, retries::works, progress).run(thread);
            } finally {
                KafkaClients.close(consumer);
            }
        });
        // It was told to end. A thread that ended by itself leaves its progress as it was: that is a stall.
        progress.rests();
    }

    /** A consumer would wait for a missing broker or topic in silence; this tells why nothing is read. */
    private void awaitTopic(KafkaConsumer<String, byte[]> consumer) {
        if (consumer.partitionsFor(topic.topicName(), TOPIC_CALL_MAX).isEmpty()) {
            throw new IllegalStateException("the topic is not there");
        }
    }
}
