package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/**
 * Where Kafka is, as settings say it.
 *
 * @param bootstrapServers  host:port, comma-separated; must be set here or as {@code spring.kafka.bootstrap-servers}, but in the
 *     standalone system, which starts a broker where none is named
 * @param prefix            what topics, groups and transactional ids begin with, so that installations share a cluster: words with a
 *     dot or a hyphen behind each, e.g. {@code eu-}; the same for every program of an installation, for good
 * @param replicationFactor of topics that are made where they are missing, 1 or more; -1: the broker's default
 * @param minInsyncReplicas of topics that are made where they are missing, {@code min.insync.replicas}: how many brokers have what Kafka
 *     confirmed; -1: the broker's default
 * @param properties        further settings of every client by their Kafka names, e.g. how to log in
 */
@ConfigurationProperties("kafka")
public record KafkaProperties(@DefaultValue("") String bootstrapServers, @DefaultValue("") String prefix,
        @DefaultValue("-1") short replicationFactor, @DefaultValue("-1") short minInsyncReplicas,
        @DefaultValue Map<String, String> properties) {

    /**
     * The same by Spring's names, for whoever has them already.
     *
     * @param bootstrapServers where {@code kafka.bootstrap-servers} is not set
     * @param properties       as {@code kafka.properties.*}, which goes before it
     */
    @ConfigurationProperties("spring.kafka")
    record OfSpring(@DefaultValue("") String bootstrapServers, @DefaultValue Map<String, String> properties) {

        /** Names the further properties only: their values may be secrets. */
        @Override
        public String toString() {
            return "OfSpring[bootstrapServers=" + bootstrapServers + ", properties=" + properties.keySet() + "]";
        }
    }

    /** By either names; where no servers are set, {@link #bootstrapServers} is empty. */
    public static KafkaProperties of(Environment environment) {
        var own = Settings.of(environment, KafkaProperties.class);
        var spring = Settings.of(environment, OfSpring.class);
        var properties = new HashMap<>(spring.properties());
        properties.putAll(own.properties());
        return new KafkaProperties(
                own.bootstrapServers().isBlank() ? spring.bootstrapServers() : own.bootstrapServers(),
                own.prefix(), own.replicationFactor(), own.minInsyncReplicas(), Map.copyOf(properties));
    }

    /**
     * @param service whose clients they are
     * @throws IllegalStateException where no servers are set
     */
    public KafkaSettings settings(String service) {
        if (bootstrapServers.isBlank()) {
            throw new IllegalStateException("set kafka.bootstrap-servers (or spring.kafka.bootstrap-servers)");
        }
        return KafkaSettings.of(service, bootstrapServers, new KafkaNames(prefix),
                new TopicReplication(replicationFactor, minInsyncReplicas), properties);
    }

    /** Names the further properties only: their values may be secrets. */
    @Override
    public String toString() {
        return "KafkaProperties[bootstrapServers=" + bootstrapServers + ", prefix=" + prefix + ", replicationFactor="
                + replicationFactor + ", minInsyncReplicas=" + minInsyncReplicas + ", properties=" + properties.keySet()
                + "]";
    }
}
