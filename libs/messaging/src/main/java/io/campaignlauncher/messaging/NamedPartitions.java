package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.KafkaNames;
import java.util.LinkedHashMap;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;

/** What clients tell, with the names of the catalogue. */
final class NamedPartitions {

    private NamedPartitions() {}

    static List<PartitionInfo> inCatalogue(KafkaNames names, List<PartitionInfo> onKafka) {
        return onKafka.stream().map(info -> new PartitionInfo(names.inCatalogue(info.topic()), info.partition(),
                info.leader(), info.replicas(), info.inSyncReplicas(), info.offlineReplicas())).toList();
    }

    static <K, V> ConsumerRecords<K, V> inCatalogue(KafkaNames names, ConsumerRecords<K, V> polled) {
        var records = new LinkedHashMap<TopicPartition, List<ConsumerRecord<K, V>>>();
        for (var partition : polled.partitions()) {
            var named = names.inCatalogue(partition);
            records.put(named,
                    polled.records(partition).stream().map(record -> renamed(record, named.topic())).toList());
        }
        return new ConsumerRecords<>(records, names.inCatalogue(polled.nextOffsets()));
    }

    static <K, V> ConsumerRecord<K, V> renamed(ConsumerRecord<K, V> record, String topic) {
        return new ConsumerRecord<>(topic, record.partition(), record.offset(), record.timestamp(),
                record.timestampType(), record.serializedKeySize(), record.serializedValueSize(), record.key(),
                record.value(), record.headers(), record.leaderEpoch(), record.deliveryCount());
    }
}
