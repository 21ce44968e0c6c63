package io.campaignlauncher.job.view;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.readmodel.JobColumn;
import io.campaignlauncher.readmodel.LiveProjection;
import io.campaignlauncher.readmodel.ReadModelMeters;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** An anomaly is counted once, when the events that tell of it are in the tables. */
class CountedAnomaliesIT {

    private static ReadModelUnderTest model;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ScriptedJob job = ScriptedJob.accepted("u", "k", 2, Instant.parse("2026-01-01T00:00:00Z"))
            .preVerified().created(_ -> false, List.of(), RoundEnd.INTERRUPTED);

    @BeforeAll
    static void startDatabase() {
        model = new ReadModelUnderTest(TestInfrastructure.database("anomalies"));
    }

    @Test
    void is_counted_once_however_often_its_event_comes_and_not_for_a_poll_that_failed() {
        var listener = listener();
        model.jdbc.execute("alter table slots_under_way rename to out_of_reach");
        assertThatThrownBy(() -> listener.onMessage(records())).hasMessageContaining("slots_under_way");
        model.jdbc.execute("alter table out_of_reach rename to slots_under_way");
        assertThat(interrupted()).isZero();

        listener.onMessage(records());
        assertThat(interrupted()).isEqualTo(1);
        assertThat(repeated()).isZero();

        listener.onMessage(records());
        listener().onMessage(records());
        model.store(List.of(job));
        model.rebuild.rebuild();
        assertThat(interrupted()).isEqualTo(1);
        assertThat(repeated()).isEqualTo(2 * job.facts().size());
    }

    @Test
    void a_job_that_the_tables_refuse_is_passed_over_and_the_others_of_its_poll_are_not() {
        var refused = ScriptedJob.accepted("refused", "k", 2, Instant.parse("2026-01-01T00:00:00Z")).completed();
        var other = ScriptedJob.accepted("other", "k", 2, Instant.parse("2026-01-01T00:00:00Z")).completed();
        model.jdbc.execute(
                "alter table campaign_creation_jobs add constraint not_this check (user_id <> 'refused') not valid");
        var poll = new ArrayList<>(records(refused));
        poll.addAll(records(other));

        listener().onMessage(poll);

        model.jdbc.execute("alter table campaign_creation_jobs drop constraint not_this");
        assertThat(model.row(other).get(JobColumn.STATUS)).isEqualTo("completed");
        assertThat(model.jdbc.queryForObject(
                "select count(*) from campaign_creation_jobs where user_id = 'refused'", Long.class)).isZero();
        assertThat(meters.get("read.model.passed.over").counter().count()).isEqualTo(1);
    }

    private JobEventsListener listener() {
        var readModelMeters = new ReadModelMeters(meters);
        var tables = new LiveProjection(model.dataSource, model.transaction, new AvroEncoding(), readModelMeters, 10);
        return new JobEventsListener(tables, uses(), readModelMeters, new Anomalies(meters), Clock.systemUTC());
    }

    private static CredentialUses uses() {
        return new CredentialUses(model.dataSource, new AvroEncoding());
    }

    @Test
    void the_jobs_of_a_poll_tell_when_their_credentials_were_used_last() {
        var name = CredentialName.local(ScriptedJob.request("u", "k", 1, RollbackPolicy.AUTOMATIC).credentialId());
        var at = Instant.parse("2026-01-01T00:00:00Z");
        uses().forget(name);
        // It is accepted a second after it is asked for.
        var early = ScriptedJob.accepted("early", "k", 2, at);
        var late = ScriptedJob.accepted("late", "k", 2, at.plusSeconds(90));
        var poll = new ArrayList<>(records(late));
        poll.addAll(records(early));

        listener().onMessage(poll);
        assertThat(uses().last(List.of(name, CredentialName.local("never used"))))
                .isEqualTo(Map.of(name, at.plusSeconds(91)));
        listener().onMessage(records(early));
        assertThat(uses().last(List.of(name))).as("again, by an instance that knows nothing")
                .containsValue(at.plusSeconds(91));

        var listener = listener();
        listener.onMessage(records(ScriptedJob.accepted("later", "k", 2, at.plusSeconds(100))));
        listener.onMessage(records(ScriptedJob.accepted("soon after", "k", 2, at.plusSeconds(130))));
        assertThat(uses().last(List.of(name))).as("within a minute").containsValue(at.plusSeconds(101));
        listener.onMessage(records(ScriptedJob.accepted("at last", "k", 2, at.plusSeconds(160))));
        assertThat(uses().last(List.of(name))).containsValue(at.plusSeconds(161));
    }

    @Test
    void the_tables_are_filled_where_the_uses_of_credentials_cannot_be_noted() {
        var other = ScriptedJob.accepted("no-uses", "k", 2, Instant.parse("2026-02-01T00:00:00Z"));
        model.jdbc.execute("alter table credential_uses rename to out_of_reach");

        listener().onMessage(records(other));

        model.jdbc.execute("alter table out_of_reach rename to credential_uses");
        assertThat(model.row(other).get(JobColumn.STATUS)).isEqualTo("pending");
    }

    private List<ConsumerRecord<String, byte[]>> records() {
        return records(job);
    }

    private static List<ConsumerRecord<String, byte[]>> records(ScriptedJob job) {
        return job.facts().stream().map(fact -> {
            var record = new ConsumerRecord<>("job.events", 0, fact.sequence(), fact.jobId().toString(),
                    fact.payload());
            record.headers().add("ce_sequence", bytes(Long.toString(fact.sequence())))
                    .add("ce_time", bytes(fact.at().toString())).add("ce_type", bytes(fact.type()));
            return record;
        }).toList();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private double interrupted() {
        return counted("interrupted", "worker_cut_short");
    }

    private double repeated() {
        return counted("redelivery", "event");
    }

    private double counted(String kind, String cause) {
        return meters.get("launch.anomalies").tags("kind", kind, "cause", cause).counter().count();
    }
}
