package io.campaignlauncher.messaging;

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
 * @param replicationFactor of topics that are made where they are missing, 1 or more; -1: the broker's default
 * @param properties        further settings of every client by their Kafka names, e.g. how to log in
 */
@ConfigurationProperties("kafka")
public record KafkaProperties(@DefaultValue("") String bootstrapServers, @DefaultValue("-1") short replicationFactor,
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
                own.replicationFactor(), Map.copyOf(properties));
    }

    /**
     * @param service whose clients they are
     * @throws IllegalStateException where no servers are set
     */
    public KafkaSettings settings(String service) {
        if (bootstrapServers.isBlank()) {
            throw new IllegalStateException("set kafka.bootstrap-servers (or spring.kafka.bootstrap-servers)");
        }
        return KafkaSettings.of(service, bootstrapServers, replicationFactor, properties);
    }

    /** Names the further properties only: their values may be secrets. */
    @Override
    public String toString() {
        return "KafkaProperties[bootstrapServers=" + bootstrapServers + ", replicationFactor=" + replicationFactor
                + ", properties=" + properties.keySet() + "]";
    }
}
