package io.campaignlauncher.job.axon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.model.Awaited;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.CreationReport;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.Refusal;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/** Jobs on the real event store. */
class AxonJobsIT {

    private static final Origin ORIGIN = new Origin("cause", "correlation", null);
    private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";
    private static final Origin TRACED = new Origin("cause", "correlation", "00-" + TRACE_ID + "-b7ad6b7169203331-01");
    private static final JobPolicy QUICK = new JobPolicy(5, Duration.ofMillis(50), Duration.ofMillis(200),
            Duration.ofMillis(300),
            Duration.ofMillis(100), Duration.ofMillis(200), Duration.ofMinutes(1), Duration.ofSeconds(1),
            Duration.ofSeconds(1), 20, 60, 10,
            io.campaignlauncher.job.model.DuplicateName.REJECT);

    private static String databaseUrl;
    private JobHost host;
    private final String jobId = UUID.randomUUID().toString();

    @BeforeAll
    static void startDatabase() {
        databaseUrl = TestDatabase.shared().createDatabase("hosted_jobs");
    }

    @BeforeEach
    void startHost() {
        host = newHost();
    }

    @AfterEach
    void stopHost() {
        host.close();
    }

    private static JobHost newHost() {
        return new JobHost(databaseUrl, TestDatabase.shared().username(), TestDatabase.shared().password(), QUICK);
    }

    private static JobHost hostThatLooksForTimersEvery(Duration poll) {
        return new JobHost(databaseUrl, TestDatabase.shared().username(), TestDatabase.shared().password(), QUICK,
                poll);
    }

    private Decision put(JobCommand command) {
        return host.jobs.decide(jobId, command, ORIGIN).join();
    }

