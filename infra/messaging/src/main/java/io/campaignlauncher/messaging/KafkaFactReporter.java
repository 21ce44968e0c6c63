package io.campaignlauncher.messaging;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

/** Reports facts as records of one topic, keyed by the job. */
public final class KafkaFactReporter implements FactReporter {

    private final RecordPublisher publisher;
    private final LaunchRecords records;
    private final Topic topic;
    private final String source;
    private final Clock clock;

    /** @param source the CloudEvents source, e.g. {@code /creator-service} */
    public KafkaFactReporter(RecordPublisher publisher, LaunchRecords records, Topic topic, String source,
            Clock clock) {
        this.publisher = publisher;
        this.records = records;
        this.topic = topic;
        this.source = source;
        this.clock = clock;
    }

    @Override
    public Mono<Void> report(String jobId, SpecificRecord fact, Envelope cause) {
        return Mono.defer(() -> {
            var envelope = new Envelope(UUID.randomUUID().toString(), fact.getSchema().getName(), source, jobId,
                    clock.instant(), null, cause.correlationId(), cause.id(), cause.traceparent());
            return publisher.publish(records.record(topic, jobId, fact, envelope));
        });
    }
}
