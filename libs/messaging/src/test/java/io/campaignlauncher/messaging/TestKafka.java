package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The shared broker with all topics, empty, and short words for what tests do with it. */
final class TestKafka implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Topic TOPIC = Topic.ROLLBACK_EVENTS;
    static final String TYPE = DeletionReported.getClassSchema().getName();

    private static final RetrySettings SOON = new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5));
    private static final Duration POLL = Duration.ofMillis(50);

    final TestBroker broker = TestBroker.shared().emptied();
    final KafkaSettings settings = KafkaSettings.towards(broker.bootstrapServers());
    final KafkaRecordPublisher publisher = new KafkaRecordPublisher(settings);
    final LaunchRecords records = new LaunchRecords();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final DeadLetters deadLetters = new DeadLetters(publisher, meters, Clock.systemUTC());
    final Progress progress = new Progress("test", meters);
    private final List<TopicListener> listeners = new ArrayList<>();

    TestKafka() {
        var topics = new TopicAdministrator(settings, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
    }

    TopicListeners listeners(RecordPublisher deadLetterPublisher) {
        return new TopicListeners(settings, records,
                new DeadLetters(deadLetterPublisher, meters, Clock.systemUTC()), Readiness.always(), meters,
                Clock.systemUTC(), SOON, Schedulers.parallel());
    }

    /** A running listener of group {@code group} that wants the messages which {@link #message} makes. */
    TopicListener listen(String group, int inFlightMax, Function<LaunchRecords.Received, Mono<Void>> handler) {
        return started(listeners(publisher).listen(progress, group, TOPIC, Set.of(TYPE), inFlightMax, handler));
    }

    TopicListener started(TopicListener listener) {
        listeners.add(listener);
        listener.start();
        return listener;
    }

    ProducerRecord<String, byte[]> message(String jobId) {
        return records.record(TOPIC, jobId, DeletionReported.newBuilder().setJobId(jobId).build(),
                Envelope.of("id-" + jobId, TYPE, "/test", jobId, Clock.systemUTC().instant()));
    }

    /** The same on a chosen partition. */
    ProducerRecord<String, byte[]> message(String jobId, int partition) {
        var message = message(jobId);
        return new ProducerRecord<>(message.topic(), partition, message.timestamp(), message.key(), message.value(),
                message.headers());
    }

    @SafeVarargs
    final void publish(ProducerRecord<String, byte[]>... messages) {
        for (var message : messages) {
            publisher.publish(message).block(PATIENCE);
        }
    }

    /** Every record of a topic up to its present end. */
    List<ConsumerRecord<String, byte[]>> all(String topic) {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = new KafkaConsumer<>(
                Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, settings.bootstrapServers(),
                        // Closing waits for the fetch that is under way.
                        ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, (int) POLL.toMillis()),
                new StringDeserializer(), new ByteArrayDeserializer())) {
            var partitions = consumer.partitionsFor(topic, PATIENCE).stream()
                    .map(partition -> new TopicPartition(topic, partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions, PATIENCE);
            while (!ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey()) >= end.getValue())) {
                consumer.poll(POLL).forEach(found::add);
            }
        }
        return found;
    }

    /** What a group has committed; 0 where it has committed nothing. */
    long committed(String group, int partition) {
        try (var admin = new KafkaClients(settings).admin("test")) {
            Map<TopicPartition, OffsetAndMetadata> offsets = admin.listConsumerGroupOffsets(group)
                    .partitionsToOffsetAndMetadata().get();
            var offset = offsets.get(new TopicPartition(TOPIC.topicName(), partition));
            return offset == null ? 0 : offset.offset();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        listeners.parallelStream().forEach(TopicListener::stop);
        publisher.close();
    }
}
