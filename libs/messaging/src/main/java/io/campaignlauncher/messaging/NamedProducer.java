package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;

/** A producer that is told names of the catalogue, and tells them. */
final class NamedProducer<K, V> extends KafkaProducer<K, V> {

    private final KafkaNames names;

    NamedProducer(KafkaNames names, Map<String, Object> properties, Serializer<K> keys, Serializer<V> values) {
        super(properties, keys, values);
        this.names = names;
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record) {
        return send(record, null);
    }

    @Override
    public Future<RecordMetadata> send(ProducerRecord<K, V> record, @Nullable Callback callback) {
        var sent = new CompletableFuture<RecordMetadata>();
        super.send(onKafka(record), (onKafka, failure) -> {
            var metadata = onKafka == null ? null : inCatalogue(onKafka);
            if (callback != null) {
                callback.onCompletion(metadata, failure);
            }
            if (failure == null) {
                sent.complete(metadata);
            } else {
                sent.completeExceptionally(failure);
            }
        });
        return sent;
    }

    @Override
    public void sendOffsetsToTransaction(Map<TopicPartition, OffsetAndMetadata> offsets,
            ConsumerGroupMetadata groupMetadata) {
        super.sendOffsetsToTransaction(names.onKafka(offsets), groupMetadata);
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return NamedPartitions.inCatalogue(names, super.partitionsFor(names.onKafka(topic)));
    }

    private ProducerRecord<K, V> onKafka(ProducerRecord<K, V> record) {
        return new ProducerRecord<>(names.onKafka(record.topic()), record.partition(), record.timestamp(), record.key(),
                record.value(), record.headers());
    }

    private RecordMetadata inCatalogue(RecordMetadata onKafka) {
        var partition = names.inCatalogue(new TopicPartition(onKafka.topic(), onKafka.partition()));
        return new RecordMetadata(partition, onKafka.hasOffset() ? onKafka.offset() : -1, 0,
                onKafka.hasTimestamp() ? onKafka.timestamp() : -1, onKafka.serializedKeySize(),
                onKafka.serializedValueSize());
    }
}
