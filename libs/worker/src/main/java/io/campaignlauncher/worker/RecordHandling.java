package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaFailures;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.telemetry.TraceSpan;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Set;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;

/**
 * What happens to one record: it is read, handled, tried again, and at last given up for the dead letters. While Kafka itself
 * is away nothing is given up: handlers {@linkplain FactReporter report} until it is back, and so is parked.
 */
final class RecordHandling {

    private static final Logger LOG = LoggerFactory.getLogger(RecordHandling.class);

    private final LaunchRecords records;
    private final DeadLetters deadLetters;
    private final String group;
    private final Set<String> types;
    private final Function<LaunchRecords.Received, Mono<Void>> handler;
    private final RetrySettings retries;
    private final Scheduler scheduler;

    RecordHandling(LaunchRecords records, DeadLetters deadLetters, String group, Set<String> types,
            Function<LaunchRecords.Received, Mono<Void>> handler, RetrySettings retries, Scheduler scheduler) {
        this.records = records;
        this.deadLetters = deadLetters;
        this.group = group;
        this.types = Set.copyOf(types);
        this.handler = handler;
        this.retries = retries;
        this.scheduler = scheduler;
    }

    /** Whether there is anything to do with the record; tells without reading it. One of no type at all is for the dead letters. */
    boolean concerns(ConsumerRecord<String, byte[]> record) {
        var type = LaunchRecords.typeOf(record);
        return type == null || types.contains(type);
    }

    /** Completes when the record is handled or kept among the dead letters. It does not fail, but may take as long as Kafka is away. */
    Mono<Void> handle(ConsumerRecord<String, byte[]> record) {
        return Mono.defer(() -> {
            LaunchRecords.Received received;
            try {
                received = records.read(record);
            } catch (RuntimeException e) {
                return park(record, "not readable: " + Reasons.of(e), TraceSpan.NONE);
            }
            var envelope = received.envelope();
            var span = TraceSpan.begin(envelope.type(), SpanKind.CONSUMER, envelope.traceparent())
                    .about(envelope.subject(), envelope.correlationId());
            var traced = received.within(span.traceparent());
            return span.around(Mono.defer(() -> call(traced))
                    .retryWhen(Retry.backoff(retries.max(), retries.firstDelay()).maxBackoff(retries.delayMax())
                            .scheduler(scheduler).filter(e -> !(e instanceof RecordRefused))
                            .onRetryExhaustedThrow((_, last) -> last.failure()))
                    .onErrorResume(RecordRefused.class, e -> park(record, "refused: " + Reasons.of(e), span))
                    .onErrorResume(e -> park(record, "not handled after " + (retries.max() + 1) + " tries: "
                            + Reasons.of(e), span)));
        });
    }

    private Mono<Void> call(LaunchRecords.Received received) {
        try {
            return handler.apply(received);
        } catch (LinkageError | StackOverflowError e) {
            // Reactor would pass these by the stream and end the listener's thread.
            return Mono.error(new IllegalStateException(e));
        }
    }

    private Mono<Void> park(ConsumerRecord<String, byte[]> record, String reason, TraceSpan span) {
        return deadLetters.park(record, reason, group)
                .retryWhen(KafkaFailures.retry(scheduler))
                .doOnSuccess(_ -> span.on(LOG.atWarn()).log("{} gives up the record at {}-{}@{}: {}", group,
                        record.topic(), record.partition(), record.offset(), reason));
    }
}
