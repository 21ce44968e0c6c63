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
import java.util.function.BooleanSupplier;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The ninth scenario: a service may die at any moment of a launch, and the launch ends as if it had not. */
@OnRunningSystem
class RestartsIT {

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

    @ParameterizedTest
    @ValueSource(ints = { 1, 30, 60 })
    void makes_exactly_what_was_asked_for_when_the_creator_dies_at_ad_set(int adSets) {
        // 80 ad sets, 50 requests at a time, each answered late: some are in flight and some not yet sent when it dies.
        var request = Requests.forAll(system.freshAccount(), 80).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofMillis(400)),
                1,
                0);
        system.publish(request);
        await("ad set " + adSets).atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> adSetsOf(request) >= adSets);

        system.services().context(Service.CREATOR).getBean(CreationWorker.class).dispose();
        system.services().stop(Service.CREATOR);
        int existing = adSetsOf(request);
        system.services().start(Service.CREATOR);

        assertThat(existing).isBetween(adSets, 80);
        completed(request, 80);
        assertThat(system.published().eventsOf(RunningSystem.jobId(request), CreationRoundEnded.class))
                .as("its round was cut short").anyMatch(event -> event.getEnd() == RoundEnd.INTERRUPTED);
        assertThat(system.published().eventsOf(RunningSystem.jobId(request), EntitiesDeleted.class))
                .as("nothing was ever too many").isEmpty();
    }

    @Test
    void makes_exactly_what_was_asked_for_when_the_creator_dies_at_the_campaign() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 5).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_CAMPAIGN, FaultEffect.timeout(), 1, 1);
        system.publish(request);
        await("the campaign").atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(() -> system.facebook().campaigns(request.getAdAccountId()).size() == 1);

        system.services().context(Service.CREATOR).getBean(CreationWorker.class).dispose();
        system.services().stop(Service.CREATOR);
        system.services().start(Service.CREATOR);

        completed(request, 5);
    }

    @ParameterizedTest
    @EnumSource(names = { "CREATOR", "VERIFIER" })
    void waits_for_a_worker_that_is_away(Service worker) {
        system.services().stop(worker);
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var jobId = system.publish(request);
        await("the job is accepted").atMost(RunningSystem.PATIENCE)
                .until(() -> system.http().get("/v1/jobs/" + jobId).status() == 200);

        system.services().start(worker);

        completed(request, 3);
    }

    @Test
    void takes_up_requests_that_came_while_the_job_service_was_away() {
        system.services().stop(Service.JOB);
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.publish(request);

        system.services().start(Service.JOB);

        completed(request, 3);
    }

    @Test
    void goes_on_when_the_job_service_dies_while_entities_are_created() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(1)),
                10, 0);

        restartAt(request, Service.JOB, () -> adSetsOf(request) >= 30);

        completed(request, 50);
    }

    @Test
    void goes_on_when_the_job_service_dies_while_a_job_waits() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 10).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.replyLost(), 5, 3);

        restartAt(request, Service.JOB, () -> published(request,
                RetryScheduled.class));

        completed(request, 10);
    }

    @Test
    void goes_on_when_the_verifier_dies_in_the_middle_of_its_look() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 10).build();
        // The first one of its reads by id is of the account, before the launch.
        system.fault(request.getAdAccountId(), FaultTarget.READ_NODE, new FaultEffect.Slow(Duration.ofMillis(1500)), 2,
                0);

        restartAt(request, Service.VERIFIER, () -> published(request, VerificationRequested.class));

        completed(request, 10);
    }

    @Test
    void leaves_nothing_when_the_rollback_service_dies_in_the_middle_of_a_rollback() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 50).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 41, 1);
        system.fault(request.getAdAccountId(), FaultTarget.DELETE, new FaultEffect.Slow(Duration.ofSeconds(1)), 20, 0);

        restartAt(request, Service.ROLLBACK, () -> published(request, DeletionRequested.class));

        var job = system.settled(RunningSystem.jobId(request));
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        Invariants.hold(system, RunningSystem.jobId(request));
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
    }

    private void restartAt(CreateCampaign request, Service service, BooleanSupplier moment) {
        system.publish(request);
        await("the moment").atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(10))
                .until(moment::getAsBoolean);
        system.services().stop(service);
        system.services().start(service);
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
