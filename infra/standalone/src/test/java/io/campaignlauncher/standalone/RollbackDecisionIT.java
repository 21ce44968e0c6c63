package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.RollbackDeclined;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The eighth scenario: a person sees what a rollback would delete, and says yes or no. */
@OnRunningSystem
class RollbackDecisionIT {

    private final RunningSystem system;

    RollbackDecisionIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void shows_what_would_be_deleted_and_deletes_it_when_confirmed() {
        var request = waitingForAPerson();
        var jobId = RunningSystem.jobId(request);
        var existing = system.facebook().campaign(request.getAdAccountId());

        var preview = system.http().get("/v1/jobs/" + jobId + "/rollback").body();

        assertThat(preview.path("awaitingConfirmation").asBoolean()).isTrue();
        assertThat(preview.path("triggered").asBoolean()).isFalse();
        assertThat(preview.path("policy").asString()).isEqualTo("CONFIRM");
        assertThat(preview.path("reason").asString()).isNotBlank();
        assertThat(preview.path("entities").valueStream().map(entity -> entity.path("entityType").asString()))
                .containsExactly("ad", "ad", "ad", "ad_set", "ad_set", "ad_set", "campaign");
        assertThat(preview.path("entities").valueStream().map(entity -> entity.path("facebookId").asString()))
                .containsExactlyInAnyOrderElementsOf(Invariants.filledIds(system, jobId));
        assertThat(existing.adSets()).as("nothing is deleted before somebody has said so").hasSize(3);

        assertThat(decide(jobId, "CONFIRM").status()).isEqualTo(202);

        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        Invariants.hold(system, jobId);
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
        assertThat(system.published().eventsOf(jobId, RollbackStarted.class)).singleElement()
                .satisfies(event -> assertThat(event.getConfirmedBy()).isNotNull());
        assertThat(decide(jobId, "CONFIRM").status()).as("the same answer again is no news").isEqualTo(202);
        assertThat(decide(jobId, "DECLINE").status()).as("another answer comes too late").isEqualTo(409);
    }

    @Test
    void keeps_what_exists_when_declined() {
        var request = waitingForAPerson();
        var jobId = RunningSystem.jobId(request);

        assertThat(decide(jobId, "DECLINE").status()).isEqualTo(202);

        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("failed");
        assertThat(job.path("rollback").path("triggered").asBoolean()).isFalse();
        Invariants.hold(system, jobId);
        var existing = system.facebook().campaign(request.getAdAccountId());
        assertThat(existing.adSets()).hasSize(3);
        assertThat(existing.ads()).hasSize(3);
        assertThat(job.path("created").path("adSets").asInt()).isEqualTo(3);
        assertThat(Invariants.filledIds(system, jobId)).hasSize(7);
        assertThat(system.published().eventsOf(jobId, RollbackDeclined.class)).singleElement()
                .satisfies(event -> assertThat(event.getReason()).isEqualTo("because of the test"));
        assertThat(system.published().eventsOf(jobId, EntitiesDeleted.class)).isEmpty();
        assertThat(decide(jobId, "DECLINE").status()).as("the same answer again is no news").isEqualTo(202);
        assertThat(decide(jobId, "CONFIRM").status()).as("another answer comes too late").isEqualTo(409);
    }

    @Test
    void looks_once_more_before_it_ends_a_declined_job_whose_answers_were_lost() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).setRollbackPolicy(RollbackPolicy.CONFIRM).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 2, 2);
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 5, 1);
        var jobId = proposed(request);

        assertThat(decide(jobId, "DECLINE").status()).isEqualTo(202);

        assertThat(system.settled(jobId).path("status").asString()).isEqualTo("failed");
        Invariants.hold(system, jobId);
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).hasSize(4);
        assertThat(Invariants.filledIds(system, jobId)).as("the lost ones are known too").hasSize(9);
    }

    @Test
    void answers_409_where_no_decision_is_waited_for() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).setRollbackPolicy(RollbackPolicy.CONFIRM).build();
        var jobId = RunningSystem.jobId(request);
        assertThat(system.launch(request).path("status").asString()).isEqualTo("completed");

        var answer = decide(jobId, "CONFIRM");

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.body().path("status").asInt()).isEqualTo(409);
        assertThat(answer.body().path("title").asString()).isNotBlank();
        assertThat(system.http().get("/v1/jobs/" + jobId + "/rollback").body().path("awaitingConfirmation")
                .asBoolean(true)).isFalse();
        Invariants.hold(system, jobId);
        assertThat(decide(UUID.randomUUID().toString(), "CONFIRM").status()).isEqualTo(404);
    }

    private CreateCampaign waitingForAPerson() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).setRollbackPolicy(RollbackPolicy.CONFIRM).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 4, 1);
        proposed(request);
        return request;
    }

    private String proposed(CreateCampaign request) {
        var jobId = system.publish(request);
        await("the job waits for a person").atMost(RunningSystem.PATIENCE).ignoreExceptions()
                .until(() -> awaitsConfirmation(system.job(jobId)));
        assertThat(system.job(jobId).path("status").asString()).isEqualTo("in_progress");
        return jobId;
    }

    private static boolean awaitsConfirmation(JsonNode job) {
        return job.path("rollback").path("awaitingConfirmation").asBoolean(false);
    }

    private HttpApi.Response decide(String jobId, String decision) {
        return system.http().post("/v1/jobs/" + jobId + "/rollback",
                Map.of("decision", decision, "reason", "because of the test"), Map.of());
    }
}
