package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** The shared broker with all topics, empty, and short words for what tests do with it. */
final class TestKafka implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Topic TOPIC = Topic.ROLLBACK_EVENTS;
    static final String TYPE = DeletionReported.getClassSchema().getName();

    final TestBroker broker = TestBroker.shared().emptied();
    final KafkaSettings settings = KafkaSettings.of("test", broker.bootstrapServers(), (short) -1,
            TestBroker.CLIENT_SETTINGS);
    final KafkaRecordPublisher publisher = new KafkaRecordPublisher(settings);
    final LaunchRecords records = new LaunchRecords();
    final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    final DeadLetters deadLetters = new DeadLetters(publisher, meters, Clock.systemUTC());
    final Progress progress = new Progress("test", meters);

    TestKafka() {
        var topics = new TopicAdministrator(settings, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
    }

    ProducerRecord<String, byte[]> message(String jobId) {
        return records.record(TOPIC, jobId, DeletionReported.newBuilder().setJobId(jobId).build(),
                Envelope.of("id-" + jobId, TYPE, "/test", jobId, Clock.systemUTC().instant()));
    }

    @SafeVarargs
    final void publish(ProducerRecord<String, byte[]>... messages) {
        for (var message : messages) {
            publisher.publish(message).block(PATIENCE);
        }
    }

    /** Every record of a topic up to its present end. */
    List<ConsumerRecord<String, byte[]>> all(String topic) {
        return broker.all(topic);
    }

    /** What a group has committed of {@link #TOPIC}; 0 where it has committed nothing. */
    long committed(String group, int partition) {
        return broker.committed(group, TOPIC.topicName(), partition);
    }

    @Override
    public void close() {
        publisher.close();
    }
}
