package io.campaignlauncher.worker;

import io.campaignlauncher.messaging.KafkaFailures;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.ThrottledWarning;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/**
 * Reports facts as records of one topic, keyed by what they are about: a job, a target. While Kafka is away the same record is offered again and again: what
 * led to the fact, calls to Facebook among it, is not done anew for that. How many wait is bounded by whoever reports.
 */
public final class KafkaFactReporter implements FactReporter {

    private static final Logger LOG = LoggerFactory.getLogger(KafkaFactReporter.class);

    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final Topic topic;
    private final String source;
    private final Clock clock;
    private final Scheduler scheduler;
    private final ThrottledWarning away;

    /** @param source the CloudEvents source, e.g. {@code /creator-service} */
    public KafkaFactReporter(RecordPublisher publisher, LaunchRecords records, Topic topic, String source,
            Clock clock) {
        this(publisher, records, topic, source, clock, Schedulers.parallel());
    }

    /** @param scheduler for the pauses between two tries */
    public KafkaFactReporter(RecordPublisher publisher, LaunchRecords records, Topic topic, String source,
            Clock clock, Scheduler scheduler) {
        this.publisher = publisher;
        this.records = records;
        this.topic = topic;
        this.source = source;
        this.clock = clock;
        this.scheduler = scheduler;
        this.away = new ThrottledWarning(LOG, clock);
    }

    @Override
    public Mono<Void> report(String jobId, SpecificRecord fact, Envelope cause) {
        return Mono.defer(() -> report(fact, new Envelope(UUID.randomUUID().toString(), fact.getSchema().getName(),
                source, jobId, clock.instant(), null, cause.correlationId(), cause.id(), cause.traceparent(),
                cause.tenant(), cause.owner())));
    }

    /**
     * The same in an envelope of the caller's own: one whose id is the same whenever the same fact is told.
     *
     * @param envelope its subject is the record's key
     */
    public Mono<Void> report(SpecificRecord fact, Envelope envelope) {
        return Mono.defer(() -> publisher.publish(records.record(topic, envelope.subject(), fact, envelope))
                .retryWhen(KafkaFailures.retry(scheduler).filter(KafkaFailures::isKafkaAway).doBeforeRetry(
                        failed -> away.warn("facts wait for " + topic.topicName(), failed.failure())))
                .doOnSuccess(_ -> away.over()));
    }
}
