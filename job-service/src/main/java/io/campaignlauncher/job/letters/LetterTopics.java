package io.campaignlauncher.job.letters;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.schemas.Topic;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The {@code .dlt} topics on Kafka. Every call blocks, for so long at most. */
final class LetterTopics {

    private static final String ROLE = "dead-letters";
    private static final Duration CALL_MAX = Duration.ofSeconds(5);
    private static final Duration READ_MAX = Duration.ofSeconds(10);
    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaClients clients;
    private final LetterTable table;

    LetterTopics(KafkaClients clients, LetterTable table) {
        this.clients = clients;
        this.table = table;
    }

    KafkaConsumer<byte[], byte[]> consumer() {
        return clients.reader(ROLE, new ByteArrayDeserializer(), CALL_MAX);
    }

    /** Puts the consumer where the table ends, of every partition of the topics. @return which topic each partition is of */
    Map<TopicPartition, Topic> assign(KafkaConsumer<byte[], byte[]> consumer, Collection<Topic> topics) {
        var described = described(topics);
        var partitions = new HashMap<TopicPartition, Topic>();
        var positions = new HashMap<TopicPartition, Long>();
        for (var topic : topics) {
            var description = described.get(clients.names().onKafka(topic.deadLetterName()));
            if (description == null) {
                throw new UnknownTopicOrPartitionException("the topic " + topic.deadLetterName() + " is not there");
            }
            for (var info : description.partitions()) {
                var partition = new TopicPartition(topic.deadLetterName(), info.partition());
                partitions.put(partition, topic);
                positions.put(partition,
                        table.position(topic, info.partition(), description.topicId().toString()));
            }
        }
        consumer.assign(partitions.keySet());
        positions.forEach(consumer::seek);
        return partitions;
    }

    /** By their names on Kafka. */
    private Map<String, TopicDescription> described(Collection<Topic> topics) {
        var letters = topics.stream().map(topic -> clients.names().onKafka(topic.deadLetterName())).toList();
        var admin = clients.admin(ROLE, CALL_MAX);
        try {
            return admin.describeTopics(letters).allTopicNames()
                    .get(CALL_MAX.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof KafkaException cause ? cause : new KafkaException(e.getCause());
        } catch (java.util.concurrent.TimeoutException e) {
            throw new TimeoutException("the topics of dead letters are not described", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new KafkaException("interrupted", e);
        } finally {
            KafkaClients.close(admin);
        }
    }

    /** Brings what was polled into the table. */
    void take(ConsumerRecords<byte[], byte[]> polled, Map<TopicPartition, Topic> topics) {
        for (var partition : polled.partitions()) {
            var topic = topics.get(partition);
            if (topic != null) {
                table.take(topic, partition, polled.records(partition));
            }
        }
    }

    /** Brings the table to where the topic ends now. */
    void catchUp(Topic topic) {
        try (var consumer = consumer()) {
            var topics = assign(consumer, List.of(topic));
            var ends = consumer.endOffsets(topics.keySet());
            long until = System.nanoTime() + READ_MAX.toNanos();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                within(until);
                take(consumer.poll(POLL), topics);
            }
        }
    }

    /** Hands over the letters at these places of one topic, in their order; those that Kafka has no more are left out. */
    void read(Topic topic, List<LetterPlace> places, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        var wanted = places.stream().collect(Collectors.groupingBy(
                place -> new TopicPartition(topic.deadLetterName(), place.partition()),
                Collectors.mapping(LetterPlace::offset, Collectors.toCollection(TreeSet::new))));
        try (var consumer = consumer()) {
            long until = System.nanoTime() + READ_MAX.toNanos();
            for (var partition : wanted.entrySet()) {
                consumer.assign(List.of(partition.getKey()));
                var end = consumer.endOffsets(List.of(partition.getKey())).getOrDefault(partition.getKey(), 0L);
                var left = partition.getValue();
                while (!left.isEmpty() && left.first() < end) {
                    within(until);
                    readFrom(consumer, partition.getKey(), left, action);
                }
            }
        }
    }

    private static void readFrom(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition,
            TreeSet<Long> left, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        consumer.seek(partition, left.first());
        for (var record : consumer.poll(POLL)) {
            if (left.remove(record.offset())) {
                action.accept(record);
            }
        }
        // What was passed over is there no more.
        left.headSet(consumer.position(partition)).clear();
    }

    private static void within(long until) {
        if (System.nanoTime() - until > 0) {
            throw new TimeoutException("Kafka gives no dead letters");
        }
    }
}
