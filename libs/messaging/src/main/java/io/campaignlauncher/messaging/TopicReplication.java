package io.campaignlauncher.messaging;

import java.util.Optional;

/**
 * How often topics are kept that are made where they are missing.
 *
 * @param factor    on how many brokers; -1: the broker's default
 * @param minInsync how many of them have what Kafka confirmed; -1: the broker's default
 */
public record TopicReplication(short factor, short minInsync) {

    /** For whoever has no say in it. */
    public static final TopicReplication OF_BROKER = new TopicReplication((short) -1, (short) -1);

    public TopicReplication {
        if (factor == 0 || factor < -1) {
            throw new IllegalArgumentException("kafka.replication-factor is -1 or at least 1, not " + factor);
        }
        if (minInsync == 0 || minInsync < -1) {
            throw new IllegalArgumentException("kafka.min-insync-replicas is -1 or at least 1, not " + minInsync);
        }
        if (factor != -1 && minInsync > factor) {
            throw new IllegalArgumentException("kafka.min-insync-replicas is at most kafka.replication-factor: of "
                    + factor + " brokers never " + minInsync + " have a record, and nothing could be written");
        }
    }

    /**
     * What may be lost with one broker although Kafka confirmed it. One broker and a factor of 1 that was asked for is somebody's
     * decision, and borne.
     *
     * @param replicas  of the topic that is kept least often
     * @param minInsync of the topic that needs fewest of them
     * @return in a sentence that says what to do
     */
    Optional<String> concern(int replicas, int minInsync, int brokers) {
        if (replicas == 1 && (brokers > 1 || factor != 1)) {
            return Optional
                    .of("topics are kept on one broker alone (replication factor 1), and lost with it: start with"
                            + " kafka.replication-factor=3 on three brokers, or raise it with kafka-reassign-partitions.sh"
                            + (brokers > 1 ? "" : "; kafka.replication-factor=1 says that one is meant"));
        }
        return replicas > 1 && minInsync < 2 ? Optional.of("topics have replication factor " + replicas
                + " and min.insync.replicas=1, so that what Kafka confirmed may be on one broker alone: start with"
                + " kafka.min-insync-replicas=2, or kafka-configs.sh --alter --add-config min.insync.replicas=2")
                : Optional.empty();
    }
}
