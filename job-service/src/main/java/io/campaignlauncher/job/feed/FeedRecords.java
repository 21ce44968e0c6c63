package io.campaignlauncher.job.feed;

import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Which records a stored event becomes: itself on job.events, and the creator's command where it holds one. */
final class FeedRecords {

    private static final String CREATION_REQUESTED = CreationRequested.getClassSchema().getName();
    private static final String COMMAND_ID_SUFFIX = "/command";

    private final LaunchRecords records;

    FeedRecords(LaunchRecords records) {
        this.records = records;
    }

    List<ProducerRecord<String, byte[]>> of(StoredEvent stored) {
        var event = records.record(Topic.JOB_EVENTS, stored.jobId(), stored.payload(), stored.envelope());
        return CREATION_REQUESTED.equals(stored.type()) ? List.of(event, command(stored)) : List.of(event);
    }

    private ProducerRecord<String, byte[]> command(StoredEvent stored) {
        var command = ((CreationRequested) records.encoding().decode(stored.type(), stored.payload())).getCommand();
        var event = stored.envelope();
        var envelope = new Envelope(event.id() + COMMAND_ID_SUFFIX, command.getSchema().getName(), event.source(),
                event.subject(),
                event.time(), null, event.correlationId(), event.id(), event.traceparent());
        return records.record(Topic.CREATION_COMMANDS, command.getAdAccountId(), command, envelope);
    }
}
