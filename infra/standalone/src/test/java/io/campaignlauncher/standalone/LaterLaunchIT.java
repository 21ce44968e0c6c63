package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.LaunchRescheduled;
import io.campaignlauncher.schemas.LaunchScheduled;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.simulator.core.AccountCurrency;
import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.standalone.Services.Service;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Launches that begin later: by the account's clock, over restarts, moved, cancelled, and checked again at their time. */
@OnRunningSystem
class LaterLaunchIT {

    private static final ZoneId KOLKATA = ZoneId.of("Asia/Kolkata");
    private static final int IN_AN_HOUR = 3600;
    private static final int DISABLED = 2;

    private final RunningSystem system;

    LaterLaunchIT(RunningSystem system) {
        this.system = system;
    }

    /** Also after a test that failed half way. */
    @AfterEach
    void the_job_service_runs_and_creation_is_on() {
        if (!system.services().runs(Service.JOB)) {
            system.services().start(Service.JOB);
        }
        turnCreation(true);
    }

    @Test
    void one_for_three_seconds_ahead_by_the_clock_of_its_account_begins_then_and_not_before() {
        var account = system.freshAccount();
        system.simulator().world().place(account, new AccountPlace(AccountCurrency.USD, KOLKATA));
        var start = ahead(3);
        var request = waiting(account, LocalDateTime.ofInstant(start, KOLKATA).toString());
        var jobId = RunningSystem.jobId(request);
        assertThat(scheduledFor(jobId)).isEqualTo(start);
        var shown = system.job(jobId);
        assertThat(shown.path("status").asString()).isEqualTo("pending");
        assertThat(shown.path("startAt").asString()).isEqualTo(start.toString());
        assertThat(shown.path("timeZone").asString()).isEqualTo("Asia/Kolkata");

        assertThat(settled(request).path("status").asString()).isEqualTo("completed");

        assertThat(begunAt(jobId)).isAfterOrEqualTo(start);
        assertThat(system.published().eventsOf(jobId, PreVerificationCompleted.class)).hasSize(2);
        assertThat(move(jobId, "now").status()).isEqualTo(409);
        Invariants.hold(system, jobId);
    }

    @Test
    void a_restart_of_the_job_service_forgets_no_start_and_what_is_due_by_then_begins() {
        var start = ahead(3);
        var missed = waiting(system.freshAccount(), start.toString());
        var toCome = waiting(system.freshAccount(), ahead(IN_AN_HOUR).toString());

        system.services().stop(Service.JOB);
        until("its time is over", () -> Instant.now().isAfter(start));
        assertThat(system.facebook().campaigns(missed.getAdAccountId())).isEmpty();
        system.services().start(Service.JOB);

        assertThat(settled(missed).path("status").asString()).isEqualTo("completed");
        assertThat(begunAt(RunningSystem.jobId(missed))).isAfterOrEqualTo(start);
        assertThat(system.job(RunningSystem.jobId(toCome)).path("status").asString()).isEqualTo("pending");
        assertThat(move(RunningSystem.jobId(toCome), "now").status()).isEqualTo(202);
        assertThat(settled(toCome).path("status").asString()).isEqualTo("completed");
    }

    @Test
    void a_start_that_is_moved_twice_is_the_last_one_and_the_same_again_adds_nothing() {
        var request = waiting(system.freshAccount(), ahead(IN_AN_HOUR).toString());
        var jobId = RunningSystem.jobId(request);
        assertThat(move(jobId, ahead(2 * IN_AN_HOUR).toString()).status()).isEqualTo(202);
        var start = ahead(2);
        assertThat(move(jobId, start.toString()).status()).isEqualTo(202);
        assertThat(move(jobId, start.toString()).status()).isEqualTo(202);
        assertThat(move(jobId, "2222-01-01T00:00:00Z").status()).isEqualTo(400);
        assertThat(move(jobId, "tomorrow").status()).isEqualTo(400);
        assertThat(move(UUID.randomUUID().toString(), "now").status()).isEqualTo(404);

        assertThat(settled(request).path("status").asString()).isEqualTo("completed");

        assertThat(begunAt(jobId)).isAfterOrEqualTo(start).isBefore(start.plusSeconds(IN_AN_HOUR));
        assertThat(system.published().eventsOf(jobId, LaunchRescheduled.class)).hasSize(2);
        Invariants.hold(system, jobId);
    }

    @Test
    void one_that_is_cancelled_before_its_time_ends_at_once_and_asked_facebook_for_nothing() {
        var request = waiting(system.freshAccount(), ahead(IN_AN_HOUR).toString());
        var jobId = RunningSystem.jobId(request);

        assertThat(system.http().post("/v1/jobs/" + jobId + "/cancel", Map.of("reason", "rain"), Map.of()).status())
                .isEqualTo(202);

        assertThat(settled(request).path("status").asString()).isEqualTo("rolled_back");
        assertThat(system.published().eventsOf(jobId, CreationRequested.class)).isEmpty();
        assertThat(move(jobId, "now").status()).isEqualTo(409);
        Invariants.hold(system, jobId);
    }

