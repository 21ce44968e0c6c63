package io.campaignlauncher.messaging;

import org.apache.kafka.clients.producer.ProducerRecord;
import reactor.core.publisher.Mono;

/** Publishes records durably. */
public interface RecordPublisher {

    /**
     * Sends the record when subscribed.
     *
     * @return completes once every in-sync replica has the record; an error means that it may or may not be there
     */
    Mono<Void> publish(ProducerRecord<String, byte[]> record);
}
