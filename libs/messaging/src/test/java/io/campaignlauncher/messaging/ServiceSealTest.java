package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.KillSwitchTurned;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.RecordSeal;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.mock.env.MockEnvironment;

class ServiceSealTest {

    private static final String KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
    private static final String NEXT_KEY = "//////////////////////////////////////////8=";

    @Test
    void a_worker_reads_what_the_change_feed_has_published_and_nobody_elses_events() {
        var worker = new ServiceSeal(KEY, false);

        assertThatCode(() -> worker.require(event(new ServiceSeal(KEY, false)))).doesNotThrowAnyException();
        assertThatThrownBy(() -> worker.require(event(RecordSeal.NONE))).isInstanceOf(UnreadableRecord.class)
                .hasMessage("it is not signed by a service");
        assertThatThrownBy(() -> worker.require(event(new ServiceSeal(NEXT_KEY, false))))
                .isInstanceOf(UnreadableRecord.class).hasMessageContaining("not that of a service");
    }

    @ParameterizedTest
    @EnumSource(value = Topic.class, names = { "JOB_EVENTS", "CREATION_COMMANDS", "CREATION_STOPS", "CREATION_EVENTS",
        "VERIFICATION_EVENTS", "ROLLBACK_EVENTS", "GRAPH_CALLS", "MARKET_EVENTS", "POSTING_COMMANDS",
        "POSTING_EVENTS" })
    void wherever_services_alone_write_nobody_else_is_believed(Topic topic) {
        var forged = new ConsumerRecord<>(topic.topicName(), 0, 0, "k", new byte[]{ 1 });

        assertThatThrownBy(() -> new ServiceSeal(KEY, false).require(forged)).isInstanceOf(UnreadableRecord.class);
    }

    @Test
    void where_unsigned_records_are_allowed_nobody_asks_for_it() {
        var worker = new ServiceSeal(KEY, true);

        assertThatCode(() -> worker.require(event(RecordSeal.NONE))).doesNotThrowAnyException();
        assertThatCode(() -> worker.require(event(new ServiceSeal(NEXT_KEY, true)))).doesNotThrowAnyException();
        assertThat(worker.isOn(event(new ServiceSeal(NEXT_KEY, true)))).isFalse();
    }

    @Test
    void while_the_key_is_changed_both_are_recognized() {
        var changing = new ServiceSeal(NEXT_KEY + "," + KEY, false);

        assertThatCode(() -> changing.require(event(new ServiceSeal(KEY, false)))).doesNotThrowAnyException();
        assertThatCode(() -> new ServiceSeal(NEXT_KEY, false).require(event(changing)))
                .doesNotThrowAnyException();
    }

    @Test
    void what_operators_and_apps_write_is_not_asked_for_it() {
        var record = new LaunchRecords().record(Topic.KILL_SWITCHES, "creation",
                new KillSwitchTurned("creation", false, "/tool", "ann"),
                Envelope.of("1", KillSwitchTurned.getClassSchema().getName(), "/tool", "creation", Instant.EPOCH));

        assertThatCode(() -> new ServiceSeal(KEY, false)
                .require(new ConsumerRecord<>(record.topic(), 0, 0, record.key(), record.value())))
                .doesNotThrowAnyException();
    }

    @Test
    void unsigned_records_count_in_mode_local_unless_they_are_refused_and_elsewhere_never() {
        var environment = new MockEnvironment();
        assertThat(UnsignedRecords.of(environment)).isEqualTo(UnsignedRecords.ALLOW);
        environment.setProperty("launch.kafka.unsigned", "refuse");
        assertThat(UnsignedRecords.of(environment)).isEqualTo(UnsignedRecords.REFUSE);

        var tokens = new MockEnvironment().withProperty("launch.security.mode", "tokens");
        assertThat(UnsignedRecords.of(tokens)).isEqualTo(UnsignedRecords.REFUSE);
        tokens.setProperty("launch.kafka.unsigned", "allow");
        assertThatThrownBy(() -> UnsignedRecords.of(tokens)).hasMessageContaining("launch.kafka.unsigned=allow")
                .hasMessageContaining("launch.security.mode=local");
    }

    private static ConsumerRecord<String, byte[]> event(RecordSeal seal) {
        var sent = new LaunchRecords(seal).record(Topic.JOB_EVENTS, "j", new byte[]{ 1 },
                Envelope.of("1", JobCompleted.getClassSchema().getName(), "/job-service", "j", Instant.EPOCH));
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }
}
