package io.campaignlauncher.job.feed;

import io.campaignlauncher.job.host.CommandInEvent;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Which records a stored event becomes: itself on job.events, and the creator's command where it holds one. */
final class FeedRecords {

    private final LaunchRecords records;

    FeedRecords(LaunchRecords records) {
        this.records = records;
    }

    List<ProducerRecord<String, byte[]>> of(StoredEvent stored) {
        var envelope = stored.envelope();
        var all = new ArrayList<ProducerRecord<String, byte[]>>(2);
        all.add(records.record(Topic.JOB_EVENTS, stored.jobId(), stored.payload(), envelope));
        if (CommandInEvent.mayBeIn(stored.type())) {
            var message = records.encoding().decode(stored.type(), stored.payload());
            CommandInEvent.of(envelope, message).ifPresent(held -> all.add(records.record(Topic.CREATION_COMMANDS,
                    held.command().getAdAccountId(), held.command(), held.envelope())));
        }
        return all;
    }
}
