package io.campaignlauncher.verification.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.ManagementPage;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.DuplicateName;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.schemas.VerificationRequested;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.testing.WorkerSurroundings;
import io.campaignlauncher.verification.VerifierService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.ConfigurableApplicationContext;

/** The verifier between a real broker and the simulated Facebook: the verification table, and verifications of real entities. */
class VerifierServiceIT {

    private static WorkerSurroundings surroundings;
    private static ConfigurableApplicationContext service;

    private final String job = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        surroundings = new WorkerSurroundings(Topic.VERIFICATION_EVENTS);
        service = VerifierService.application()
                .properties("management.server.port=0", "launch.progress.stalled-after=1300ms")
                .run(surroundings.arguments());
        var credentials = service.getBean(Credentials.class);
        credentials.store("default", "test-token").block(WorkerSurroundings.PATIENCE);
        credentials.store("expired", "expired-token").block(WorkerSurroundings.PATIENCE);
    }

    @AfterAll
    static void stop() {
        service.close();
        surroundings.close();
    }

    @BeforeEach
    void no_faults() {
        surroundings.simulator().faults().clear();
    }

    @Test
    void lets_a_valid_request_begin_after_one_http_request() {
        var cause = surroundings.publish(job, request("act_1001", "Valid").build());

        var answer = surroundings.envelopeAndReport(job, PreVerificationReported.class, 1);
        var report = (PreVerificationReported) answer.message();
        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getChecks()).hasSize(9)
                .allMatch(check -> check.getOutcome() == CheckOutcome.PASSED, "passed");
        assertThat(report.getHttpCalls()).isEqualTo(1);
        assertThat(report.getCampaignCount()).isNotNull();
        assertThat(answer.envelope().source()).isEqualTo("/verifier-service");
        assertThat(answer.envelope().causationId()).isEqualTo(cause);
        assertThat(answer.envelope().correlationId()).isEqualTo(job);
    }

    @Test
    void refuses_a_suspended_account() {
        assertThat(refusals(request("act_1002", "Suspended"))).contains("account_active");
    }

    @Test
    void refuses_an_account_at_its_limit() {
        assertThat(refusals(request("act_1003", "Full"))).containsExactly("campaign_room");
    }

    @Test
    void refuses_an_expired_token() {
        assertThat(refusals(request("act_1001", "Expired").setCredentialId("expired"))).containsExactly("token_valid");
    }

    @Test
    void refuses_a_credential_that_nobody_stored() {
        assertThat(refusals(request("act_1001", "Nobody's").setCredentialId("nobody's")))
                .containsExactly("token_valid");
    }

    @Test
    void refuses_or_warns_of_a_duplicate_name() {
        surroundings.campaign("act_2001", "Taken", "somebody");
        assertThat(refusals(request("act_2001", "Taken"))).containsExactly("campaign_name_free");

        surroundings.publish(job, request("act_2001", "Taken").setDuplicateName(DuplicateName.WARN).build());
        var warned = surroundings.report(job, PreVerificationReported.class, 2);
        assertThat(warned.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(warned.getChecks().get(3).getOutcome()).isEqualTo(CheckOutcome.WARNED);
    }

    @Test
    void warns_of_a_page_and_a_pixel_that_are_not_listed() {
        surroundings.publish(job,
                request("act_1001", "Foreign").setPageId("1000000002").setPixelId("2000000002").build());

        var report = surroundings.report(job, PreVerificationReported.class, 1);
        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getChecks()).filteredOn(check -> check.getOutcome() == CheckOutcome.WARNED)
                .extracting(check -> check.getName()).containsExactly("page_usable", "pixel_usable");
    }

    @Test
    void takes_no_time_out_for_a_refusal() {
        surroundings.simulator().faults()
                .add(Fault.once(FaultTarget.READ, FaultEffect.timeout()).inAccount("act_2002"));
        surroundings.publish(job, request("act_2002", "Slow").build());

        var first = surroundings.report(job, PreVerificationReported.class, 1);
        assertThat(first.getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(first.getFault()).isNotNull();
        surroundings.publish(job, request("act_2002", "Slow").setAttempt(2).build());
        var second = surroundings.report(job, PreVerificationReported.class, 2);
        assertThat(second.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(second.getAttempt()).isEqualTo(2);
    }

    @Test
    void is_not_ready_while_a_look_hangs_but_alive() throws Exception {
        await().atMost(WorkerSurroundings.PATIENCE)
                .until(() -> asked(ManagementPage.READINESS).statusCode() == 200);
        assertThat(asked(ManagementPage.READINESS).body()).contains("\"verification\":\"gets on\"", "\"kafka\":",
                "\"start\":");
        surroundings.simulator().faults()
                .add(Fault.once(FaultTarget.READ, FaultEffect.timeout()).inAccount("act_2003"));
        surroundings.publish(job, request("act_2003", "Hangs").build());

        await().atMost(WorkerSurroundings.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> asked(ManagementPage.READINESS).body().contains("\"verification\":\"stalled for "));
        assertThat(asked(ManagementPage.LIVENESS).statusCode()).isEqualTo(200);
        surroundings.report(job, PreVerificationReported.class, 1);
        await().atMost(WorkerSurroundings.PATIENCE)
                .until(() -> asked(ManagementPage.READINESS).statusCode() == 200);
    }

    @Test
    void with_another_key_it_is_not_ready_says_why_and_leaves_requests_to_others() throws Exception {
        try (var other = VerifierService.application()
                .run(surroundings.argumentsWithAnotherKey("--management.server.port=0"))) {
            await().atMost(WorkerSurroundings.PATIENCE).untilAsserted(
                    () -> assertThat(asked(other, ManagementPage.READINESS)).returns(503, HttpResponse::statusCode)
                            .returns(true, answer -> answer.body()
                                    .contains("launch.credentials.key opens none of the 2 access tokens")));
            var jobs = IntStream.range(0, 24).mapToObj(i -> job + "-" + i).toList();
            jobs.forEach(id -> surroundings.publish(id, request("act_1001", "Other key " + id).setJobId(id).build()));

            assertThat(jobs).allSatisfy(
                    id -> assertThat(surroundings.report(id, PreVerificationReported.class, 1).getOutcome())
                            .isEqualTo(VerificationOutcome.PASSED));
            assertThat(asked(other, ManagementPage.LIVENESS).statusCode()).isEqualTo(200);
        }
    }

    private static HttpResponse<String> asked(String path) throws Exception {
        return asked(service, path);
    }

    private static HttpResponse<String> asked(ConfigurableApplicationContext service, String path) throws Exception {
        try (var client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(
                    "http://127.0.0.1:" + service.getBean(ManagementPage.class).port() + path)).build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void answers_many_users_at_once_each_with_their_own() {
        var jobs = IntStream.range(0, 60).mapToObj(i -> job + "-" + i).toList();
        for (var i = 0; i < jobs.size(); i++) {
            var account = i % 3 == 0 ? "act_1002" : "act_3" + i;
            surroundings.publish(jobs.get(i), request(account, "Crowd " + i).setJobId(jobs.get(i)).build());
        }

        for (var i = 0; i < jobs.size(); i++) {
            var report = surroundings.report(jobs.get(i), PreVerificationReported.class, 1);
            assertThat(report.getJobId()).isEqualTo(jobs.get(i));
            assertThat(report.getOutcome())
                    .isEqualTo(i % 3 == 0 ? VerificationOutcome.REFUSED : VerificationOutcome.PASSED);
        }
    }

    @Test
    void says_the_same_to_a_message_that_comes_twice() {
        surroundings.publish(job, request("act_1001", "Twice").build());
        surroundings.publish(job, request("act_1001", "Twice").build());

        assertThat(surroundings.report(job, PreVerificationReported.class, 2).getOutcome())
                .isEqualTo(VerificationOutcome.PASSED);
    }

    @Test
    void verifies_what_was_created_and_finds_what_is_missing_and_what_is_too_much() {
        var name = "Launch " + job;
        var campaign = surroundings.campaign("act_2003", name, "job-" + job);
        var adSets = new ArrayList<PlannedEntity>();
        var ads = new ArrayList<PlannedEntity>();
        for (var i = 1; i <= 5; i++) {
            var adSet = surroundings.adSet("act_2003", name + " - " + i, campaign);
            adSets.add(new PlannedEntity(i, 0, name + " - " + i, adSet));
            ads.add(new PlannedEntity(i, i, "Ad " + i, surroundings.ad("act_2003", "Ad " + i, adSet)));
        }
        var request = VerificationRequested.newBuilder().setJobId(job).setAttempt(1).setAdAccountId("act_2003")
                .setCredentialId("default").setLabel("job-" + job)
                .setCampaign(new PlannedEntity(1, 0, name, campaign)).setAdSets(adSets).setAds(ads);

        surroundings.publish(job, request.build());
        var passed = surroundings.report(job, PostVerificationReported.class, 1);
        assertThat(passed.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(List.of(passed.getCampaignsFound(), passed.getAdSetsFound(), passed.getAdsFound()))
                .containsExactly(1, 5, 5);
        assertThat(passed.getHttpCalls()).isEqualTo(1);

        surroundings.simulator().world().delete(ads.get(1).getFacebookId());
        var surplus = surroundings.adSet("act_2003", name + " - 3", campaign);
        var twin = surroundings.campaign("act_2003", name, "job-" + job);
        surroundings.adSet("act_2003", "made by hand", campaign);
        surroundings.publish(job, request.setAttempt(2).build());
        var refused = surroundings.report(job, PostVerificationReported.class, 2);
        assertThat(refused.getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(refused.getMissing()).containsExactly(new SlotRef(EntityType.AD, 2));
        assertThat(refused.getUnknownToSlots()).containsExactlyInAnyOrder(
                new Entity(EntityType.AD_SET, surplus, name + " - 3", 3),
                new Entity(EntityType.CAMPAIGN, twin, name, 1));
    }

    @Test
    void waits_with_not_found_until_reads_can_be_trusted() {
        var campaign = surroundings.campaign("act_2004", "Silent", "job-" + job);
        var from = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        var request = VerificationRequested.newBuilder().setJobId(job).setAttempt(1).setAdAccountId("act_2004")
                .setCredentialId("default").setLabel("job-" + job)
                .setCampaign(new PlannedEntity(1, 0, "Silent", campaign))
                .setAdSets(List.of(new PlannedEntity(1, 0, "Silent - 1", "120000000000000001"))).setAds(List.of());

        surroundings.publish(job, request.setConclusiveFrom(from).build());
        var early = surroundings.report(job, PostVerificationReported.class, 1);
        assertThat(early.getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(early.getLookAgainAt()).isEqualTo(from);

        surroundings.publish(job, request.setConclusiveFrom(Instant.now().minusSeconds(1)).build());
        assertThat(surroundings.report(job, PostVerificationReported.class, 2).getMissing())
                .containsExactly(new SlotRef(EntityType.AD_SET, 1));
    }

    private List<String> refusals(PreVerificationRequested.Builder request) {
        surroundings.publish(job, request.build());
        var report = surroundings.report(job, PreVerificationReported.class, 1);
        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        return report.getChecks().stream().filter(check -> check.getOutcome() == CheckOutcome.FAILED)
                .map(check -> check.getName()).toList();
    }

    private PreVerificationRequested.Builder request(String account, String name) {
        return PreVerificationRequested.newBuilder().setJobId(job).setAttempt(1).setAdAccountId(account)
                .setCredentialId("default").setCampaignName(name).setDuplicateName(DuplicateName.REJECT).setAdSets(50)
                .setAds(50).setPageId("1000000001").setPixelId("2000000001");
    }
}
