package io.campaignlauncher.job.calls;

import io.campaignlauncher.job.calls.CallNotes.Note;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.Outage;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.BatchMessageListener;

/** Brings notes of requests into the tables, a poll in one transaction. One that cannot be read, or that the tables refuse, is given up by itself. */
final class CallsListener implements BatchMessageListener<String, byte[]> {

    private static final Logger LOG = LoggerFactory.getLogger(CallsListener.class);
    private static final String CONSUMER = "job-service";

    private final LaunchRecords records;
    private final CallNotes notes;
    private final DeadLetters deadLetters;

    private record Read(ConsumerRecord<String, byte[]> record, Note note) {}

    CallsListener(LaunchRecords records, CallNotes notes, DeadLetters deadLetters) {
        this.records = records;
        this.notes = notes;
        this.deadLetters = deadLetters;
    }

    @Override
    public void onMessage(List<ConsumerRecord<String, byte[]>> poll) {
        var read = new ArrayList<Read>(poll.size());
        for (var record : poll) {
            try {
                read.add(new Read(record, records.read(record, Note::of)));
            } catch (UnreadableRecord e) {
                park(record, String.valueOf(e.getMessage()));
            }
        }
        if (read.isEmpty()) {
            return;
        }
        try {
            notes.write(read.stream().map(Read::note).toList());
        } catch (RuntimeException e) {
            if (Outage.isBehind(e)) {
                throw e;
            }
            oneByOne(read);
        }
    }

    private void oneByOne(List<Read> read) {
        for (var one : read) {
            try {
                notes.write(List.of(one.note()));
            } catch (RuntimeException e) {
                if (Outage.isBehind(e)) {
                    throw e;
                }
                park(one.record(), "the tables refuse it: " + Reasons.of(e));
            }
        }
    }

    private void park(ConsumerRecord<String, byte[]> record, String reason) {
        deadLetters.park(record, reason, CONSUMER).block();
        LOG.warn("gives up the record at {}-{}@{}: {}", record.topic(), record.partition(), record.offset(), reason);
    }
}
