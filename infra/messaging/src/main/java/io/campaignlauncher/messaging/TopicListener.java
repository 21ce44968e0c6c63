package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.util.Set;
import java.util.function.Function;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;

/**
 * Reads a topic as a consumer group and hands each message to a handler, many at a time: a slow message holds up nobody
 * else. An offset is committed only when every record before it was handled, so a restart repeats some and loses none.
 * What cannot be read, or fails after the retries, goes to the topic's dead letters and the next one is handled.
 */
public final class TopicListener implements SmartLifecycle {

    private volatile boolean running;

    /**
     * @param settings    how to reach Kafka
     * @param group       the consumer group
     * @param topic       what to read, from the earliest record where the group has no offset
     * @param types       names of the messages that the handler wants; others are passed over unread
     * @param inFlightMax messages handled at the same time; beyond it reading pauses
     * @param handler     completes when the message is dealt with and its results are durable
     */
    public TopicListener(KafkaSettings settings, String group, Topic topic, Set<String> types, int inFlightMax,
            Function<LaunchRecords.Received, Mono<Void>> handler) {}

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
