package io.campaignlauncher.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.changefeed.FeedPublisher.FeedInterrupted;
import io.campaignlauncher.schemas.JobCompleted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class FeedPublisherTest {

    private final Reluctant kafka = new Reluctant();
    private final List<Long> givenUp = new ArrayList<>();
    private final FeedPublisher publisher = new FeedPublisher(kafka,
            event -> List.of(new ProducerRecord<>("events", event.jobId(), event.payload())),
            (event, _, _) -> givenUp.add(event.globalIndex()));

    /** Does not take some records, as a producer says it: by the future. */
    private static final class Reluctant extends MockProducer<String, byte[]> {

        private @Nullable RuntimeException refusal;

        Reluctant() {
            super(true, null, new StringSerializer(), new ByteArraySerializer());
        }

        @Override
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record, Callback callback) {
            var why = refusal;
            if (why == null) {
                return super.send(record, callback);
            }
            if (why instanceof TimeoutException) {
                refusal = null; // a moment later it would take the next
            }
            callback.onCompletion(null, why);
            return CompletableFuture.failedFuture(why);
        }
    }

    @Test
    void hands_over_no_event_behind_one_that_kafka_has_not_taken() {
        kafka.refusal = new TimeoutException("no word of the topic");

        assertThatThrownBy(() -> publisher.publish(List.of(event(1), event(2)))).isInstanceOf(FeedInterrupted.class);

        assertThat(kafka.history()).isEmpty();
        assertThat(givenUp).isEmpty();
        publisher.publish(List.of(event(1), event(2)));
        assertThat(kafka.history()).hasSize(2);
    }

    @Test
    void goes_on_behind_one_that_kafka_never_takes() {
        kafka.refusal = new RecordTooLargeException();
        var refused = publisher.send(event(1));
        publisher.await(refused);
        kafka.refusal = null;

        publisher.publish(List.of(event(2)));

        assertThat(givenUp).containsExactly(1L);
        assertThat(kafka.history()).hasSize(1);
    }

    @Test
    void hands_a_command_over_when_its_event_is_durable() {
        try (var slow = new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
                var commands = withCommands(slow)) {
            var sent = commands.send(event(1));
            assertThat(topics(slow)).containsExactly("events");
            assertThat(sent.isDone()).isFalse();

            slow.completeNext();

            await().untilAsserted(() -> assertThat(topics(slow)).containsExactly("events", "commands"));
            assertThat(sent.isDone()).isFalse();
            slow.completeNext();
            commands.await(sent);
            assertThat(givenUp).isEmpty();
        }
    }

    @Test
    void hands_over_no_command_of_an_event_that_kafka_has_not_taken() {
        try (var slow = new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
                var commands = withCommands(slow)) {
            var sent = commands.send(event(1));

            slow.errorNext(new TimeoutException("no leader"));

            assertThatThrownBy(() -> commands.await(sent)).isInstanceOf(FeedInterrupted.class);
            assertThat(sent.results()).allMatch(CompletableFuture::isCompletedExceptionally);
            assertThat(topics(slow)).containsExactly("events");
        }
    }

    @Test
    void hands_over_the_command_of_an_event_that_was_given_up() {
        try (var slow = new MockProducer<>(false, null, new StringSerializer(), new ByteArraySerializer());
                var commands = withCommands(slow)) {
            var sent = commands.send(event(1));
            slow.errorNext(new RecordTooLargeException());
            var waiting = Thread.ofVirtual().start(() -> commands.await(sent));
            await().until(() -> slow.history().size() == 2);
            slow.errorNext(new RecordTooLargeException());
            await().untilAsserted(() -> assertThat(topics(slow)).containsExactly("events", "events", "commands"));
            slow.completeNext();

            await().until(() -> !waiting.isAlive());
            assertThat(givenUp).containsExactly(1L);
        }
    }

    private FeedPublisher withCommands(MockProducer<String, byte[]> producer) {
        return new FeedPublisher(producer,
                event -> Stream.of("events", "commands")
                        .map(topic -> new ProducerRecord<>(topic, event.jobId(), event.payload())).toList(),
                (event, _, _) -> givenUp.add(event.globalIndex()));
    }

    private static List<String> topics(MockProducer<String, byte[]> producer) {
        return producer.history().stream().map(ProducerRecord::topic).toList();
    }

    private static StoredEvent event(long index) {
        return new StoredEvent(index, "event-" + index, "3fe502d5-d408-3ed7-9584-07bcfe334d30", index,
                "2026-01-01T00:00:00Z", JobCompleted.getClassSchema().getName(),
                "{}".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8));
    }
}
