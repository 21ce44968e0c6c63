package io.campaignlauncher.job.feed;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.eventstore.LaunchFeedRecords;
import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreateVariedEntities;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.LaunchRecords;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class LaunchFeedRecordsTest {

    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final CreationRequested EVENT = CreationRequested.newBuilder().setJobId("j")
            .setCommand(CreateEntities.newBuilder().setJobId("j").setAdAccountId("act_1").build()).build();

    @Test
    void an_event_and_the_command_in_it_say_whose_the_job_is() {
        var records = new LaunchFeedRecords(RECORDS)
                .of(stored("{\"correlationId\":\"c\",\"tenant\":\"acme\",\"owner\":\"ann\"}"));

        assertThat(records).extracting(ProducerRecord::topic).containsExactly("job.events", "creation.commands");
        assertThat(records).allSatisfy(record -> {
            assertThat(header(record, "ce_tenant")).isEqualTo("acme");
            assertThat(header(record, "ce_owner")).isEqualTo("ann");
        });
    }

    @Test
    void an_event_of_a_time_without_tenants_is_of_tenant_local() {
        for (var beside : new String[]{ "", "{}", "{\"correlationId\":\"c\"}" }) {
            assertThat(new LaunchFeedRecords(RECORDS).of(stored(beside))).hasSize(2).allSatisfy(record -> {
                assertThat(header(record, "ce_tenant")).isEqualTo("local");
                assertThat(header(record, "ce_owner")).isEqualTo("local");
            });
        }
    }

    @Test
    void a_command_in_which_slots_have_something_of_their_own_is_none_that_an_older_creator_knows() {
        var varied = CreationRequested.newBuilder(EVENT)
                .setCommand(CreateEntities.newBuilder(EVENT.getCommand())
                        .setAdSpecs(List.of(new AdSpec("{}", Map.of()))).build())
                .build();

        var command = new LaunchFeedRecords(RECORDS).of(stored(varied, "{}")).get(1);

        assertThat(header(command, "ce_type")).isEqualTo("CreateVariedEntities");
        assertThat(((CreateVariedEntities) RECORDS.encoding().decode("CreateVariedEntities", command.value()))
                .getCommand()).isEqualTo(varied.getCommand());
        assertThat(header(new LaunchFeedRecords(RECORDS).of(stored("{}")).get(1), "ce_type"))
                .isEqualTo("CreateEntities");
    }

    private static StoredEvent stored(String beside) {
        return stored(EVENT, beside);
    }

    private static StoredEvent stored(CreationRequested event, String beside) {
        return new StoredEvent(1, "e", "j", 3, "2026-01-01T00:00:00Z", "CreationRequested",
                RECORDS.encoding().encode(event), beside.getBytes(StandardCharsets.UTF_8));
    }

    private static String header(ProducerRecord<String, byte[]> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }
}
