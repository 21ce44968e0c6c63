package io.campaignlauncher.messaging;

/**
 * How to reach Kafka.
 *
 * @param bootstrapServers  host:port, comma-separated
 * @param replicationFactor of topics that are made where they are missing; -1: the broker's default
 */
public record KafkaSettings(String bootstrapServers, short replicationFactor) {

    public KafkaSettings {
        if (bootstrapServers.isBlank()) {
            throw new IllegalArgumentException("kafka.bootstrap-servers may not be blank");
        }
    }

    public static KafkaSettings towards(String bootstrapServers) {
        return new KafkaSettings(bootstrapServers, (short) -1);
    }
}
