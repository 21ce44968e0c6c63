package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.SwitchedListener;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standalone.Services.Service;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Each kill switch: off, work waits, also over a restart; on, it ends as if nothing had been. */
@OnRunningSystem
class KillSwitchesIT {

    private static final int AD_SETS = 6;

    private final RunningSystem system;

    KillSwitchesIT(RunningSystem system) {
        this.system = system;
    }

    /** Also after a test that failed half way. */
    @AfterEach
    void everything_is_on() {
        for (var which : KillSwitch.values()) {
            turn(which, true);
        }
    }

    @Test
    void with_intake_off_requests_are_accepted_and_wait_while_running_jobs_go_on() {
        var running = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        system.fault(running.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(1)),
                3, 0);
        system.publish(running);
        until("it is being created", () -> !system.facebook().campaigns(running.getAdAccountId()).isEmpty());
        turn(KillSwitch.INTAKE, false);
        until("requests are left alone", () -> !readsRequests());

        var waiting = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        assertThat(system.post(waiting).status()).isEqualTo(202);
        completed(running);
        restart(Service.JOB);

        assertThat(state(KillSwitch.INTAKE).path("enabled").asBoolean()).as("still off").isFalse();
        assertThat(readsRequests()).isFalse();
        assertThat(system.published().eventsOf(RunningSystem.jobId(waiting))).isEmpty();
        assertThat(system.job(RunningSystem.jobId(waiting)).path("status").asString()).isEqualTo("pending");
        assertThat(system.facebook().campaigns(waiting.getAdAccountId())).isEmpty();

        turn(KillSwitch.INTAKE, true);
        completed(waiting);
    }

    @Test
    void with_creation_off_nothing_reaches_facebook_and_rounds_in_progress_end() {
        var running = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        system.fault(running.getAdAccountId(), FaultTarget.CREATE_AD_SET, new FaultEffect.Slow(Duration.ofSeconds(1)),
                3, 0);
        system.publish(running);
        until("it is being created", () -> !system.facebook().campaigns(running.getAdAccountId()).isEmpty());
        turn(KillSwitch.CREATION, false);
        until("the creator has heard", () -> !isOn(Service.CREATOR, KillSwitch.CREATION));

        var waiting = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        var jobId = system.publish(waiting);
        completed(running);
        until("it is to be created",
                () -> !system.published().eventsOf(jobId, CreationRequested.class).isEmpty());
        restart(Service.CREATOR);

        assertThat(isOn(Service.CREATOR, KillSwitch.CREATION)).as("still off").isFalse();
        assertThat(system.facebook().campaigns(waiting.getAdAccountId())).isEmpty();

        turn(KillSwitch.CREATION, true);
        var job = completed(waiting);
        assertThat(job.path("retryCount").asInt()).isZero();
        assertThat(system.published().eventsOf(jobId, CreationRequested.class)).as("asked for once").hasSize(1);
    }

    @Test
    void with_rollback_off_what_exists_stays_and_goes_when_it_is_on() {
        turn(KillSwitch.ROLLBACK, false);
        until("the rollback service has heard", () -> !isOn(Service.ROLLBACK, KillSwitch.ROLLBACK));
        until("it reads no more", () -> !system.services().context(Service.ROLLBACK)
                .getBean(SwitchedListener.class).isReading());
        var request = Requests.oneFiftyOne(system.freshAccount(), AD_SETS).build();
        system.fault(request.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 4, 1);
        var jobId = system.publish(request);
        until("it is to be deleted", () -> !system.published().eventsOf(jobId, DeletionRequested.class).isEmpty());
        restart(Service.ROLLBACK);

        assertThat(isOn(Service.ROLLBACK, KillSwitch.ROLLBACK)).as("still off").isFalse();
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).isNotEmpty();
        assertThat(system.job(jobId).path("status").asString()).isEqualTo("in_progress");

        turn(KillSwitch.ROLLBACK, true);
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
        assertThat(system.published().eventsOf(jobId, DeletionRequested.class))
                .as("asked for once, and once more to see that it is gone").hasSize(2);
        Invariants.hold(system, jobId);
    }

    @Test
    void the_switches_are_listed_measured_and_told_without_touching_readiness() {
        turn(KillSwitch.CREATION, false);
        assertThat(system.http().get("/v1/kill-switches").body().path("killSwitches")).hasSize(3)
                .anySatisfy(one -> assertThat(one.path("name").asString() + one.path("enabled").asBoolean())
                        .isEqualTo("creationfalse"));
        assertThat(state(KillSwitch.CREATION).path("turnedBy").asString()).isEqualTo("local-operator");
        assertThat(system.http().get("/actuator/info").body().path("killSwitches").path("creation").asString())
                .isEqualTo("off");
        assertThat(system.http().get("/actuator/health/readiness").status()).isEqualTo(200);
        assertThat(system.http().get("/v1/kill-switches/espresso").status()).isEqualTo(404);
        var wrong = system.http().put("/v1/kill-switches/creation", Map.of("enabled", "no"));
        assertThat(wrong.status()).isEqualTo(400);
        assertThat(wrong.body().path("errors").path(0).path("field").asString()).isEqualTo("enabled");
    }

    private void turn(KillSwitch which, boolean enabled) {
        var answer = system.http().put("/v1/kill-switches/" + which.wireName(), Map.of("enabled", enabled));
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(200);
        assertThat(state(which).path("enabled").asBoolean()).isEqualTo(enabled);
    }

    private JsonNode state(KillSwitch which) {
        return system.http().get("/v1/kill-switches/" + which.wireName()).body();
    }

    /** As one service has heard it; one that has just been started is waited for. */
    private boolean isOn(Service service, KillSwitch which) {
        var switches = system.services().context(service).getBean(KillSwitches.class);
        switches.known().block(RunningSystem.PATIENCE);
        return switches.isOn(which);
    }

    private boolean readsRequests() {
        return system.services().context(Service.JOB).getBean(SwitchedListener.class).isReading();
    }

    private void restart(Service service) {
        system.services().stop(service);
        system.services().start(service);
    }

    private static void until(String what, BooleanSupplier condition) {
        await(what).atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }

    private JsonNode completed(CreateCampaign request) {
        var jobId = RunningSystem.jobId(request);
        var job = system.settled(jobId);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        assertThat(system.facebook().campaign(request.getAdAccountId()).adSets()).hasSize(AD_SETS);
        Invariants.hold(system, jobId);
        return job;
    }
}