    @Test
    void an_account_that_is_disabled_meanwhile_is_found_at_its_time_and_nothing_is_created() {
        var request = waiting(system.freshAccount(), ahead(IN_AN_HOUR).toString());
        system.simulator().world().accountStatus(request.getAdAccountId(), DISABLED);

        assertThat(move(RunningSystem.jobId(request), "now").status()).isEqualTo(202);

        var job = settled(request);
        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.path("lastError").asString()).contains("disabled");
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();
        Invariants.hold(system, RunningSystem.jobId(request));
    }

    @Test
    void a_token_that_is_deleted_meanwhile_is_missed_at_its_time() {
        system.storeToken("for-a-while", RunningSystem.TOKEN);
        var request = waiting(Requests.oneFiftyOne(system.freshAccount(), 1).setCredentialId("for-a-while")
                .setStartAt(ahead(IN_AN_HOUR).toString()).build());
        assertThat(system.http().delete("/v1/credentials/for-a-while").status()).isEqualTo(204);

        assertThat(move(RunningSystem.jobId(request), "now").status()).isEqualTo(202);

        var job = settled(request);
        assertThat(job.path("status").asString()).isEqualTo("failed");
        assertThat(job.path("lastError").asString()).contains("credential for-a-while is not known");
    }

    @Test
    void while_creation_is_off_its_time_comes_and_it_is_made_when_creation_is_on() {
        turnCreation(false);
        var request = waiting(system.freshAccount(), ahead(2).toString());
        var jobId = RunningSystem.jobId(request);
        until("it is to be created", () -> !system.published().eventsOf(jobId, CreationRequested.class).isEmpty());
        assertThat(system.facebook().campaigns(request.getAdAccountId())).isEmpty();

        turnCreation(true);

        assertThat(settled(request).path("status").asString()).isEqualTo("completed");
    }

    @Test
    void its_name_is_taken_while_it_waits() {
        var request = waiting(system.freshAccount(), ahead(IN_AN_HOUR).toString());
        var namesake = Requests.oneFiftyOne(request.getAdAccountId(), 1).setCampaign(request.getCampaign()).build();

        assertThat(system.launch(namesake).path("status").asString()).isEqualTo("failed");
    }

    @Test
    void a_clone_begins_when_the_first_was_asked_to_unless_it_says_otherwise() {
        var start = ahead(IN_AN_HOUR).toString();
        var request = waiting(system.freshAccount(), start);
        assertThat(move(RunningSystem.jobId(request), ahead(2 * IN_AN_HOUR).toString()).status()).isEqualTo(202);

        var same = cloned(request, Map.of("adAccountId", system.freshAccount()));
        var other = cloned(request, Map.of("adAccountId", system.freshAccount(), "startAt", "2020-01-01T00:00:00Z"));

        assertThat(scheduledFor(same)).isEqualTo(start);
        assertThat(system.settled(other).path("status").asString()).isEqualTo("completed");
        assertThat(system.published().eventsOf(other, LaunchScheduled.class)).isEmpty();
        assertThat(system.published().eventsOf(other, JobAccepted.class).getFirst().getRequest().getStartAt())
                .isEqualTo("2020-01-01T00:00:00Z");
    }

    private String cloned(CreateCampaign request, Map<String, Object> changes) {
        var answer = system.http().post("/v1/jobs/" + RunningSystem.jobId(request) + "/clone", changes,
                Map.of("Idempotency-Key", UUID.randomUUID().toString()));
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(202);
        return answer.body().path("jobId").asString();
    }

    private static Instant ahead(int seconds) {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).plusSeconds(seconds);
    }

    private CreateCampaign waiting(String account, String startAt) {
        return waiting(Requests.oneFiftyOne(account, 2).setStartAt(startAt).build());
    }

    /** It is taken, checked, and waits for its start. */
    private CreateCampaign waiting(CreateCampaign request) {
        var answer = system.post(request);
        assertThat(answer.status()).as(answer.body()::toPrettyString).isEqualTo(202);
        scheduledFor(RunningSystem.jobId(request));
        return request;
    }

    private Instant scheduledFor(String jobId) {
        until("it waits for its start", () -> !system.published().eventsOf(jobId, LaunchScheduled.class).isEmpty());
        return system.published().eventsOf(jobId, LaunchScheduled.class).getLast().getStartAt();
    }

    private Instant begunAt(String jobId) {
        return system.published().eventsOf(jobId).stream()
                .filter(event -> event.message() instanceof CreationRequested).findFirst().orElseThrow().envelope()
                .time();
    }

    private HttpApi.Response move(String jobId, String startAt) {
        return system.http().put("/v1/jobs/" + jobId + "/start",
                Map.of("startAt", startAt, "reason", "another time", "userId", "boss"));
    }

    private JsonNode settled(CreateCampaign request) {
        return system.settled(RunningSystem.jobId(request));
    }

    private void turnCreation(boolean enabled) {
        assertThat(system.http().put("/v1/kill-switches/" + KillSwitch.CREATION.wireName(),
                Map.of("enabled", enabled)).status()).isEqualTo(200);
    }

    private static void until(String what, BooleanSupplier condition) {
        await(what).atMost(RunningSystem.PATIENCE).pollInterval(Duration.ofMillis(20)).until(condition::getAsBoolean);
    }
}
