package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.clients.consumer.OffsetCommitCallback;
import org.apache.kafka.clients.consumer.SubscriptionPattern;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.Deserializer;

/** A consumer that is told names of the catalogue, and tells them. It takes topics by their names, not by a pattern. */
final class NamedConsumer<K, V> extends KafkaConsumer<K, V> {

    private final KafkaNames names;

    NamedConsumer(KafkaNames names, Map<String, Object> properties, Deserializer<K> keys, Deserializer<V> values) {
        super(properties, keys, values);
        this.names = names;
    }

    @Override
    public Set<TopicPartition> assignment() {
        return Set.copyOf(names.inCatalogue(super.assignment()));
    }

    @Override
    public Set<String> subscription() {
        return super.subscription().stream().map(names::inCatalogue).collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public void subscribe(Collection<String> topics) {
        super.subscribe(onKafka(topics));
    }

    @Override
    public void subscribe(Collection<String> topics, ConsumerRebalanceListener listener) {
        super.subscribe(onKafka(topics), inCatalogue(listener));
    }

    @Override
    public void subscribe(Pattern pattern) {
        throw byNameOnly();
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        throw byNameOnly();
    }

    @Override
    public void subscribe(SubscriptionPattern pattern) {
        throw byNameOnly();
    }

    @Override
    public void subscribe(SubscriptionPattern pattern, ConsumerRebalanceListener listener) {
        throw byNameOnly();
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        super.assign(names.onKafka(partitions));
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        return NamedPartitions.inCatalogue(names, super.poll(timeout));
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        super.commitSync(names.onKafka(offsets));
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets, Duration timeout) {
        super.commitSync(names.onKafka(offsets), timeout);
    }

    @Override
    public void commitAsync(OffsetCommitCallback callback) {
        super.commitAsync(inCatalogue(callback));
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        super.commitAsync(names.onKafka(offsets), inCatalogue(callback));
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        super.seek(names.onKafka(partition), offset);
    }

    @Override
    public void seek(TopicPartition partition, OffsetAndMetadata offset) {
        super.seek(names.onKafka(partition), offset);
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        super.seekToBeginning(names.onKafka(partitions));
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        super.seekToEnd(names.onKafka(partitions));
    }

    @Override
    public long position(TopicPartition partition) {
        return super.position(names.onKafka(partition));
    }

    @Override
    public long position(TopicPartition partition, Duration timeout) {
        return super.position(names.onKafka(partition), timeout);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return names.inCatalogue(super.committed(Set.copyOf(names.onKafka(partitions))));
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions, Duration timeout) {
        return names.inCatalogue(super.committed(Set.copyOf(names.onKafka(partitions)), timeout));
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic) {
        return NamedPartitions.inCatalogue(names, super.partitionsFor(names.onKafka(topic)));
    }

    @Override
    public List<PartitionInfo> partitionsFor(String topic, Duration timeout) {
        return NamedPartitions.inCatalogue(names, super.partitionsFor(names.onKafka(topic), timeout));
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics() {
        return inCatalogue(super.listTopics());
    }

    @Override
    public Map<String, List<PartitionInfo>> listTopics(Duration timeout) {
        return inCatalogue(super.listTopics(timeout));
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        super.pause(names.onKafka(partitions));
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        super.resume(names.onKafka(partitions));
    }

    @Override
    public Set<TopicPartition> paused() {
        return Set.copyOf(names.inCatalogue(super.paused()));
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times) {
        return names.inCatalogue(super.offsetsForTimes(names.onKafka(times)));
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> times, Duration timeout) {
        return names.inCatalogue(super.offsetsForTimes(names.onKafka(times), timeout));
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return names.inCatalogue(super.beginningOffsets(names.onKafka(partitions)));
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return names.inCatalogue(super.beginningOffsets(names.onKafka(partitions), timeout));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return names.inCatalogue(super.endOffsets(names.onKafka(partitions)));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, Duration timeout) {
        return names.inCatalogue(super.endOffsets(names.onKafka(partitions), timeout));
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return super.currentLag(names.onKafka(partition));
    }

    private List<String> onKafka(Collection<String> topics) {
        return topics.stream().map(names::onKafka).toList();
    }

    /** Of this installation alone. */
    private Map<String, List<PartitionInfo>> inCatalogue(Map<String, List<PartitionInfo>> onKafka) {
        var named = new LinkedHashMap<String, List<PartitionInfo>>();
        onKafka.forEach((topic, partitions) -> {
            if (names.isOurs(topic)) {
                named.put(names.inCatalogue(topic), NamedPartitions.inCatalogue(names, partitions));
            }
        });
        return named;
    }

    private OffsetCommitCallback inCatalogue(OffsetCommitCallback callback) {
        return (offsets, failure) -> callback.onComplete(names.inCatalogue(offsets), failure);
    }

    private ConsumerRebalanceListener inCatalogue(ConsumerRebalanceListener listener) {
        return new ConsumerRebalanceListener() {

            @Override
            public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                listener.onPartitionsAssigned(names.inCatalogue(partitions));
            }

            @Override
            public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                listener.onPartitionsRevoked(names.inCatalogue(partitions));
            }

            @Override
            public void onPartitionsLost(Collection<TopicPartition> partitions) {
                listener.onPartitionsLost(names.inCatalogue(partitions));
            }
        };
    }

    private static UnsupportedOperationException byNameOnly() {
        return new UnsupportedOperationException("topics are subscribed to by their names");
    }
}
