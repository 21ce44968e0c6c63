package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.JobCancelled;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RollbackPolicy;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Somebody cancels a launch while it runs: nothing new is sent, and what exists is taken back. */
@OnRunningSystem
class CancelIT {

    /** Of one round, in the settings of the running system. */
    private static final int IN_FLIGHT_MAX = 50;

    private final RunningSystem system;

    CancelIT(RunningSystem system) {
        this.system = system;
    }

    @AfterEach
    void creation_is_on() {
        turnCreation(true);
    }

    @Test
    void in_the_middle_of_a_launch_no_more_is_sent_than_was_in_flight_and_nothing_is_left() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 150).build();
        var account = request.getAdAccountId();
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofMillis(1500)), 1, 0);
        var jobId = system.publish(request);
        until("ad sets are made", () -> adSets(account) > 0);

        assertThat(cancel(jobId).status()).isEqualTo(202);
        var sentBefore = adSets(account);
        var job = rolledBack(request);

        assertThat(sentBefore).isBetween(1, 149);
        assertThat(everMade(jobId)).as("ad sets that were ever made").isGreaterThanOrEqualTo(sentBefore)
                .isLessThanOrEqualTo(sentBefore + IN_FLIGHT_MAX).isLessThan(150);
        assertThat(system.published().eventsOf(jobId, CreationRequested.class)).hasSize(1);
        assertThat(job.path("cancelled").path("reason").asString()).isEqualTo("the wrong creative");
        assertThat(job.path("cancelled").path("by").asString()).isEqualTo("boss");
        assertThat(job.path("rollback").path("reason").asString()).isEqualTo("cancelled by boss: the wrong creative");
    }

    @Test
    void while_the_campaign_of_50_ad_sets_is_on_its_way_no_ad_set_is_ever_sent() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 50).build();
        var account = request.getAdAccountId();
        system.fault(account, FaultTarget.CREATE_CAMPAIGN, new FaultEffect.Slow(Duration.ofSeconds(2)), 1, 0);
        var jobId = system.publish(request);
        until("the campaign is made", () -> !system.facebook().campaigns(account).isEmpty());

        assertThat(cancel(jobId).status()).isEqualTo(202);
        rolledBack(request);

        assertThat(everMade(jobId)).isZero();
    }

    @Test
    void a_job_that_waits_for_a_limit_is_taken_back_before_the_limit_is_over() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET,
                new FaultEffect.Refused(400, 17, 2446079, "User request limit reached"), 3, 0);
        var jobId = system.publish(request);
        until("it waits for the limit",
                () -> !system.published().eventsOf(jobId, RateLimitReached.class).isEmpty());

        assertThat(cancel(jobId).status()).isEqualTo(202);

        rolledBack(request);
        assertThat(system.published().eventsOf(jobId, JobCancelled.class)).hasSize(1);
    }

    @Test
    void one_that_asks_before_it_deletes_asks_with_the_cancel_as_its_reason() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 150).setRollbackPolicy(RollbackPolicy.CONFIRM)
                .build();
        var account = request.getAdAccountId();
        system.fault(account, FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofMillis(1500)), 1, 0);
        var jobId = system.publish(request);
        until("ad sets are made", () -> adSets(account) > 0);

        assertThat(cancel(jobId).status()).isEqualTo(202);
        until("a person is asked", () -> system.job(jobId).path("rollback").path("awaitingConfirmation")
                .asBoolean(false));

        assertThat(system.job(jobId).path("rollback").path("reason").asString())
                .isEqualTo("cancelled by boss: the wrong creative");
        assertThat(adSets(account)).as("nothing is deleted before somebody has said so").isPositive();
        assertThat(system.http().post("/v1/jobs/" + jobId + "/rollback", Map.of("decision", "CONFIRM"), Map.of())
                .status()).isEqualTo(202);
        rolledBack(request);
    }

    @Test
    void twice_is_once_and_after_the_end_it_is_a_conflict_only_for_a_job_that_nobody_had_cancelled() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_CAMPAIGN, new FaultEffect.Slow(Duration.ofSeconds(2)),
                1, 0);
        var jobId = system.publish(request);
        until("the campaign is made", () -> !system.facebook().campaigns(request.getAdAccountId()).isEmpty());
        assertThat(cancel(jobId).status()).isEqualTo(202);
        assertThat(cancel(jobId).status()).isEqualTo(202);
        rolledBack(request);
        assertThat(cancel(jobId).status()).as("as it was answered before").isEqualTo(202);
        assertThat(system.published().eventsOf(jobId, JobCancelled.class)).hasSize(1);

        var other = Requests.oneFiftyOne(system.freshAccount(), 2).build();
        assertThat(system.launch(other).path("status").asString()).isEqualTo("completed");
        var late = cancel(RunningSystem.jobId(other));
        assertThat(late.status()).isEqualTo(409);
        assertThat(late.body().path("title").asString()).isEqualTo("The job has ended");
        assertThat(system.facebook().campaign(other.getAdAccountId()).adSets()).hasSize(2);
        assertThat(cancel(UUID.randomUUID().toString()).status()).isEqualTo(404);
    }

    @Test
    void while_creation_is_off_a_job_is_cancelled_too_and_nothing_of_it_is_made_when_it_is_on() {
        turnCreation(false);
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        var jobId = system.publish(request);
        until("it is to be created",
                () -> !system.published().eventsOf(jobId, CreationRequested.class).isEmpty());

        assertThat(cancel(jobId).status()).isEqualTo(202);
        turnCreation(true);

        rolledBack(request);
        assertThat(everMade(jobId)).isZero();
    }

    private void turnCreation(boolean enabled) {
        assertThat(system.http().put("/v1/kill-switches/" + KillSwitch.CREATION.wireName(),
                Map.of("enabled", enabled)).status()).isEqualTo(200);
    }

    private HttpApi.Response cancel(String jobId) {
        return system.http().post("/v1/jobs/" + jobId + "/cancel",
                Map.of("reason", "the wrong creative", "userId", "boss"), Map.of());
    }

    private JsonNode rolledBack(CreateCampaign request) {
        var jobId = RunningSystem.jobId(request);
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
        Invariants.hold(system, jobId);
        return job;
    }

    private int adSets(String account) {
        return system.facebook().campaigns(account).stream().mapToInt(campaign -> campaign.adSets().size()).sum();
    }

    /** Ad sets that a slot was ever filled with: what is left of a slot names the one that was deleted. */
    private long everMade(String jobId) {
        return system.slots(jobId).valueStream().filter(slot -> slot.path("entityType").asString().equals("ad_set")
                && !slot.path("facebookId").asString("").isEmpty()).count();
    }

    private static void until(String what, BooleanSupplier condition) {
        await(what).atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }
}
