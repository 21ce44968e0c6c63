package io.campaignlauncher.messaging;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.SerializationException;
import reactor.core.scheduler.Scheduler;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** What a failed publication means: Kafka is away for a while, or it will never take this record. */
public final class KafkaFailures {

    private static final Duration FIRST_DELAY = Duration.ofMillis(500);
    private static final Duration DELAY_MAX = Duration.ofSeconds(2);
    private static final int CAUSES_MAX = 10;
    /** The record's own fault. A right that is missing or a topic that is not there is not: somebody can mend that. */
    private static final List<Class<? extends Exception>> REFUSALS = List.of(RecordTooLargeException.class,
            RecordBatchTooLargeException.class, InvalidRecordException.class, InvalidTimestampException.class,
            SerializationException.class, IllegalArgumentException.class);

    private KafkaFailures() {}

    /** No fault of the record: the same one may be taken later. */
    public static boolean isKafkaAway(Throwable failure) {
        return anyCause(failure, RetriableException.class::isInstance);
    }

    /** Kafka will not take this record, however often it is offered. */
    static boolean isRefusal(Throwable failure) {
        return anyCause(failure, cause -> REFUSALS.stream().anyMatch(refusal -> refusal.isInstance(cause)));
    }

    /** Again and again, with growing pauses, without end. */
    public static RetryBackoffSpec retry(Scheduler scheduler) {
        return Retry.backoff(Long.MAX_VALUE, FIRST_DELAY).maxBackoff(DELAY_MAX).scheduler(scheduler);
    }

    private static boolean anyCause(Throwable failure, Predicate<Throwable> wanted) {
        var cause = failure;
        for (var depth = 0; cause != null && depth < CAUSES_MAX; depth++, cause = cause.getCause()) {
            if (wanted.test(cause)) {
                return true;
            }
        }
        return false;
    }
}
