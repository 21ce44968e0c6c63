package io.campaignlauncher.creation.kafka;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.internals.Topic;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What brokers must allow so that a share group works. Without it Kafka tells a member nothing, or tells that there is nothing to
 * read, for ever: so it is looked for.
 */
final class ShareGroupNeeds {

    static final String FEATURE = "share.version";
    static final String REPLICATION = "share.coordinator.state.topic.replication.factor";
    static final String MIN_ISR = "share.coordinator.state.topic.min.isr";

    private static final Logger LOG = LoggerFactory.getLogger(ShareGroupNeeds.class);
    private static final String STATE = Topic.SHARE_GROUP_STATE_TOPIC_NAME;
    private static final int CALL_TIMEOUT_MS = 10_000;

    private final Admin admin;

    ShareGroupNeeds(Admin admin) {
        this.admin = admin;
    }

    /** @return what only an operator of Kafka can mend, in a sentence that names the setting and the remedy */
    Optional<String> obstacle() throws ExecutionException, InterruptedException, TimeoutException {
        var feature = answer(admin.describeFeatures().featureMetadata()).finalizedFeatures().get(FEATURE);
        if (feature == null || feature.maxVersionLevel() < 1) {
            return Optional.of("Kafka's feature " + FEATURE + " is off, so that there are no share groups:"
                    + " kafka-features.sh upgrade --feature " + FEATURE + "=1");
        }
        try {
            var topics = answer(admin.listTopics(new ListTopicsOptions().listInternal(true)).names());
            return topics.contains(STATE) ? ofTheTopic() : ofTheTopicToBe();
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof AuthorizationException)) {
                throw e;
            }
            LOG.info("the brokers' settings may not be read, and are not checked: {}", e.getCause().getMessage());
            return Optional.empty();
        }
    }

    private Optional<String> ofTheTopic() throws ExecutionException, InterruptedException, TimeoutException {
        var partitions = answer(admin.describeTopics(List.of(STATE)).allTopicNames(), STATE).partitions();
        var replicas = partitions.stream().mapToInt(partition -> partition.replicas().size()).min().orElse(0);
        var settings = settings(new ConfigResource(ConfigResource.Type.TOPIC, STATE));
        var needed = number(settings, TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG);
        return needed <= replicas ? Optional.empty()
                : Optional.of("Kafka's topic " + STATE + " has " + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG + "="
                        + needed
                        + " and replication factor " + replicas + ", so that nothing can be written to it:"
                        + " kafka-configs.sh --alter --entity-type topics --entity-name " + STATE + " --add-config "
                        + TopicConfig.MIN_IN_SYNC_REPLICAS_CONFIG + "=" + replicas);
    }

    /** Kafka makes the topic for the first share group, by the brokers' settings, and tries again and again where it cannot. */
    private Optional<String> ofTheTopicToBe() throws ExecutionException, InterruptedException, TimeoutException {
        var brokers = answer(admin.describeCluster().nodes());
        if (brokers.isEmpty()) {
            return Optional.empty();
        }
        var settings = settings(
                new ConfigResource(ConfigResource.Type.BROKER, brokers.iterator().next().idString()));
        var replicas = number(settings, REPLICATION);
        if (replicas > brokers.size()) {
            return Optional.of("Kafka cannot make its topic " + STATE + ": " + REPLICATION + "=" + replicas
                    + ", and the brokers that are there: " + brokers.size()
                    + ". Set it to at most that on every broker and"
                    + " restart them, or start more brokers");
        }
        var needed = number(settings, MIN_ISR);
        return needed <= replicas ? Optional.empty()
                : Optional
                        .of("Kafka would make its topic " + STATE + " so that nothing can be written to it: " + MIN_ISR
                                + "=" + needed + " and " + REPLICATION + "=" + replicas
                                + ". Set the first to at most the second on"
                                + " every broker and restart them");
    }

    private Config settings(ConfigResource resource) throws ExecutionException, InterruptedException, TimeoutException {
        return answer(admin.describeConfigs(List.of(resource)).all(), resource);
    }

    /** 1 where a broker does not tell the setting. */
    private static int number(Config settings, String name) {
        var entry = settings.get(name);
        return entry == null || entry.value() == null ? 1 : Integer.parseInt(entry.value());
    }

    /** Of a call that answers each key that it asked about, or fails. */
    private static <K, V> V answer(KafkaFuture<Map<K, V>> future, K key)
            throws ExecutionException, InterruptedException, TimeoutException {
        return Objects.requireNonNull(answer(future).get(key));
    }

    private static <T> T answer(KafkaFuture<T> future)
            throws ExecutionException, InterruptedException, TimeoutException {
        return future.get(CALL_TIMEOUT_MS, TimeUnit.MILLISECONDS);
    }
}
