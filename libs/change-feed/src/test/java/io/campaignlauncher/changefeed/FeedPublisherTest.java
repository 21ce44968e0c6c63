package io.campaignlauncher.changefeed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.changefeed.FeedPublisher.FeedInterrupted;
import io.campaignlauncher.schemas.JobCompleted;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
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
        public synchronized Future<RecordMetadata> send(ProducerRecord<String, byte[]> record) {
            var why = refusal;
            if (why instanceof TimeoutException) {
                refusal = null; // a moment later it would take the next
            }
            return why == null ? super.send(record) : CompletableFuture.failedFuture(why);
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

    private static StoredEvent event(long index) {
        return new StoredEvent(index, "event-" + index, "3fe502d5-d408-3ed7-9584-07bcfe334d30", index,
                "2026-01-01T00:00:00Z", JobCompleted.getClassSchema().getName(),
                "{}".getBytes(StandardCharsets.UTF_8), "{}".getBytes(StandardCharsets.UTF_8));
    }
}
