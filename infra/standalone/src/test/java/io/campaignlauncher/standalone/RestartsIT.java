package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.creation.graph.CreationWorker;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standalone.Services.Service;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The ninth scenario: a service may die at any moment of a launch, and the launch ends as if it had not. */
@OnRunningSystem
class RestartsIT {

    /** Later than the creator lives, and less than its requests wait. */
    private static final FaultEffect LATE = new FaultEffect.Slow(Duration.ofMillis(2500));

    private final RunningSystem system;

    RestartsIT(RunningSystem system) {
        this.system = system;
    }

    @AfterEach
    void every_service_runs_again() {
        for (var service : Service.values()) {
            assertThat(system.services().context(service).isActive()).as(service + " runs").isTrue();
        }
    }

    /** 80 ad sets, 50 of them in a request: it dies while its first one is in flight, and the next not sent yet, or while the last is. */
    @Test
    void makes_exactly_what_was_asked_for_when_the_creator_dies_at_any_of_its_steps_or_is_away() {
        var atCampaign = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.fault(atCampaign.getAdAccountId(), FaultTarget.CREATE_CAMPAIGN, FaultEffect.timeout(), 1, 1);
        var atAdSet = new LinkedHashMap<Integer, CreateCampaign>();
        List.of(1, 51).forEach(number -> {
            var request = Requests.forAll(system.freshAccount(), 80).build();
            system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, LATE, number, 0);
            atAdSet.put(number, request);
        });
        system.publish(atCampaign);
        atAdSet.values().forEach(system::publish);
        until("the campaign", () -> system.facebook().campaigns(atCampaign.getAdAccountId()).size() == 1);
        atAdSet.forEach((number, request) -> until("ad set " + number, () -> adSetsOf(request) >= number));

        system.services().context(Service.CREATOR).getBean(CreationWorker.class).dispose();
        system.services().stop(Service.CREATOR);
        assertThat(adSetsOf(atAdSet.get(1))).isLessThan(80);
        var whileAway = acceptedWhileAway();
        system.services().start(Service.CREATOR);

        completed(atCampaign, 5);
        completed(whileAway, 3);
        atAdSet.values().forEach(request -> {
            completed(request, 80);
            assertThat(system.published().eventsOf(RunningSystem.jobId(request), CreationRoundEnded.class))
                    .as("its round was cut short").anyMatch(event -> event.getEnd() == RoundEnd.INTERRUPTED);
            assertThat(system.published().eventsOf(RunningSystem.jobId(request), EntitiesDeleted.class))
                    .as("nothing was ever too many").isEmpty();
        });
    }

    @Test
    void goes_on_when_the_job_service_dies_while_entities_are_created_or_a_job_waits_and_takes_up_what_came_meanwhile() {
        var creating = Requests.oneFiftyOne(system.freshAccount(), 50).build();
        system.fault(creating.getAdAccountId(), FaultTarget.CREATE_AD_SET, LATE, 31, 0);
        var waiting = Requests.oneFiftyOne(system.freshAccount(), 10).build();
        system.fault(waiting.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 5, 3);
        system.publish(creating);
        system.publish(waiting);
        until("ad set 30", () -> adSetsOf(creating) >= 30);
        until("the wait", () -> published(waiting, RetryScheduled.class));

        system.services().stop(Service.JOB);
        var whileAway = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.publish(whileAway);
        system.services().start(Service.JOB);

        completed(creating, 50);
        completed(waiting, 10);
        completed(whileAway, 3);
    }

    @Test
    void goes_on_when_the_verifier_dies_in_the_middle_of_its_look_or_is_away() {
        var looking = Requests.oneFiftyOne(system.freshAccount(), 10).build();
        // The first one of its reads by id is of the account, before the launch.
        system.fault(looking.getAdAccountId(), FaultTarget.READ_NODE, new FaultEffect.Slow(Duration.ofMillis(1500)), 2,
                0);
        system.publish(looking);
        until("the look", () -> published(looking, VerificationRequested.class));

        system.services().stop(Service.VERIFIER);
        var whileAway = acceptedWhileAway();
        system.services().start(Service.VERIFIER);

        completed(looking, 10);
        completed(whileAway, 3);
    }

    @Test
    void leaves_nothing_when_the_rollback_service_dies_in_the_middle_of_a_rollback() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 41, 1);
        system.fault(request.getAdAccountId(), FaultTarget.DELETE, new FaultEffect.Slow(Duration.ofSeconds(1)), 20, 0);
        system.publish(request);
        until("the deletion", () -> published(request, DeletionRequested.class));

        system.services().stop(Service.ROLLBACK);
        system.services().start(Service.ROLLBACK);

        var job = system.settled(RunningSystem.jobId(request));
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        Invariants.hold(system, RunningSystem.jobId(request));
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
    }

    /** A launch that a worker's service cannot get on with until it runs again. */
    private CreateCampaign acceptedWhileAway() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var jobId = system.publish(request);
        until("the job is accepted", () -> system.http().get("/v1/jobs/" + jobId).status() == 200);
        return request;
    }

    private static void until(String what, BooleanSupplier condition) {
        await(what).atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(10)).until(condition::getAsBoolean);
    }

    private boolean published(CreateCampaign request, Class<? extends SpecificRecord> event) {
        return !system.published().eventsOf(RunningSystem.jobId(request), event).isEmpty();
    }

    private int adSetsOf(CreateCampaign request) {
        return system.facebook().campaigns(request.getAdAccountId()).stream()
                .mapToInt(campaign -> campaign.adSets().size())
                .sum();
    }

    private JsonNode completed(CreateCampaign request, int adSets) {
        var jobId = RunningSystem.jobId(request);
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        Invariants.hold(system, jobId);
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).hasSize(adSets);
        return job;
    }
}
