package io.campaignlauncher.eventstore;

import io.campaignlauncher.job.host.CommandInEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Which records a stored event becomes: itself on job.events, and the command to creators where it holds one. */
public final class LaunchFeedRecords {

    private static final String SOURCE = "/job-service";

    private final LaunchRecords records;

    public LaunchFeedRecords(LaunchRecords records) {
        this.records = records;
    }

    /** @throws RuntimeException where the event cannot be read */
    public List<ProducerRecord<String, byte[]>> of(StoredEvent stored) {
        var envelope = envelope(stored);
        var all = new ArrayList<ProducerRecord<String, byte[]>>(2);
        all.add(records.record(Topic.JOB_EVENTS, stored.jobId(), stored.payload(), envelope));
        if (CommandInEvent.mayBeIn(stored.type())) {
            var message = records.encoding().decode(stored.type(), stored.payload());
            CommandInEvent.of(envelope, message).ifPresent(held -> all
                    .add(records.record(held.topic(), held.key(), held.command(), held.envelope())));
        }
        return all;
    }

    /** @throws RuntimeException when the time or what was stored beside the event cannot be read */
    private static Envelope envelope(StoredEvent stored) {
        var beside = StoredMetaData.read(stored.metaData());
        var owned = StoredMetaData.ownership(beside);
        return new Envelope(stored.eventId(), stored.type(), SOURCE, stored.jobId(), stored.at(), stored.sequence(),
                beside.getOrDefault(StoredMetaData.CORRELATION_ID, stored.jobId()),
                beside.get(StoredMetaData.CAUSATION_ID), beside.get(StoredMetaData.TRACEPARENT), owned.tenant(),
                owned.owner());
    }
}
