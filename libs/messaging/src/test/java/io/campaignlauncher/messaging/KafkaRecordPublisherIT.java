package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static io.campaignlauncher.messaging.TestKafka.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.testing.LateDoor;
import io.campaignlauncher.testing.TestBroker;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.test.StepVerifier;

class KafkaRecordPublisherIT {

    private final TestKafka kafka = new TestKafka();

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void publishes_when_subscribed_and_each_time() {
        var publication = kafka.publisher.publish(kafka.message("a"));
        assertThat(kafka.all(TOPIC.topicName())).isEmpty();
        publication.block(PATIENCE);
        publication.block(PATIENCE);
        assertThat(kafka.all(TOPIC.topicName())).extracting(record -> record.key()).containsExactly("a", "a");
    }

    @Test
    void goes_on_away_from_the_producers_own_thread() {
        var thread = new AtomicReference<String>();
        kafka.publisher.publish(kafka.message("a"))
                .doOnSuccess(_ -> thread.set(Thread.currentThread().getName()))
                .block(PATIENCE);
        assertThat(thread.get()).startsWith("parallel-");
    }

    @Test
    void tells_what_the_broker_refused() {
        var tooLarge = new ProducerRecord<>(TOPIC.topicName(), "a", new byte[3_000_000]);
        StepVerifier.create(kafka.publisher.publish(tooLarge))
                .expectError(RecordTooLargeException.class)
                .verify(PATIENCE);
    }

    @Test
    void holds_no_thread_up_while_there_is_no_broker_and_publishes_once_there_is() throws IOException {
        try (var door = new LateDoor(kafka.broker.bootstrapServers());
                var publisher = new KafkaRecordPublisher(
                        KafkaSettings.of("test", door.address(), (short) -1, TestBroker.CLIENT_SETTINGS))) {
            var begun = System.nanoTime();
            var published = publisher.publish(kafka.message("late")).toFuture();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(1));
            door.awaitAttempt();
            assertThat(published).isNotDone();
            door.open();
            assertThat(published).succeedsWithin(PATIENCE);
            assertThat(kafka.all(TOPIC.topicName())).extracting(record -> record.key()).containsExactly("late");
        }
    }
}
