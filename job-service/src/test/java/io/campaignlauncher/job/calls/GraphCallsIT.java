package io.campaignlauncher.job.calls;

import static io.campaignlauncher.schemas.GraphCallOutcome.IN_DOUBT;
import static io.campaignlauncher.schemas.GraphCallOutcome.LIMITED;
import static io.campaignlauncher.schemas.GraphCallOutcome.NOT_SENT;
import static io.campaignlauncher.schemas.GraphCallOutcome.REFUSED;
import static io.campaignlauncher.schemas.GraphCallOutcome.SENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.calls.CallNotes.Note;
import io.campaignlauncher.job.calls.GraphCalls.GraphCall;
import io.campaignlauncher.job.calls.GraphCalls.Page;
import io.campaignlauncher.job.calls.GraphCalls.Place;
import io.campaignlauncher.job.calls.GraphCalls.Totals;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.GraphCallNoted;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import reactor.core.publisher.Mono;

class GraphCallsIT {

    private static final UUID WORK = new UUID(7, 7);
    private static final Visibility ALL = Visibility.everything();

    private static DataSource database;
    private static TestCalls calls;
    private static UUID job;

    private final LaunchRecords records = new LaunchRecords();
    private final List<ProducerRecord<String, byte[]>> parked = new ArrayList<>();
    private final CallsListener listener = new CallsListener(records, calls.notes(), new DeadLetters(
            record -> Mono.fromRunnable(() -> parked.add(record)), new SimpleMeterRegistry(), Clock.systemUTC()));

    @BeforeAll
    static void open() {
        database = TestInfrastructure.database("graph_calls");
        calls = TestCalls.on(database);
        var accepted = ScriptedJob.accepted(ScriptedJob.request("u-1", "calls", 2, RollbackPolicy.CONFIRM),
                Instant.parse("2026-01-01T00:00:00Z"));
        new ReadModelUnderTest(database).store(List.of(accepted));
        job = accepted.jobId();
    }

    @BeforeEach
    void forget() {
        new JdbcTemplate(database).execute("truncate graph_call_works cascade");
    }

    private static Page page(Place after, int limit) {
        return calls.queries().page(job, ALL, after, limit).orElseThrow();
    }

    private static Page page() {
        return page(null, 50);
    }

    private ConsumerRecord<String, byte[]> record(GraphCallNoted call) {
        var sent = records.record(Topic.GRAPH_CALLS, call.getJobId(), call,
                Envelope.of("i", "GraphCallNoted", "/creator-service", call.getJobId(), Instant.EPOCH));
        var record = new ConsumerRecord<>(sent.topic(), 0, 0, sent.key(), sent.value());
        sent.headers().forEach(record.headers()::add);
        return record;
    }

    @Test
    void shows_requests_in_the_order_in_which_they_were_sent_and_goes_on_where_a_page_ended() {
        calls.note(job, WORK, 3, SENT);
        calls.note(job, new UUID(8, 8), 2, SENT);
        calls.note(job, WORK, 1, SENT);

        var first = page(null, 2);
        var second = page(first.next(), 2);

        assertThat(first.calls()).extracting(GraphCall::callId)
                .containsExactly(new Place(WORK, 1).toString(), new Place(new UUID(8, 8), 2).toString());
        assertThat(second.calls()).extracting(GraphCall::callId).containsExactly(new Place(WORK, 3).toString());
        assertThat(second.next()).isNull();
    }

    @Test
    void says_how_many_are_missing_of_those_that_were_numbered() {
        calls.note(job, WORK, 1, SENT);
        calls.note(job, WORK, 5, SENT);
        calls.note(job, new UUID(8, 8), 2, SENT);

        assertThat(page().notNoted()).isEqualTo(4);
    }

    @Test
    void a_note_that_comes_again_changes_nothing() {
        for (int i = 0; i < 3; i++) {
            listener.onMessage(List.of(record(TestCalls.call(job, WORK, 1, SENT, REFUSED)),
                    record(TestCalls.call(job, WORK, 2, SENT))));
        }

        assertThat(page().calls()).hasSize(2);
        assertThat(page().notNoted()).isZero();
    }

