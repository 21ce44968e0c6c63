package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The queries that operators run, on jobs that ended in every way there is, against what the HTTP API says of the same jobs. */
@OnRunningSystem
class OperatorsQuestionsIT {

    private final RunningSystem system;

    OperatorsQuestionsIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void are_answered_rightly() {
        var completed = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var retried = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var refused = Requests.oneFiftyOne("act_1002", 3).build();
        var rolledBack = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var declined = waitingForAPerson();
        var waiting = waitingForAPerson();
        system.fault(retried.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 1);
        system.fault(rolledBack.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 2, 1);
        for (var request : List.of(completed, retried, refused, rolledBack)) {
            system.launch(request);
        }
        decide(declined, "DECLINE");
        system.settled(RunningSystem.jobId(declined));
        system.tablesAreUpToDate();
        var jobs = everyJob();

        assertThat(jobs).extracting(job -> job.path("status").asString())
                .contains("completed", "failed", "rolled_back", "in_progress");
        jobsByStatus(jobs);
        jobsByRetryCount(jobs);
        slotsOfEachJob(List.of(completed, retried, refused, rolledBack, declined, waiting));
        rollbacksPerDay(jobs);
        jobsInProgressForTooLong(waiting);
        failedJobsWithoutRollback(jobs, declined, refused);

        decide(waiting, "CONFIRM");
        assertThat(system.settled(RunningSystem.jobId(waiting)).path("status").asString()).isEqualTo("rolled_back");
    }

    private void jobsByStatus(List<JsonNode> jobs) {
        var rows = system.sql().sql("""
                select status, count(*) as jobs, round(100.0 * count(*) / sum(count(*)) over (), 2) as percent
                from campaign_creation_jobs where created_at > now() - interval '24 hours' group by status""").query()
                .listOfRows();
        var counted = count(jobs, job -> job.path("status").asString());
        assertThat(rows).hasSameSizeAs(counted.keySet());
        for (var row : rows) {
            var expected = counted.get(row.get("status").toString());
            assertThat(row.get("jobs")).isEqualTo(expected);
            assertThat((BigDecimal) row.get("percent")).isEqualByComparingTo(BigDecimal.valueOf(100 * expected)
                    .divide(BigDecimal.valueOf(jobs.size()), 2, RoundingMode.HALF_UP));
        }
    }

