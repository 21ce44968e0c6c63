package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.AcknowledgeType;
import org.apache.kafka.clients.consumer.AcknowledgementCommitCallback;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaShareConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicIdPartition;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** A member of a share group that is told names of the catalogue, and tells them. */
final class NamedShareConsumer<K, V> extends KafkaShareConsumer<K, V> {

    private final KafkaNames names;

    NamedShareConsumer(KafkaNames names, Map<String, Object> properties, Deserializer<K> keys, Deserializer<V> values) {
        super(properties, keys, values);
        this.names = names;
    }

    @Override
    public Set<String> subscription() {
        return super.subscription().stream().map(names::inCatalogue).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void subscribe(Collection<String> topics) {
        super.subscribe(topics.stream().map(names::onKafka).toList());
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        return NamedPartitions.inCatalogue(names, super.poll(timeout));
    }

    @Override
    public void acknowledge(ConsumerRecord<K, V> record) {
        super.acknowledge(onKafka(record));
    }

    @Override
    public void acknowledge(ConsumerRecord<K, V> record, AcknowledgeType type) {
        super.acknowledge(onKafka(record), type);
    }

    @Override
    public void acknowledge(String topic, int partition, long offset, AcknowledgeType type) {
        super.acknowledge(names.onKafka(topic), partition, offset, type);
    }

    @Override
    public Map<TopicIdPartition, Optional<KafkaException>> commitSync() {
        return inCatalogue(super.commitSync());
    }

    @Override
    public Map<TopicIdPartition, Optional<KafkaException>> commitSync(Duration timeout) {
        return inCatalogue(super.commitSync(timeout));
    }

    @Override
    public void setAcknowledgementCommitCallback(@Nullable AcknowledgementCommitCallback callback) {
        super.setAcknowledgementCommitCallback(callback == null ? null
                : (offsets, failure) -> callback.onComplete(inCatalogue(offsets), failure));
    }

    private ConsumerRecord<K, V> onKafka(ConsumerRecord<K, V> record) {
        return NamedPartitions.renamed(record, names.onKafka(record.topic()));
    }

    private <T> Map<TopicIdPartition, T> inCatalogue(Map<TopicIdPartition, T> onKafka) {
        var named = new LinkedHashMap<TopicIdPartition, T>();
        onKafka.forEach((partition, value) -> named.put(
                new TopicIdPartition(partition.topicId(), names.inCatalogue(partition.topicPartition())), value));
        return named;
    }
}