    @Test
    void adds_up_what_became_of_every_entry() {
        calls.note(job, WORK, 1, SENT, REFUSED, IN_DOUBT);
        calls.note(job, WORK, 2, LIMITED);
        calls.note(job, WORK, 3, NOT_SENT);

        assertThat(page(null, 1).totals()).isEqualTo(new Totals(3, 5, 1, 1, 1, 1, 1, 360));
        assertThat(page().calls()).extracting(GraphCall::outcome).containsExactly("unknown", "limited", "not_sent");
    }

    @Test
    void keeps_the_first_requests_of_a_job_and_counts_the_others() {
        calls.notes().write(IntStream.rangeClosed(1, CallNotes.CALLS_MAX)
                .mapToObj(i -> new Note(job, WORK, "creator-service", TestCalls.call(job, WORK, i, SENT))).toList());
        listener.onMessage(List.of(record(TestCalls.call(job, new UUID(9, 9), 1, SENT)),
                record(TestCalls.call(job, new UUID(9, 9), 2, SENT))));

        assertThat(page().totals().calls()).isEqualTo(CallNotes.CALLS_MAX);
        assertThat(page().notNoted()).isEqualTo(2);
        assertThat(parked).isEmpty();
    }

    @Test
    void what_cannot_be_read_or_kept_is_given_up_by_itself() {
        var unreadable = new ConsumerRecord<>(Topic.GRAPH_CALLS.topicName(), 0, 0, job.toString(), new byte[]{ 1, 2 });
        var noNumber = TestCalls.call(job, WORK, 0, SENT);
        var noText = GraphCallNoted.newBuilder(TestCalls.call(job, WORK, 2, SENT)).setFbtraceId("zero \0 character")
                .build();
        var noJob = GraphCallNoted.newBuilder(TestCalls.call(job, WORK, 4, SENT)).setJobId("none").build();

        listener.onMessage(List.of(record(TestCalls.call(job, WORK, 1, SENT)), unreadable, record(noNumber),
                record(noText), record(noJob), record(TestCalls.call(job, WORK, 3, SENT))));

        assertThat(page().calls()).extracting(GraphCall::begunAt).containsExactly(TestCalls.BEGUN.plusSeconds(1),
                TestCalls.BEGUN.plusSeconds(3));
        assertThat(parked).hasSize(4)
                .allSatisfy(letter -> assertThat(letter.topic()).isEqualTo(Topic.GRAPH_CALLS.deadLetterName()));
    }

    @Test
    void while_the_tables_are_locked_nobody_holds_a_connection_for_long_and_a_poll_is_tried_again() throws Exception {
        var poll = List.of(record(TestCalls.call(job, WORK, 1, SENT)));
        try (var lock = database.getConnection()) {
            locked(lock);

            assertThatThrownBy(() -> listener.onMessage(poll)).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> page()).isInstanceOf(DataAccessException.class);
            assertThatThrownBy(() -> calls.queries().purge()).isInstanceOf(DataAccessException.class);
            assertThat(parked).isEmpty();
            lock.rollback();
        }

        listener.onMessage(poll);
        assertThat(page().calls()).hasSize(1);
    }

    private static void locked(Connection connection) throws Exception {
        connection.setAutoCommit(false);
        try (var statement = connection.createStatement()) {
            statement.execute("lock table graph_calls, graph_call_works in access exclusive mode");
        }
    }

    @Test
    void what_is_old_is_deleted_and_the_rest_stays() {
        calls.note(job, WORK, 1, SENT);
        calls.note(job, new UUID(8, 8), 1, SENT);
        new JdbcTemplate(database).update("update graph_call_works set noted_at = now() - interval '31 days' "
                + "where work_id = ?", WORK);

        calls.queries().purge();

        assertThat(page().calls()).extracting(GraphCall::callId)
                .containsExactly(new Place(new UUID(8, 8), 1).toString());
    }

    @Test
    void of_a_job_that_there_is_not_or_that_is_somebody_elses_there_is_no_page() {
        calls.note(job, WORK, 1, SENT);

        assertThat(calls.queries().page(UUID.randomUUID(), ALL, null, 10)).isEmpty();
        assertThat(calls.queries().page(job, new Visibility("acme", null), null, 10)).isEmpty();
        assertThat(calls.queries().page(job, new Visibility("local", "somebody"), null, 10)).isEmpty();
    }
}
