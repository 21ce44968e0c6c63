package io.campaignlauncher.creation.kafka;

import static io.campaignlauncher.creation.Commands.envelope;
import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.testing.MutatedRecords;
import io.campaignlauncher.schemas.StopCreation;
import io.campaignlauncher.schemas.Topic;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class StopReaderTest {

    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final UUID JOB = UUID.randomUUID();

    private final List<UUID> stopped = new ArrayList<>();
    private final StopReader reader = new StopReader(RECORDS, stopped::add);

    private static ConsumerRecord<String, byte[]> record(SpecificRecord message, Envelope envelope) {
        var made = RECORDS.record(Topic.CREATION_STOPS, JOB.toString(), message, envelope);
        var record = new ConsumerRecord<>(made.topic(), 0, 0, made.key(), made.value());
        made.headers().forEach(header -> record.headers().add(header));
        return record;
    }

    private static ConsumerRecord<String, byte[]> stop(String jobId) {
        return record(new StopCreation(jobId),
                Envelope.of("e-1/command", "StopCreation", "/job-service", jobId, Instant.EPOCH));
    }

    @Test
    void tells_which_job_is_to_be_stopped_each_time_that_it_reads_it() {
        reader.take(stop(JOB.toString()));
        reader.take(stop(JOB.toString()));

        assertThat(stopped).containsExactly(JOB, JOB);
    }

    @Test
    void passes_over_what_is_no_stop_and_holds_up_none_behind_it() {
        var command = launch("j", 1, 1).build();
        reader.take(record(command, envelope(command)));
        reader.take(stop("no id"));
        MutatedRecords.of(Topic.CREATION_STOPS, 500, 4_711).forEach(reader::take);
        stopped.clear();

        reader.take(stop(JOB.toString()));

        assertThat(stopped).containsExactly(JOB);
    }

    @Test
    void is_ready_when_all_that_was_there_is_told() {
        var ready = new AtomicBoolean();
        reader.ready().subscribe(_ -> {}, _ -> {}, () -> ready.set(true));
        reader.polled(false, 3);
        assertThat(ready).isFalse();

        reader.polled(true, 0);
        reader.polled(true, 0);

        assertThat(ready).isTrue();
    }
}
