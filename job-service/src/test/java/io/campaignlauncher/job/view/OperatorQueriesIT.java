package io.campaignlauncher.job.view;

import static io.campaignlauncher.readmodel.ScriptedJob.NETWORK;
import static io.campaignlauncher.readmodel.ScriptedJob.SUSPENDED;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The SQL that operators run, on a set of jobs whose right answers are known. */
class OperatorQueriesIT {

    private static ReadModelUnderTest model;
    private static ScriptedJob retried;
    private static ScriptedJob stuck;
    private static ScriptedJob refused;

    @BeforeAll
    static void fill() {
        model = new ReadModelUnderTest(TestInfrastructure.database("operators"));
        var now = Instant.now();
        var recent = now.minus(Duration.ofMinutes(10));
        for (int i = 0; i < 4; i++) {
            model.apply(ScriptedJob.accepted("u", "completed" + i, 2, recent).completed());
        }
        retried = ScriptedJob.accepted("u", "retried", 5, recent).preVerified();
        retried.created(id -> id.type() != EntityType.AD || id.number() < 4,
                List.of(failed(EntityType.AD, 4), failed(EntityType.AD, 5)), RoundEnd.DONE);
        stuck = ScriptedJob.accepted("u", "stuck", 2, now.minus(Duration.ofHours(2))).preVerified();
        refused = ScriptedJob.accepted("u", "refused", 2, recent).refusedBecauseSuspended();
        model.apply(retried, stuck, refused, rolledBack("back1", recent),
                rolledBack("back2", recent.minus(Duration.ofDays(2))),
                ScriptedJob.accepted("u", "old", 2, now.minus(Duration.ofDays(2))).completed());
    }

    private static ScriptedJob rolledBack(String key, Instant at) {
        return ScriptedJob.accepted("u", key, 2, at)
                .preVerified()
                .created(id -> id.type() != EntityType.AD,
                        List.of(new FailedSlot(new SlotId(EntityType.AD, 1), SUSPENDED)),
                        RoundEnd.DONE)
                .deletedAll();
    }

    private static FailedSlot failed(EntityType type, int number) {
        return new FailedSlot(new SlotId(type, number), NETWORK);
    }

    @Test
    void jobs_by_status_over_a_day_with_percentages() {
        assertThat(
                rows("""
                        select status, count(*) as jobs, round(100.0 * count(*) / sum(count(*)) over (), 1) as percent
                        from campaign_creation_jobs where created_at > now() - interval '24 hours' group by status order by status"""))
                .containsExactly("completed 4 50.0", "failed 1 12.5", "in_progress 2 25.0", "rolled_back 1 12.5");
    }

    @Test
    void jobs_by_retry_count_over_a_day() {
        assertThat(rows("""
                select retry_count, count(*) as jobs from campaign_creation_jobs
                where created_at > now() - interval '24 hours' group by retry_count order by retry_count"""))
                .containsExactly("0 7", "1 1");
    }

    @Test
    void slots_created_and_failed_a_job_and_the_missing_rate() {
        assertThat(
                rows("""
                        select j.campaign_name, count(*) filter (where s.status = 'created') as created,
                               count(*) filter (where s.status = 'failed') as failed,
                               round(100.0 * count(*) filter (where s.status <> 'created') / count(*), 1) as missing_rate
                        from campaign_creation_jobs j join entity_creation_slots s on s.job_id = j.id
                        where j.created_at > now() - interval '24 hours' and j.campaign_name in ('Sale retried', 'Sale completed1')
                        group by j.campaign_name order by 1"""))
                .containsExactly("Sale completed1 5 0 0.0",
                        "Sale retried 9 2 18.2");
    }

    @Test
    void rollbacks_a_day_over_a_week_with_the_rate() {
        var days = rows(
                """
                        select date_trunc('day', created_at at time zone 'UTC')::date as day, count(*) filter (where rollback_triggered) as rollbacks,
                               count(*) as jobs from campaign_creation_jobs where created_at > now() - interval '7 days'
                        group by 1 order by 1""")
                .stream().map(row -> row.substring(row.indexOf(' ') + 1)).toList();
        assertThat(days).contains("1 2");
        assertThat(days.stream().mapToInt(row -> Integer.parseInt(row.split(" ")[0])).sum()).isEqualTo(2);
        assertThat(days.stream().mapToInt(row -> Integer.parseInt(row.split(" ")[1])).sum()).isEqualTo(10);
        assertThat(rows("select count(*) from campaign_creation_jobs where rollback_at > now() - interval '7 days'"))
                .containsExactly("2");
    }

    @Test
    void jobs_in_progress_for_over_an_hour() {
        assertThat(rows("""
                select job_uuid from campaign_creation_jobs
                where status = 'in_progress' and started_at < now() - interval '1 hour'"""))
                .containsExactly(stuck.jobId().toString());
    }

    @Test
    void failed_jobs_without_a_rollback() {
        assertThat(rows("""
                select job_uuid from campaign_creation_jobs where status = 'failed' and rollback_triggered = false"""))
                .containsExactly(refused.jobId().toString());
    }

    private static List<String> rows(String sql) {
        return model.jdbc.queryForList(sql).stream().map(OperatorQueriesIT::line).toList();
    }

    private static String line(Map<String, Object> row) {
        return String.join(" ", row.values().stream().map(String::valueOf).toList());
    }
}
