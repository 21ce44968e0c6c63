package io.campaignlauncher.worker;

import io.campaignlauncher.schemas.Envelope;
import org.apache.avro.specific.SpecificRecord;
import reactor.core.publisher.Mono;

/** Reports what a worker did or saw, durably, to the job it concerns. */
public interface FactReporter {

    /**
     * @param jobId the job, the record's key
     * @param fact  a message of this worker's topic
     * @param cause the envelope of the message that led to it: correlation, trace and whose job it is go on from there
     * @return completes once the fact is durable, however long Kafka is away; an error means that it may or may not be, and
     *     reporting it again does no harm
     */
    Mono<Void> report(String jobId, SpecificRecord fact, Envelope cause);
}
