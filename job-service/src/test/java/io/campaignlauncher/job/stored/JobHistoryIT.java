package io.campaignlauncher.job.stored;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.eventstore.EventReader.Place;
import io.campaignlauncher.job.axon.JobHost;
import io.campaignlauncher.job.axon.Requests;
import io.campaignlauncher.job.history.HistoryDocument;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.testing.TestDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Histories in a real event store. */
class JobHistoryIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");

    private static DataSource dataSource;
    private static ReadModelUnderTest store;
    private static JobHistory history;

    @BeforeAll
    static void startDatabase() {
        dataSource = TestInfrastructure.database("job_history");
        store = new ReadModelUnderTest(dataSource);
        history = new JobHistory(dataSource, new AvroEncoding());
    }

    @BeforeEach
    void clear() {
        store.clear();
    }

    @Test
    void tells_every_event_in_order_with_its_payload() {
        var job = stored(ScriptedJob.accepted("u", "k", 2, T0).completed());
        stored(ScriptedJob.accepted("u", "other", 2, T0));

        var events = history.events(job.jobId(), Point.LATEST, Visibility.everything()).toList();

        assertThat(events).extracting(HistoryEvent::type).containsExactly("JobAccepted", "PreVerificationRequested",
                "PreVerificationCompleted", "CreationRequested", "SlotsCreated", "CreationRoundEnded",
                "VerificationRequested", "VerificationCompleted", "JobCompleted");
        assertThat(events).extracting(HistoryEvent::version).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
        var last = events.getLast().document();
        assertThat(last.propertyNames()).containsExactly("version", "at", "eventId", "type", "correlationId",
                "causationId", "traceparent", "payload");
        assertThat(last.path("at").stringValue()).isEqualTo("2026-01-01T00:00:04Z");
        assertThat(last.path("payload")).isEqualTo(job.history().getLast().document().path("payload"));
    }

    @Test
    void tells_what_led_to_an_event() {
        var server = TestDatabase.shared();
        try (var host = new JobHost(server.createDatabase("job_history_causes"), server.username(), server.password(),
                JobPolicy.defaults(Duration.ofSeconds(10)))) {
            var jobId = UUID.randomUUID();
            var trace = "00-0123456789abcdef0123456789abcdef-0123456789abcdef-01";
            host.jobs.decide(jobId.toString(), Requests.accept(jobId.toString(), Requests.forAll("k", 1)),
                    new Origin("the-command", "the-request", trace)).join();

            var event = new JobHistory(host.dataSource(), new AvroEncoding())
                    .events(jobId, Point.LATEST, Visibility.everything()).toList()
                    .getFirst();

            assertThat(event.causationId()).isEqualTo("the-command");
            assertThat(event.correlationId()).isEqualTo("the-request");
            assertThat(event.traceparent()).as("in the trace, by a step of its own").startsWith(trace.substring(0, 35))
                    .isNotEqualTo(trace);
            assertThat(event.eventId()).isEqualTo(JdbcClient.create(host.dataSource())
                    .sql("select event_identifier from event_store.domain_events where sequence_number = 0")
                    .query(String.class).single());
        }
    }

    @Test
    void ends_at_a_version_or_before_the_first_event_that_is_later_than_a_time() {
        var job = stored(ScriptedJob.accepted("u", "k", 2, T0).completed());

        assertThat(history.events(job.jobId(), new Point.AtVersion(0), Visibility.everything())).hasSize(1);
        assertThat(history.events(job.jobId(), new Point.AtVersion(5), Visibility.everything())).hasSize(6);
        assertThat(history.events(job.jobId(), new Point.AtVersion(99), Visibility.everything())).hasSize(9);
        assertThat(history.events(job.jobId(), new Point.AtTime(T0.plusMillis(999)), Visibility.everything()))
                .isEmpty();
        assertThat(history.events(job.jobId(), new Point.AtTime(T0.plusSeconds(1)), Visibility.everything()))
                .hasSize(2);
        assertThat(history.events(job.jobId(), new Point.AtTime(T0.plusSeconds(3)), Visibility.everything()))
                .hasSize(7);
        // Another instance with a clock that is behind: a later event may bear an earlier time.
        setTime(job, 6, T0.plusMillis(500));
        assertThat(history.events(job.jobId(), new Point.AtTime(T0.plusSeconds(2)), Visibility.everything()))
                .hasSize(4);
    }

    @Test
    void shows_the_job_as_it_was_after_each_of_its_events() {
        var job = ScriptedJob.accepted(ScriptedJob.request("u", "k", 3, RollbackPolicy.CONFIRM), T0).preVerified();
        stored(job.suspendedHalfWay());

        for (int version = 0; version < job.states().size(); version++) {
            var then = history.job(job.jobId(), new Point.AtVersion(version), Visibility.everything());
            assertThat(then.state()).isEqualTo(job.states().get(version));
            assertThat(then.version()).isEqualTo(version);
            assertThat(then.at()).isEqualTo(job.history().get(version).at());
            assertThat(then.type()).isEqualTo(job.history().get(version).type());
        }
        assertThat(history.job(job.jobId(), Point.LATEST, Visibility.everything()).state()).isEqualTo(job.state());
        assertThat(history.job(job.jobId(), new Point.AtTime(T0), Visibility.everything()))
                .isEqualTo(RecordedJob.unseen(job.jobId()));
    }

    @Test
    void writes_a_job_down_with_everything_that_is_known_of_it() {
        var job = ScriptedJob.accepted(ScriptedJob.request("u", "k", 2, RollbackPolicy.CONFIRM), T0).preVerified();
        stored(job.suspendedHalfWay());

        var document = history.job(job.jobId(), Point.LATEST, Visibility.everything()).document();

        assertThat(document.path("status").stringValue()).isEqualTo("in_progress");
        assertThat(document.path("phase").stringValue()).isEqualTo("awaiting_confirmation");
        assertThat(document.path("awaited").stringValue()).isEqualTo("person");
        assertThat(document.path("requested")).hasToString("{\"adSets\":2,\"ads\":2}");
        assertThat(document.path("created")).hasToString("{\"adSets\":2,\"ads\":1}");
        assertThat(document.path("lastError").stringValue()).isEqualTo("the account is suspended (code 200/1487)");
        assertThat(document.path("rollback")).hasToString("""
                {"policy":"CONFIRM","triggered":false,"reason":"the account is suspended (code 200/1487)","at":null,\
                "awaitingConfirmation":true,"declined":false,"confirmedBy":null}""");
        assertThat(document.path("preVerification").path("checks").path("account_active"))
                .hasToString("{\"outcome\":\"PASSED\",\"detail\":\"\"}");
        assertThat(document.path("request").path("campaign").path("name").stringValue()).isEqualTo("Sale k");
        assertThat(document.path("slots")).hasSize(5);
        assertThat(document.path("slots").get(0).path("facebookId")).isEqualTo(document.path("facebookCampaignId"));
        assertThat(document.path("slots").get(4)).hasToString("""
                {"entityType":"ad","slotNumber":2,"adSetSlotNumber":2,"name":"Sale k / ad 2","status":"failed",\
                "facebookId":null,"outcomeUnknown":false,"gone":[]}""");
        assertThat(document.path("lastRound").path("faults").get(0).path("code").intValue()).isEqualTo(200);
        assertThat(RecordedJob.unseen(job.jobId()).document().path("status").stringValue()).isEqualTo("pending");
        assertThat(RecordedJob.unseen(job.jobId()).document().path("version").isNull()).isTrue();
    }

    @Test
    void reads_a_history_of_many_pages_in_order() {
        var job = ScriptedJob.accepted("u", "k", 30, T0).preVerified();
        for (int number = 1; number <= 30; number++) {
            int last = number;
            job.created(id -> id.number() == last, List.of(), RoundEnd.NOT_YET);
        }
        stored(job.created(_ -> true, List.of(), RoundEnd.DONE).verified());

        var events = history.events(job.jobId(), Point.LATEST, Visibility.everything()).toList();

        assertThat(events).hasSize(job.history().size()).hasSizeGreaterThan(32);
        assertThat(events).extracting(HistoryEvent::version)
                .containsExactlyElementsOf(job.history().stream().map(HistoryEvent::version).toList());
        assertThat(history.job(job.jobId(), Point.LATEST, Visibility.everything()).state()).isEqualTo(job.state());
        var document = JsonMapper.shared().readTree(
                HistoryDocument.parts(job.jobId(), history.events(job.jobId(), Point.LATEST, Visibility.everything()))
                        .collect(Collectors.joining()));
        assertThat(document.path("jobId").stringValue()).isEqualTo(job.jobId().toString());
        assertThat(document.path("events").valueStream().map(Object::toString))
                .containsExactlyElementsOf(events.stream().map(event -> event.document().toString()).toList());
    }

    @Test
    void knows_which_jobs_there_are() {
        var job = stored(ScriptedJob.accepted("u", "k", 1, T0));
        var stranger = UUID.randomUUID();

        assertThat(history.knows(job.jobId(), Visibility.everything())).isTrue();
        assertThat(history.knows(stranger, Visibility.everything())).isFalse();
        assertThat(history.events(stranger, Point.LATEST, Visibility.everything())).isEmpty();
        assertThat(HistoryDocument.parts(stranger, history.events(stranger, Point.LATEST, Visibility.everything())))
                .containsExactly("{\"jobId\":\"" + stranger + "\",\"events\":[", "]}");
    }

    @Test
    void reads_on_from_many_places_at_once_within_its_bounds() {
        var one = stored(ScriptedJob.accepted("u", "one", 1, T0).completed());
        var other = stored(ScriptedJob.accepted("u", "other", 1, T0).completed());
        var places = List.of(new Place(one.jobId(), RecordedJob.BEFORE_THE_FIRST), new Place(other.jobId(), 6),
                new Place(UUID.randomUUID(), RecordedJob.BEFORE_THE_FIRST));

        assertThat(history.after(places, 3, 100)).extracting(HistoryEvent::jobId, HistoryEvent::version)
                .containsExactlyInAnyOrder(tuple(one, 0), tuple(one, 1), tuple(one, 2), tuple(other, 7),
                        tuple(other, 8));
        assertThat(history.after(places, 3, 4)).hasSize(4);
        assertThat(history.after(List.of(), 3, 4)).isEmpty();
    }

    @Test
    void shows_an_event_that_it_cannot_read_and_builds_no_state_on_it() {
        var job = stored(ScriptedJob.accepted("u", "k", 1, T0).completed());
        JdbcClient.create(dataSource).sql("update event_store.domain_events set payload_type = 'SomethingNew'"
                + " where aggregate_identifier = ? and sequence_number = 4").param(job.jobId().toString()).update();

        var event = history.events(job.jobId(), Point.LATEST, Visibility.everything()).toList().get(4).document();

        assertThat(event.path("payload").isNull()).isTrue();
        assertThat(event.path("unreadable").stringValue()).contains("SomethingNew");
        assertThat(history.job(job.jobId(), new Point.AtVersion(3), Visibility.everything()).state())
                .isEqualTo(job.states().get(3));
        assertThatThrownBy(() -> history.job(job.jobId(), Point.LATEST, Visibility.everything()))
                .isInstanceOf(UnreadableRecord.class)
                .hasMessageContaining("event 4").hasMessageContaining("SomethingNew");
    }

    @Test
    void folds_no_event_out_of_turn() {
        var events = ScriptedJob.accepted("u", "k", 1, T0).history();
        var job = RecordedJob.unseen(events.getFirst().jobId());

        assertThatThrownBy(() -> job.after(events.get(1))).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> job.after(events.get(0)).after(events.get(0)))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> RecordedJob.unseen(UUID.randomUUID()).after(events.get(0)))
                .isInstanceOf(IllegalStateException.class);
    }

    private static org.assertj.core.groups.Tuple tuple(ScriptedJob job, long version) {
        return org.assertj.core.groups.Tuple.tuple(job.jobId(), version);
    }

    private static ScriptedJob stored(ScriptedJob job) {
        store.store(List.of(job));
        return job;
    }

    private static void setTime(ScriptedJob job, long version, Instant time) {
        JdbcClient.create(dataSource).sql("update event_store.domain_events set time_stamp = ?"
                + " where aggregate_identifier = ? and sequence_number = ?")
                .params(time.toString(), job.jobId().toString(), version).update();
    }
}
