package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.TopicAdministrator;
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
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The shared broker with all topics, empty, and short words for what tests do with it. */
final class TestKafka implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);
    static final Topic TOPIC = Topic.ROLLBACK_EVENTS;
    static final String TYPE = DeletionReported.getClassSchema().getName();

    private static final RetrySettings SOON = new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5));

    final TestBroker broker = TestBroker.shared().emptied();
    final KafkaSettings settings = KafkaSettings.of("test", broker.bootstrapServers(), (short) -1,
            TestBroker.CLIENT_SETTINGS);
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
        return broker.all(topic);
    }

    /** What a group has committed of {@link #TOPIC}; 0 where it has committed nothing. */
    long committed(String group, int partition) {
        return broker.committed(group, TOPIC.topicName(), partition);
    }

    @Override
    public void close() {
        listeners.parallelStream().forEach(TopicListener::stop);
        publisher.close();
    }
}
