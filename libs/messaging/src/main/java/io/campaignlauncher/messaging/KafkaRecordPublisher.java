package io.campaignlauncher.messaging;

import java.time.Duration;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.TimeoutException;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;
import reactor.util.retry.Retry;

/**
 * Publishes with an idempotent producer that waits for every in-sync replica. A caller's thread is held for a moment at most:
 * while the producer can take nothing (its buffer is full, or it does not know the topic yet), the record is offered again
 * from a thread that may block.
 */
public final class KafkaRecordPublisher implements RecordPublisher, AutoCloseable {

    private static final Duration BLOCK_MAX = Duration.ofMillis(100);
    private static final Duration WAIT_MAX = Duration.ofSeconds(60);
    private static final Duration FIRST_DELAY = Duration.ofMillis(20);
    private static final Duration DELAY_MAX = Duration.ofSeconds(1);
    private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

    private final KafkaProducer<String, byte[]> producer;
    private final Scheduler results;

    public KafkaRecordPublisher(KafkaSettings settings) {
        this(settings, Schedulers.parallel());
    }

    /** @param results where callers go on: never the producer's own thread, on which everybody's records depend */
    public KafkaRecordPublisher(KafkaSettings settings, Scheduler results) {
        this.producer = new KafkaClients(settings).producer("publisher", BLOCK_MAX);
        this.results = results;
    }

    @Override
    public Mono<Void> publish(ProducerRecord<String, byte[]> record) {
        return Mono.defer(() -> {
            var offer = offer(record);
            return offer.onErrorResume(NotTaken.class, _ -> offer.subscribeOn(Schedulers.boundedElastic())
                    .retryWhen(Retry.backoff(Long.MAX_VALUE, FIRST_DELAY).maxBackoff(DELAY_MAX)
                            .filter(NotTaken.class::isInstance))
                    .timeout(WAIT_MAX, Mono.error(() -> new TimeoutException("not published within " + WAIT_MAX))));
        });
    }

    private Mono<Void> offer(ProducerRecord<String, byte[]> record) {
        return Mono.<Void>create(sink -> send(record, sink)).publishOn(results);
    }

    private void send(ProducerRecord<String, byte[]> record, MonoSink<Void> sink) {
        var sender = Thread.currentThread();
        var returned = new boolean[1];
        producer.send(record, (_, failure) -> {
            if (failure == null) {
                sink.success();
            } else if (failure instanceof TimeoutException && Thread.currentThread() == sender && !returned[0]) {
                sink.error(new NotTaken(failure));
            } else {
                sink.error(failure);
            }
        });
        returned[0] = true;
    }

    /** Ends after what was taken has been sent, or a short while. */
    @Override
    public void close() {
        producer.close(CLOSE_MAX);
    }

    /** The producer did not take the record, so it was certainly not sent. */
    private static final class NotTaken extends RuntimeException {

        private static final long serialVersionUID = 1L;

        NotTaken(Exception cause) {
            super("the producer takes no record: " + cause.getMessage(), cause, false, false);
        }
    }
}