    private void jobsByRetryCount(List<JsonNode> jobs) {
        var rows = system.sql().sql("""
                select retry_count, count(*) as jobs from campaign_creation_jobs
                where created_at > now() - interval '24 hours' group by retry_count""")
                .query((row, _) -> Map.entry(row.getInt(1), row.getLong(2)))
                .list();
        assertThat(rows.stream().collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)))
                .isEqualTo(count(jobs, job -> job.path("retryCount").asInt()));
    }

    private void slotsOfEachJob(List<CreateCampaign> requests) {
        var rows = new HashMap<UUID, Map<String, Object>>();
        system.sql().sql("""
                select j.job_uuid, count(*) filter (where s.status = 'created') as created,
                       count(*) filter (where s.status = 'failed') as failed,
                       round(100.0 * count(*) filter (where s.status <> 'created') / count(*), 2) as missing_percent
                from campaign_creation_jobs j join entity_creation_slots s on s.job_id = j.id
                where j.created_at > now() - interval '24 hours' group by j.id""").query().listOfRows()
                .forEach(row -> rows.put((UUID) row.get("job_uuid"), row));
        for (var request : requests) {
            var jobId = RunningSystem.jobId(request);
            var row = rows.get(UUID.fromString(jobId));
            var slots = count(system.slots(jobId).valueStream().toList(), slot -> slot.path("status").asString());
            long created = slots.getOrDefault("created", 0L);
            assertThat(row.get("created")).isEqualTo(created);
            assertThat(row.get("failed")).isEqualTo(slots.getOrDefault("failed", 0L));
            assertThat((BigDecimal) row.get("missing_percent")).isEqualByComparingTo(
                    BigDecimal.valueOf(100 * (7 - created)).divide(BigDecimal.valueOf(7), 2, RoundingMode.HALF_UP));
        }
    }

    private void rollbacksPerDay(List<JsonNode> jobs) {
        var rows = system.sql().sql("""
                select (created_at at time zone 'UTC')::date::text as day,
                       count(*) filter (where rollback_triggered) as rollbacks,
                       round(100.0 * count(*) filter (where rollback_triggered) / count(*), 2) as percent
                from campaign_creation_jobs where created_at > now() - interval '7 days' group by 1""").query()
                .listOfRows();
        var perDay = count(jobs, OperatorsQuestionsIT::day);
        var triggered = count(jobs.stream().filter(job -> job.path("rollback").path("triggered").asBoolean()).toList(),
                OperatorsQuestionsIT::day);
        assertThat(rows).hasSameSizeAs(perDay.keySet());
        for (var row : rows) {
            var day = row.get("day").toString();
            assertThat(row.get("rollbacks")).isEqualTo(triggered.getOrDefault(day, 0L));
            assertThat((BigDecimal) row.get("percent")).isEqualByComparingTo(
                    BigDecimal.valueOf(100 * triggered.getOrDefault(day, 0L))
                            .divide(BigDecimal.valueOf(perDay.get(day)), 2, RoundingMode.HALF_UP));
        }
    }

    /** No job of this test is an hour old, so the same question is asked with a shorter time too. */
    private void jobsInProgressForTooLong(CreateCampaign waiting) {
        var sql = "select job_uuid from campaign_creation_jobs where status = 'in_progress'"
                + " and started_at < now() - cast(? as interval)";
        assertThat(system.sql().sql(sql).param("1 hour").query(UUID.class).list()).isEmpty();
        assertThat(system.sql().sql(sql).param("0 seconds").query(UUID.class).list())
                .containsExactly(UUID.fromString(RunningSystem.jobId(waiting)));
    }

    private void failedJobsWithoutRollback(List<JsonNode> jobs, CreateCampaign... expected) {
        var found = system.sql().sql("select job_uuid::text from campaign_creation_jobs"
                + " where status = 'failed' and rollback_triggered = false").query(String.class).list();
        assertThat(found).contains(Arrays.stream(expected).map(RunningSystem::jobId).toArray(String[]::new))
                .containsExactlyInAnyOrderElementsOf(jobs.stream()
                        .filter(job -> job.path("status").asString().equals("failed")
                                && !job.path("rollback").path("triggered").asBoolean())
                        .map(job -> job.path("jobId").asString())
                        .toList());
    }

    private List<JsonNode> everyJob() {
        var all = new ArrayList<JsonNode>();
        var after = "";
        do {
            var page = system.http().get("/v1/jobs?limit=20" + after).body();
            page.path("jobs").forEach(all::add);
            after = page.path("next").isNull() ? "" : "&after=" + page.path("next").asLong();
        } while (!after.isEmpty());
        assertThat(all).extracting(job -> job.path("jobId").asString()).doesNotHaveDuplicates();
        return all;
    }

    private CreateCampaign waitingForAPerson() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).setRollbackPolicy(RollbackPolicy.CONFIRM).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 3, 1);
        var jobId = system.publish(request);
        await("the job waits for a person").atMost(RunningSystem.PATIENCE).ignoreExceptions()
                .until(() -> system.job(jobId).path("rollback").path("awaitingConfirmation").asBoolean(false));
        return request;
    }

    private void decide(CreateCampaign request, String decision) {
        assertThat(system.http().post("/v1/jobs/" + RunningSystem.jobId(request) + "/rollback",
                Map.of("decision", decision), Map.of()).status()).isEqualTo(202);
    }

    private static String day(JsonNode job) {
        return Instant.parse(job.path("createdAt").asString()).atZone(ZoneOffset.UTC).toLocalDate().toString();
    }

    private static <K> Map<K, Long> count(List<JsonNode> nodes, Function<JsonNode, K> key) {
        return nodes.stream().collect(Collectors.groupingBy(key, Collectors.counting()));
    }
}