    @Test
    void stores_events_in_the_bytes_that_are_published_with_their_origin_beside_them() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 3)));

        var row = JdbcClient.create(host.dataSource())
                .sql("select * from event_store.domain_events where aggregate_identifier = ? and sequence_number = 0")
                .param(jobId)
                .query()
                .singleRow();
        assertThat(row).containsEntry("payload_type", "JobAccepted");
        var accepted = (JobAccepted) new AvroEncoding().decode("JobAccepted", (byte[]) row.get("payload"));
        assertThat(accepted.getAdSets()).isEqualTo(3);
        assertThat(new String((byte[]) row.get("meta_data"))).contains("\"correlationId\":\"correlation\"",
                "\"causationId\":\"cause\"");
    }

    @Test
    void rebuilds_the_same_state_in_another_instance() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));
        put(new JobCommand.RecordPreVerification(passed()));
        put(new JobCommand.RecordCreation(new CreationReport(1,
                List.of(new CreatedSlot(new SlotId(EntityType.CAMPAIGN, 1), "101", false)), List.of(), RoundEnd.NOT_YET,
                null, null, 1)));

        try (var other = newHost()) {
            assertThat(other.jobs.state(jobId)).isEqualTo(host.jobs.state(jobId));
            assertThat(other.jobs.state(jobId).phase()).isEqualTo(Phase.CREATING);
            assertThat(other.jobs.state(jobId).unfilled()).hasSize(4);
        }
    }

    @Test
    void a_request_for_no_job_leaves_nothing_behind() {
        var decision = put(new JobCommand.RecordPreVerification(passed()));

        assertThat(decision).isEqualTo(new Decision.Refused(new Refusal.NoSuchJob()));
        assertThat(host.jobs.state(jobId).phase()).isEqualTo(Phase.ABSENT);
    }

    @Test
    void two_instances_that_decide_at_once_lose_no_report_and_take_none_twice() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 20)));
        put(new JobCommand.RecordPreVerification(passed()));
        try (var other = newHost()) {
            var reports = IntStream.rangeClosed(1, 20)
                    .mapToObj(number -> new JobCommand.RecordCreation(new CreationReport(1,
                            List.of(new CreatedSlot(new SlotId(EntityType.AD_SET, number), "9" + number, false)),
                            List.of(),
                            RoundEnd.NOT_YET, null, null, 1)))
                    .toList();
            var both = IntStream.range(0, 40)
                    .mapToObj(i -> (i % 2 == 0 ? host : other).jobs.decide(jobId, reports.get(i / 2), ORIGIN))
                    .toArray(CompletableFuture[]::new);
            CompletableFuture.allOf(both).join();

            assertThat(host.jobs.state(jobId).unfilled()).hasSize(21);
            var stored = JdbcClient.create(host.dataSource())
                    .sql("select count(*) from event_store.domain_events where aggregate_identifier = ? and payload_type = 'SlotsCreated'")
                    .param(jobId).query(Integer.class).single();
            assertThat(stored).isEqualTo(20);
        }
    }

    @Test
    void an_instance_that_knows_an_older_state_of_a_job_takes_no_report_for_an_old_one() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));
        try (var other = newHost()) {
            other.jobs.decide(jobId, new JobCommand.RecordPreVerification(passed()), ORIGIN).join();

            put(new JobCommand.RecordCreation(
                    new CreationReport(1, List.of(), List.of(), RoundEnd.DONE, null, null, 1)));

            assertThat(host.jobs.state(jobId).awaited()).isEqualTo(Awaited.NOTHING);
        }
    }

    @Test
    void what_a_standby_lacks_that_took_over_is_decided_anew_and_leaves_no_gap() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));
        put(new JobCommand.RecordPreVerification(passed()));
        var before = sequences();
        forgetFrom(2);

        put(new JobCommand.RecordPreVerification(passed()));

        assertThat(sequences()).hasSizeGreaterThan(2).isEqualTo(before);
    }

    @Test
    void a_job_that_a_standby_lacks_altogether_can_be_asked_for_again() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));
        var before = sequences();
        forgetFrom(0);

        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));

        assertThat(sequences()).isEqualTo(before);
    }

    private List<Long> sequences() {
        return JdbcClient.create(host.dataSource()).sql("select sequence_number from event_store.domain_events"
                + " where aggregate_identifier = ? order by sequence_number").param(jobId).query(Long.class).list();
    }

    private void forgetFrom(long sequence) {
        JdbcClient.create(host.dataSource()).sql(
                "delete from event_store.domain_events where aggregate_identifier = ? and sequence_number >= ?")
                .param(jobId).param(sequence).update();
    }

    @Test
    void every_decision_is_a_step_of_its_own_in_the_trace_of_who_asked() {
        host.jobs.decide(jobId, Requests.accept(jobId, Requests.forAll(jobId, 2)), TRACED).join();
        host.jobs.decide(jobId, new JobCommand.RecordPreVerification(passed()), TRACED).join();

        assertThat(traceparents()).hasSize(2).doesNotContain(TRACED.traceparent())
                .allMatch(traceparent -> traceparent.matches("00-" + TRACE_ID + "-[0-9a-f]{16}-01"));
    }

    @Test
    void what_nobody_asked_for_goes_on_in_the_trace_of_the_job_after_a_restart_too() {
        host.jobs.decide(jobId, Requests.accept(jobId, Requests.forAll(jobId, 2)), TRACED).join();
        try (var other = newHost()) {
            other.jobs.decide(jobId, new JobCommand.RecordPreVerification(passed()), Origin.JOB).join();
        }

        assertThat(traceparents()).hasSize(2).allMatch(traceparent -> traceparent.contains(TRACE_ID));
        assertThat(metaData()).allMatch(beside -> beside.contains("\"correlationId\":\"correlation\""));
    }

    @Test
    void says_beside_each_event_whose_job_it_is_after_a_restart_too() {
        var request = Requests.forAll(jobId, 2).ownedBy(new Ownership("acme", "ann"));
        host.jobs.decide(jobId, Requests.accept(jobId, request), ORIGIN).join();
        try (var other = newHost()) {
            other.jobs.decide(jobId, new JobCommand.RecordPreVerification(passed()), Origin.JOB).join();
        }

        assertThat(metaData()).hasSize(4)
                .allMatch(beside -> beside.contains("\"tenant\":\"acme\"") && beside.contains("\"owner\":\"ann\""));
    }

    @Test
    void says_nothing_beside_events_of_a_job_of_nobody_in_particular() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));

        assertThat(metaData()).hasSize(2).noneMatch(beside -> beside.contains("tenant") || beside.contains("owner"));
    }

    @Test
    void a_job_that_nobody_traces_begins_a_trace() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));
        put(new JobCommand.RecordPreVerification(passed()));

        assertThat(traceparents()).hasSize(2);
        assertThat(traceparents().stream().map(traceparent -> traceparent.substring(3, 35)).distinct()).hasSize(1);
    }

    @Test
    void what_follows_from_commands_that_are_decided_together_bears_the_origin_of_each() {
        var other = new Origin("other-cause", "other-correlation",
                "00-11111111111111111111111111111111-b7ad6b7169203331-01");
        host.jobs.decide(jobId, List.of(new IssuedCommand(Requests.accept(jobId, Requests.forAll(jobId, 2)), TRACED),
                new IssuedCommand(new JobCommand.RecordPreVerification(passed()), other),
                new IssuedCommand(new JobCommand.EndWait(7), TRACED))).join();

        var beside = metaData().stream().map(JsonMapper.shared()::readTree).toList();
        assertThat(beside).extracting(node -> node.path("causationId").asString(""))
                .containsExactly("cause", "cause", "other-cause", "other-cause");
        assertThat(beside).extracting(node -> node.path("correlationId").asString(""))
                .containsExactly("correlation", "correlation", "other-correlation", "other-correlation");
        assertThat(beside).extracting(node -> node.path("traceparent").asString("").substring(3, 35))
                .containsExactly(TRACE_ID, TRACE_ID, "1".repeat(32), "1".repeat(32));
    }

    private List<String> metaData() {
        return JdbcClient.create(host.dataSource())
                .sql("select meta_data from event_store.domain_events where aggregate_identifier = ? order by sequence_number")
                .param(jobId).query(byte[].class).list().stream().map(String::new).toList();
    }

    /** Of each decision, in order. */
    private List<String> traceparents() {
        return metaData().stream().map(beside -> JsonMapper.shared().readTree(beside).path("traceparent").asString(""))
                .distinct().toList();
    }

    @Test
    void a_wait_that_began_before_a_restart_ends_after_it() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 2)));
        put(new JobCommand.RecordPreVerification(
                new PreVerificationReport(1, VerificationOutcome.INCONCLUSIVE, List.of(), null, null,
                        new Fault(ErrorKind.TEMPORARY, false, null, null, "timed out", null, null), 5, 1)));
        assertThat(host.jobs.state(jobId).awaited()).isEqualTo(Awaited.NOTHING);
        host.close();

        host = newHost();
        host.startTimers();

        await().untilAsserted(() -> assertThat(host.jobs.state(jobId).awaited()).isEqualTo(Awaited.PRE_VERIFICATION));
        assertThat(host.jobs.state(jobId).counts().preVerifications()).isEqualTo(2);
    }

    @Test
    void names_that_are_free_and_requests_older_than_their_topic_are_deleted_and_nothing_else() throws Exception {
        var sql = JdbcClient.create(host.dataSource());
        sql.sql("""
                insert into event_store.campaign_names select 'act_old', 'free ' || n, gen_random_uuid(),
                    now() - interval '2 hours' from generate_series(1, 2500) n
                union all select 'act_old', 'live', gen_random_uuid(), null
                union all select 'act_old', 'just', gen_random_uuid(), now() + interval '1 minute'
                union all select 'act_old', 'in use', gen_random_uuid(), now() - interval '2 hours'""").update();
        sql.sql("""
                insert into idempotency_keys
                select gen_random_uuid(), 'f', 'old user', 1, 1, now() - days * interval '1 day', now()
                from unnest(array[44, 46, 400]) days""").update();
        try (var other = host.dataSource().getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("select from event_store.campaign_names where campaign_name = 'in use' for update");

            new OldRows(sql, OldRows.KEEP_REQUESTS).purge();
            other.rollback();
        }

        assertThat(sql.sql("select campaign_name from event_store.campaign_names where ad_account_id = 'act_old'")
                .query(String.class).list()).containsExactlyInAnyOrder("live", "just", "in use");
        assertThat(sql.sql("select extract(day from now() - created_at)::int from idempotency_keys "
                + "where user_id = 'old user'").query(Integer.class).list()).containsExactly(44);
        assertThat(host.names.takenByAnother("act_old", "free 1", UUID.randomUUID())).isFalse();
        assertThat(host.names.takenByAnother("act_old", "live", UUID.randomUUID())).isTrue();
        assertThatThrownBy(() -> new OldRows(sql, Duration.ofDays(30)))
                .hasMessageContaining("launch.keep-requests");
    }

    @Test
    void timers_that_cannot_be_looked_for_are_stalled_until_they_can() throws Exception {
        host.close();
        host = hostThatLooksForTimersEvery(Duration.ofMillis(50));
        host.startTimers();
        try (var other = host.dataSource().getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table event_store.timers in access exclusive mode");
            await().until(() -> host.timersProgress.stalledFor().compareTo(Duration.ofSeconds(1)) > 0);
            other.rollback();
        }
        await().until(() -> host.timersProgress.stalledFor().compareTo(Duration.ofMillis(300)) < 0);
    }

    /** Another instance may do all that is due. */
    @Test
    void timers_of_which_none_is_due_get_on() {
        host.startTimers();
        var later = JdbcClient.create(host.dataSource());
        await().until(() -> later.sql("update event_store.timers set execution_time = now() + interval '1 hour'"
                + " where not picked").update() == 2);

        var begun = System.nanoTime();
        await().atMost(Duration.ofSeconds(30)).until(() -> Duration.ofNanos(System.nanoTime() - begun)
                .minus(host.timersProgress.stalledFor()).toSeconds() >= 1);
    }

    @Test
    void a_wait_whose_end_hangs_in_the_database_stalls_the_timers() throws Exception {
        put(Requests.accept(jobId, Requests.forAll(jobId, 1)));
        put(new JobCommand.RecordPreVerification(new PreVerificationReport(1, VerificationOutcome.INCONCLUSIVE,
                List.of(), null, null,
                new Fault(ErrorKind.TEMPORARY, false, null, null, "timed out", null, null), 5, 1)));
        try (var other = host.dataSource().getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table event_store.domain_events in access exclusive mode");
            host.startTimers();
            await().until(() -> host.timersProgress.stalledFor().compareTo(Duration.ofSeconds(1)) > 0);
            other.rollback();
        }
        await().until(() -> host.timersProgress.stalledFor().compareTo(Duration.ofMillis(300)) < 0);
    }

    @Test
    void the_wait_of_a_job_that_cannot_be_decided_is_given_up_and_holds_up_no_other() {
        var other = UUID.randomUUID().toString();
        var inconclusive = new JobCommand.RecordPreVerification(
                new PreVerificationReport(1, VerificationOutcome.INCONCLUSIVE, List.of(), null, null,
                        new Fault(ErrorKind.TEMPORARY, false, null, null, "timed out", null, null), 5, 1));
        for (var job : List.of(jobId, other)) {
            host.jobs.decide(job, Requests.accept(job, Requests.forAll(job, 2)), ORIGIN).join();
            host.jobs.decide(job, inconclusive, ORIGIN).join();
        }
        host.close();
        host = newHost();
        var database = JdbcClient.create(host.dataSource());
        database.sql("""
                update event_store.domain_events set payload = '\\x0102'
                where aggregate_identifier = ? and sequence_number = 0""").param(jobId).update();

        host.startTimers();

        await().untilAsserted(() -> assertThat(host.jobs.state(other).awaited()).isEqualTo(Awaited.PRE_VERIFICATION));
        await().untilAsserted(() -> assertThat(database
                .sql("select count(*) from event_store.timers where task_instance like ? || '%'").param(jobId)
                .query(Long.class).single()).isZero());
        assertThat(host.meters.get("jobs.undecidable").counter().count()).isEqualTo(1);
    }

    @Test
    void a_report_that_comes_after_the_end_is_counted_by_what_it_tells() {
        put(Requests.accept(jobId, Requests.forAll(jobId, 1)));
        put(new JobCommand.RecordPreVerification(new PreVerificationReport(1, VerificationOutcome.REFUSED, List.of(),
                null, null, null, 5, 1)));
        assertThat(host.jobs.state(jobId).phase()).isEqualTo(Phase.FAILED);

        put(new JobCommand.RecordPreVerification(passed()));
        put(new JobCommand.RecordCreation(new CreationReport(1,
                List.of(new CreatedSlot(new SlotId(EntityType.CAMPAIGN, 1), "101", false)), List.of(), RoundEnd.DONE,
                null, null, 1)));

        assertThat(host.meters.get("jobs.late.reports").tag("cause", "old-answer").counter().count()).isEqualTo(1);
        assertThat(host.meters.get("jobs.late.reports").tag("cause", "unknown-entity").counter().count()).isEqualTo(1);
    }

    @Test
    void of_two_live_jobs_the_second_finds_the_name_taken_until_the_first_has_failed() {
        var second = UUID.randomUUID();
        assertThat(host.names.takenByAnother("act_1", "One name", UUID.fromString(jobId))).isFalse();
        assertThat(host.names.takenByAnother("act_1", "One name", UUID.fromString(jobId))).isFalse();
        assertThat(host.names.takenByAnother("act_1", "One name", second)).isTrue();
        assertThat(host.names.takenByAnother("act_2", "One name", second)).isFalse();

        host.names.release(jobId);

        assertThat(host.names.takenByAnother("act_1", "One name", second)).isFalse();
    }

    private static PreVerificationReport passed() {
        return new PreVerificationReport(1, VerificationOutcome.PASSED, List.of(), 1, 6000, null, 5, 1);
    }
}
