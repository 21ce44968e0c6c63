package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.JobAccepted;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What a job asked for is launched once more, with changes. */
@OnRunningSystem
class CloneIT {

    private final RunningSystem system;

    CloneIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void the_same_is_launched_once_more_with_the_changes_and_the_first_job_stays_as_it_is() {
        var request = Requests.listed(system.freshAccount(), 2, 1).build();
        system.launch(request);
        var original = RunningSystem.jobId(request);
        var before = system.job(original);
        var key = UUID.randomUUID().toString();
        var changes = Map.of("adAccountId", system.freshAccount(), "campaign", Map.of("name", "Once more"), "adSet",
                Map.of("dailyBudget", 3_000), "retryBudget", 2);

        var clone = cloned(original, key, changes);

        assertThat(clone).isNotEqualTo(original);
        var job = system.settled(clone);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        var accepted = system.published().eventsOf(clone, JobAccepted.class).getFirst().getRequest();
        assertThat(accepted.getCampaign().getName()).isEqualTo("Once more");
        assertThat(accepted.getAdSet().getDailyBudget()).isEqualTo(3_000);
        assertThat(accepted.getAdSet().getTargeting()).isEqualTo(request.getAdSet().getTargeting());
        assertThat(accepted.getAdSets()).isEqualTo(
                system.published().eventsOf(original, JobAccepted.class).getFirst().getRequest().getAdSets());
        assertThat(accepted.getRetryBudget()).isEqualTo(2);
        assertThat(system.job(original)).isEqualTo(before);
        assertThat(cloned(original, key, changes)).as("the same key is the same job").isEqualTo(clone);
    }

    @Test
    void changes_that_make_no_launch_are_refused_by_their_fields_and_so_is_what_is_no_job() {
        var request = Requests.forAll(system.freshAccount(), 1).build();
        system.launch(request);
        var clone = "/v1/jobs/" + RunningSystem.jobId(request) + "/clone";

        var answer = system.http().post(clone, Map.of("adSetCount", 500, "colour", "red"), key());
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body().path("errors").valueStream().map(one -> one.path("field").asString()))
                .containsExactlyInAnyOrder("adSetCount", "colour");
        assertThat(system.http().post(clone, Map.of(), Map.of()).body().path("errors").get(0).path("field").asString())
                .isEqualTo("Idempotency-Key");
        assertThat(system.http().post("/v1/jobs/" + UUID.randomUUID() + "/clone", Map.of(), key()).status())
                .isEqualTo(404);
    }

    private String cloned(String jobId, String key, Map<String, Object> changes) {
        var answer = system.http().post("/v1/jobs/" + jobId + "/clone", changes, Map.of("Idempotency-Key", key));
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(202);
        return answer.body().path("jobId").asString();
    }

    private static Map<String, String> key() {
        return Map.of("Idempotency-Key", UUID.randomUUID().toString());
    }
}
