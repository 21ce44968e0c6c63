package io.campaignlauncher.schemas;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.apache.kafka.common.TopicPartition;

/**
 * What topics, groups and transactional ids of an installation are called on its Kafka: as in the catalogue, behind a prefix, so
 * that several installations share a cluster. Programs know the names of the catalogue alone; it is the clients that put the prefix
 * before them and take it away.
 *
 * @param prefix empty: none
 */
public record KafkaNames(String prefix) {

    private static final int PREFIX_MAX = 100;
    /** It ends with a separator, and Kafka takes dots and underscores for the same. */
    private static final Pattern PREFIX = Pattern.compile("([A-Za-z0-9]+[.-])*");
    /** Rights are given on whatever begins like that: another installation's would be among it. */
    private static final Pattern SHARED_BEGINNING = Pattern.compile("(^|.*[.-])(app|redrive)-.*");

    /** As in the catalogue. */
    public static final KafkaNames PLAIN = new KafkaNames("");

    public KafkaNames {
        if (prefix.length() > PREFIX_MAX || !PREFIX.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "a prefix of names on Kafka is words of letters and digits, each with a dot or a"
                            + " hyphen behind it, and has at most " + PREFIX_MAX + " characters, not \"" + prefix
                            + "\"");
        }
        if (SHARED_BEGINNING.matcher(prefix).matches()) {
            throw new IllegalArgumentException(
                    "a prefix of names on Kafka has neither app- nor redrive- in it: others have"
                            + " rights on what begins like that; not \"" + prefix + "\"");
        }
    }

    public boolean isPlain() {
        return prefix.isEmpty();
    }

    public String onKafka(String name) {
        return prefix + name;
    }

    /** Whether it is a name of this installation, as far as names tell. */
    public boolean isOurs(String onKafka) {
        return onKafka.startsWith(prefix);
    }

    /** The name in the catalogue. @throws IllegalArgumentException for a name of somebody else */
    public String inCatalogue(String onKafka) {
        if (!isOurs(onKafka)) {
            throw new IllegalArgumentException(onKafka + " does not begin with " + prefix);
        }
        return onKafka.substring(prefix.length());
    }

    public TopicPartition onKafka(TopicPartition partition) {
        return new TopicPartition(onKafka(partition.topic()), partition.partition());
    }

    public TopicPartition inCatalogue(TopicPartition onKafka) {
        return new TopicPartition(inCatalogue(onKafka.topic()), onKafka.partition());
    }

    public List<TopicPartition> onKafka(Collection<TopicPartition> partitions) {
        return partitions.stream().map(this::onKafka).toList();
    }

    public List<TopicPartition> inCatalogue(Collection<TopicPartition> onKafka) {
        return onKafka.stream().map(this::inCatalogue).toList();
    }

    public <T> Map<TopicPartition, T> onKafka(Map<TopicPartition, T> ofPartitions) {
        return withKeys(ofPartitions, this::onKafka);
    }

    public <T> Map<TopicPartition, T> inCatalogue(Map<TopicPartition, T> onKafka) {
        return withKeys(onKafka, this::inCatalogue);
    }

    /** In their order; a value may be null, which Kafka's clients say for what is not there. */
    private static <K, T> Map<K, T> withKeys(Map<K, T> map, Function<K, K> key) {
        var named = new LinkedHashMap<K, T>();
        map.forEach((old, value) -> named.put(key.apply(old), value));
        return named;
    }
}
