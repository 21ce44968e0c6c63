package io.campaignlauncher.job.listening;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ApplicationListener;
import org.springframework.kafka.core.ConsumerFactory;
import org.springframework.kafka.core.DefaultKafkaConsumerFactory;
import org.springframework.kafka.event.ListenerContainerIdleEvent;
import org.springframework.kafka.listener.BatchMessageListener;
import org.springframework.kafka.listener.ConcurrentMessageListenerContainer;
import org.springframework.kafka.listener.ContainerProperties;
import org.springframework.kafka.listener.DefaultErrorHandler;
import org.springframework.util.backoff.ExponentialBackOff;

/**
 * Makes listeners that get whole polls. An offset is committed when everything before it is durable; a poll that failed is tried
 * again for ever, whatever the failure: what were passed over would be lost.
 */
public final class BatchListeners implements ApplicationListener<ListenerContainerIdleEvent> {

    private static final long IDLE_INTERVAL_MS = 5_000;
    private static final Duration REFUSED_RETRY = Duration.ofSeconds(2);

    private final KafkaClients clients;
    private final ApplicationEventPublisher events;
    private final Map<String, Progress> progressOf = new ConcurrentHashMap<>();

    public BatchListeners(KafkaSettings kafka, ApplicationEventPublisher events) {
        this.clients = new KafkaClients(kafka);
        this.events = events;
    }

    /**
     * @param name     of the threads; where the container is a bean, the bean's
     * @param role     what the consumers are for, as Kafka shows it
     * @param progress told of each poll that is durable, and while there is nothing to read
     * @param listener returns when all of the poll is durable
     */
    public ConcurrentMessageListenerContainer<String, byte[]> listener(String name, String role, String group,
            BatchSettings settings, Progress progress, BatchMessageListener<String, byte[]> listener, Topic... topics) {
        progressOf.put(name, progress);
        var properties = new ContainerProperties(Arrays.stream(topics).map(Topic::topicName).toArray(String[]::new));
        properties.setMessageListener((BatchMessageListener<String, byte[]>) poll -> {
            listener.onMessage(poll);
            progress.made();
        });
        properties.setIdleEventInterval(IDLE_INTERVAL_MS);
        // Gathers here and not in the broker's fetch, which would ask as often while there is nothing.
        properties.setIdleBetweenPolls(settings.linger().toMillis());
        properties.setMissingTopicsFatal(false);
        // Who is refused by a rule that somebody gets wrong would otherwise read no more, even when it is mended.
        properties.setAuthExceptionRetryInterval(REFUSED_RETRY);
        var container = new ConcurrentMessageListenerContainer<>(
                consumers(clients.groupMemberProperties(role, group, settings.pollMax())), properties);
        container.setBeanName(name);
        container.setApplicationEventPublisher(events);
        container.setConcurrency(settings.threads());
        var backOff = new ExponentialBackOff(settings.retryDelay().toMillis(), 2);
        backOff.setMaxInterval(settings.retryDelayMax().toMillis());
        var errors = new DefaultErrorHandler(backOff);
        errors.setClassifications(Map.of(), true);
        container.setCommonErrorHandler(errors);
        return container;
    }

    private ConsumerFactory<String, byte[]> consumers(Map<String, Object> groupMember) {
        return new DefaultKafkaConsumerFactory<>(groupMember) {

            @Override
            protected Consumer<String, byte[]> createRawConsumer(Map<String, Object> properties) {
                return clients.consumer(properties, new StringDeserializer());
            }
        };
    }

    /** Who has nothing to read gets on as well. While a poll is tried again and again, no such event comes. */
    @Override
    public void onApplicationEvent(ListenerContainerIdleEvent event) {
        progressOf.forEach((name, progress) -> {
            if (event.getListenerId().startsWith(name)) {
                progress.made();
            }
        });
    }
}
