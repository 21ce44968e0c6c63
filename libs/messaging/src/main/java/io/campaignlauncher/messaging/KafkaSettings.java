package io.campaignlauncher.messaging;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers  host:port, comma-separated
 * @param replicationFactor of topics that are made where they are missing; -1: the broker's default
 * @param properties        further client properties by their Kafka names, e.g. how to log in
 * @param own               whose clients they are
 */
public record KafkaSettings(String bootstrapServers, short replicationFactor, Map<String, String> properties,
        OwnName own) {

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("kafka.bootstrap-servers may not be blank");
        }
        if (replicationFactor == 0 || replicationFactor < -1) {
            throw new IllegalArgumentException(
                    "kafka.replication-factor is -1 or at least 1, not " + replicationFactor);
        }
        properties = Map.copyOf(properties);
    }

    public static KafkaSettings towards(String bootstrapServers) {
        return of("campaign-launcher", bootstrapServers, (short) -1, Map.of());
    }

    /** @param service whose clients they are; a {@code client.id} among the properties goes before it */
    public static KafkaSettings of(String service, String bootstrapServers, short replicationFactor,
            Map<String, String> properties) {
        return new KafkaSettings(bootstrapServers, replicationFactor, properties,
                OwnName.of(properties.getOrDefault(CommonClientConfigs.CLIENT_ID_CONFIG, service)));
    }

    /**
     * What every client is made with, by the Kafka names; whoever makes one may add to it.
     *
     * @param role what the client is for; the broker's log and figures show it
     */
    public Map<String, Object> client(String role) {
        var client = new HashMap<String, Object>(properties);
        client.put(CommonClientConfigs.CLIENT_ID_CONFIG, own.client(role));
        client.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers);
        return client;
    }

    /** Names the further properties only: their values may be secrets. */
    @Override
    public String toString() {
        return "KafkaSettings[bootstrapServers=" + bootstrapServers + ", replicationFactor=" + replicationFactor
                + ", properties=" + properties.keySet() + "]";
    }
}
