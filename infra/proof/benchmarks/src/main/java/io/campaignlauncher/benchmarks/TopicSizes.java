package io.campaignlauncher.benchmarks;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;

/** How much is in each topic. */
final class TopicSizes {

    private static final double KIB = 1024;

    private TopicSizes() {}

    /** On the disks of all brokers, each replica counted. */
    static Map<String, Double> kib(Admin admin) throws ExecutionException, InterruptedException {
        var sizes = new TreeMap<String, Double>();
        var brokers = admin.describeCluster().nodes().get().stream().map(node -> node.id())
                .collect(Collectors.toSet());
        admin.describeLogDirs(Set.copyOf(brokers)).allDescriptions().get().values().stream()
                .flatMap(folders -> folders.values().stream())
                .flatMap(folder -> folder.replicaInfos().entrySet().stream())
                .forEach(replica -> sizes.merge(replica.getKey().topic(), replica.getValue().size() / KIB,
                        Double::sum));
        return sizes;
    }

    /** That were ever written. @param topics that there are */
    static Map<String, Double> records(Admin admin, Set<String> topics)
            throws ExecutionException, InterruptedException {
        var ends = admin.describeTopics(topics).allTopicNames().get().values().stream()
                .flatMap(topic -> topic.partitions().stream()
                        .map(partition -> new TopicPartition(topic.name(), partition.partition())))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        var records = new TreeMap<String, Double>();
        admin.listOffsets(ends).all().get().forEach(
                (partition, end) -> records.merge(partition.topic(), (double) end.offset(), Double::sum));
        return records;
    }
}
