package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.MetadataRecoveryStrategy;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.GroupProtocol;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers host:port, comma-separated
 * @param names            what topics and groups are called there
 * @param replication      of topics that are made where they are missing
 * @param properties       further client properties by their Kafka names, e.g. how to log in
 * @param own              whose clients they are
 */
public record KafkaSettings(String bootstrapServers, KafkaNames names, TopicReplication replication,
        Map<String, String> properties, OwnName own) {

    /** While a broker is away, each client ends up trying to connect as seldom as this: it finds the broker a few seconds late, for next to no work. */
    private static final int RECONNECT_PAUSE_MS = 100;
    private static final int RECONNECT_PAUSE_MAX_MS = 3_000;
    /** The shortest that a broker allows where nobody has told it otherwise (group.min.session.timeout.ms). */
    private static final String SESSION_TIMEOUT_MS = "6000";
    private static final long MEMBER_BACKOFF_MS = 500;
    private static final String HEARTBEAT_MS = "1500";
    /** Share consumers refuse to be made with them. */
    private static final Set<String> OF_GROUPS = Set.of(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
            ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG);

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("kafka.bootstrap-servers may not be blank");
        }
        properties = Map.copyOf(properties);
    }

    /** @param service whose clients they are; a {@code client.id} among the properties goes before it */
    public static KafkaSettings of(String service, String bootstrapServers, KafkaNames names,
            TopicReplication replication, Map<String, String> properties) {
        return new KafkaSettings(bootstrapServers, names, replication, properties,
                OwnName.of(properties.getOrDefault(CommonClientConfigs.CLIENT_ID_CONFIG, service)));
    }

    /** The same where everything is called as in the catalogue. */
    public static KafkaSettings of(String service, String bootstrapServers, short replicationFactor,
            Map<String, String> properties) {
        return of(service, bootstrapServers, KafkaNames.PLAIN, new TopicReplication(replicationFactor, (short) -1),
                properties);
    }

    /**
     * What every client is made with, by the Kafka names; whoever makes one may add to it.
     *
     * @param role what the client is for; the broker's log and figures show it
     */
    public Map<String, Object> client(String role) {
        var client = new HashMap<String, Object>(properties);
        client.keySet().removeAll(OF_GROUPS);
        client.put(CommonClientConfigs.CLIENT_ID_CONFIG, own.client(role));
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        client.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, RECONNECT_PAUSE_MS);
        client.putIfAbsent(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_PAUSE_MAX_MS);
        // Begun anew each time that no broker is known to be there, it keeps a core busy for as long as that lasts.
        client.putIfAbsent(CommonClientConfigs.METADATA_RECOVERY_STRATEGY_CONFIG, MetadataRecoveryStrategy.NONE.name);
        return client;
    }

    /** A consumer that reads from the earliest record on, commits nothing by itself and reads no aborted transactions. */
    public Map<String, Object> reader(String role) {
        var reader = client(role);
        reader.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        reader.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        reader.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        reader.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        return reader;
    }

    /**
     * The same, as a member of a group in which nobody waits long for one that was killed. By the older protocol, because in the
     * newer one only the broker says how long that is: 45 s where nobody has told it otherwise.
     */
    public Map<String, Object> groupMember(String role, String group) {
        var member = reader(role);
        member.put(ConsumerConfig.GROUP_ID_CONFIG, names.onKafka(group));
        member.put(ConsumerConfig.GROUP_PROTOCOL_CONFIG, GroupProtocol.CLASSIC.name());
        // Who keeps a partition reads on while others change hands.
        member.put(ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG, CooperativeStickyAssignor.class.getName());
        // It is also how often each member checks whether a heartbeat is due.
        member.putIfAbsent(ConsumerConfig.RETRY_BACKOFF_MS_CONFIG, MEMBER_BACKOFF_MS);
        member.put(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG,
                properties.getOrDefault(ConsumerConfig.SESSION_TIMEOUT_MS_CONFIG, SESSION_TIMEOUT_MS));
        member.put(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG,
                properties.getOrDefault(ConsumerConfig.HEARTBEAT_INTERVAL_MS_CONFIG, HEARTBEAT_MS));
        return member;
    }

    /** Names the further properties only: their values may be secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + ", names=" + names + ", replication="
                + replication
                + ", properties=" + properties.keySet() + "]";
    }
}
