package io.campaignlauncher.worker;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;
import reactor.test.scheduler.VirtualTimeScheduler;

class KafkaFactReporterTest {

    private static final Envelope CAUSE = Envelope.of("c", "DeletionRequested", "/test", "j", Instant.EPOCH);

    private static final DeletionReported FACT = DeletionReported.newBuilder().setJobId("j").build();

    private final VirtualTimeScheduler time = VirtualTimeScheduler.create();
    private final LaunchRecords records = new LaunchRecords();
    private final List<ProducerRecord<String, byte[]>> offered = new ArrayList<>();
    private RuntimeException failure = new TimeoutException("no broker");
    private int failures = 7;

    private final RecordPublisher publisher = record -> Mono.defer(() -> {
        offered.add(record);
        return failures-- > 0 ? Mono.error(failure) : Mono.empty();
    });
    private final FactReporter reporter = new KafkaFactReporter(publisher, records, Topic.ROLLBACK_EVENTS, "/test",
            Clock.systemUTC(), time);

    @Test
    void offers_the_same_record_until_kafka_is_back() {
        StepVerifier.create(reporter.report("j", FACT, CAUSE))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(2)))
                .verifyComplete();

        assertThat(offered).hasSize(8).containsOnly(offered.getFirst());
    }

    @Test
    void says_whose_job_it_is_where_what_led_to_the_fact_says_it() {
        failures = 0;
        reporter.report("j", FACT, CAUSE.ownedBy("acme", "ann")).block();
        reporter.report("j", FACT, CAUSE).block();

        assertThat(offered).extracting(record -> record.headers().lastHeader("ce_tenant"))
                .satisfiesExactly(tenant -> assertThat(tenant.value()).asString().isEqualTo("acme"),
                        none -> assertThat(none).isNull());
        assertThat(offered.getFirst().headers().lastHeader("ce_owner").value()).asString().isEqualTo("ann");
    }

    @Test
    void gives_up_at_once_what_is_no_outage() {
        for (var other : List.of(new RecordTooLargeException("too large"), new AuthorizationException("no right"))) {
            failure = other;
            failures = 1;
            StepVerifier.create(reporter.report("j", FACT, CAUSE))
                    .verifyErrorMessage(other.getMessage());
        }
    }

    @Test
    void tells_a_fact_under_the_envelope_that_it_is_given() {
        failures = 1;
        var told = Envelope.of("j/gone", "DeletionReported", "/test", "k", Instant.EPOCH);
        StepVerifier.create(((KafkaFactReporter) reporter).report(FACT, told))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(2))).verifyComplete();

        assertThat(offered).hasSize(2).containsOnly(offered.getFirst());
        assertThat(offered.getFirst().key()).isEqualTo("k");
        assertThat(offered.getFirst().headers().lastHeader("ce_id").value()).asString().isEqualTo("j/gone");
    }

    @Test
    void calls_a_handler_that_refuses_a_record_once_and_keeps_the_reason() {
        failures = 0;
        var handled = new AtomicInteger();

        StepVerifier.create(handling(_ -> Mono.error(() -> {
            handled.incrementAndGet();
            return new RecordRefused("no such field");
        })).handle(record()))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(2)))
                .verifyComplete();

        assertThat(handled).hasValue(1);
        assertThat(offered).hasSize(1);
        assertThat(offered.getFirst().topic()).isEqualTo(Topic.ROLLBACK_EVENTS.deadLetterName());
        assertThat(offered.getFirst().headers().lastHeader("dlt-reason").value()).asString()
                .contains("refused: ", "no such field");
    }

    @Test
    void an_outage_calls_no_handler_again() {
        var handled = new AtomicInteger();
        var handling = handling(received -> {
            handled.incrementAndGet();
            return reporter.report("j", received.message(), received.envelope());
        });

        StepVerifier.create(handling.handle(record()))
                .then(() -> time.advanceTimeBy(Duration.ofMinutes(2)))
                .verifyComplete();

        assertThat(handled).hasValue(1);
        assertThat(offered).hasSize(8);
    }

    private RecordHandling handling(Function<LaunchRecords.Received, Mono<Void>> handler) {
        return new RecordHandling(records,
                new DeadLetters(publisher, new SimpleMeterRegistry(), Clock.systemUTC()), "g",
                Set.of("DeletionReported"), handler,
                new RetrySettings(3, Duration.ofMillis(1), Duration.ofMillis(5)), time);
    }

    private ConsumerRecord<String, byte[]> record() {
        var sent = records.record(Topic.ROLLBACK_EVENTS, "j",
                FACT, Envelope.of("i", "DeletionReported", "/test", "j", Instant.EPOCH));
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }
}
