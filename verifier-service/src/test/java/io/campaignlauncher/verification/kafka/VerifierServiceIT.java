package io.campaignlauncher.verification.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.CredentialName;
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
import io.campaignlauncher.testing.WorkerEnvironment;
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

    private static WorkerEnvironment environment;
    private static ConfigurableApplicationContext service;

    private final String job = UUID.randomUUID().toString();

    @BeforeAll
    static void start() {
        environment = new WorkerEnvironment(Topic.VERIFICATION_EVENTS);
        service = VerifierService.application()
                .properties("management.server.port=0", "launch.progress.stalled-after=1300ms")
                .run(environment.arguments());
        var credentials = service.getBean(Credentials.class);
        credentials.store(CredentialName.local("default"), "test-token").block(WorkerEnvironment.PATIENCE);
        credentials.store(CredentialName.local("expired"), "expired-token").block(WorkerEnvironment.PATIENCE);
    }

    @AfterAll
    static void stop() {
        service.close();
        environment.close();
    }

    @BeforeEach
    void no_faults() {
        environment.simulator().faults().clear();
    }

    @Test
    void lets_a_valid_request_begin_after_one_http_request() {
        var cause = environment.publish(job, request("act_1001", "Valid").build());

        var answer = environment.envelopeAndReport(job, PreVerificationReported.class, 1);
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
        environment.campaign("act_2001", "Taken", "somebody");
        assertThat(refusals(request("act_2001", "Taken"))).containsExactly("campaign_name_free");

        environment.publish(job, request("act_2001", "Taken").setDuplicateName(DuplicateName.WARN).build());
        var warned = environment.report(job, PreVerificationReported.class, 2);
        assertThat(warned.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(warned.getChecks().get(3).getOutcome()).isEqualTo(CheckOutcome.WARNED);
    }

    @Test
    void warns_of_a_page_and_a_pixel_that_are_not_listed() {
        environment.publish(job,
                request("act_1001", "Foreign").setPageId("1000000002").setPixelId("2000000002").build());

        var report = environment.report(job, PreVerificationReported.class, 1);
        assertThat(report.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(report.getChecks()).filteredOn(check -> check.getOutcome() == CheckOutcome.WARNED)
                .extracting(check -> check.getName()).containsExactly("page_usable", "pixel_usable");
    }

    @Test
    void takes_no_time_out_for_a_refusal() {
        environment.simulator().faults()
                .add(Fault.once(FaultTarget.READ, FaultEffect.timeout()).inAccount("act_2002"));
        environment.publish(job, request("act_2002", "Slow").build());

        var first = environment.report(job, PreVerificationReported.class, 1);
        assertThat(first.getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(first.getFault()).isNotNull();
        environment.publish(job, request("act_2002", "Slow").setAttempt(2).build());
        var second = environment.report(job, PreVerificationReported.class, 2);
        assertThat(second.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(second.getAttempt()).isEqualTo(2);
    }

    @Test
    void is_not_ready_while_a_look_hangs_but_alive() throws Exception {
        await().atMost(WorkerEnvironment.PATIENCE)
                .until(() -> asked(ManagementPage.READINESS).statusCode() == 200);
        assertThat(asked(ManagementPage.READINESS).body()).contains("\"verification\":\"gets on\"", "\"kafka\":",
                "\"start\":");
        environment.simulator().faults()
                .add(Fault.once(FaultTarget.READ, FaultEffect.timeout()).inAccount("act_2003"));
        environment.publish(job, request("act_2003", "Hangs").build());

        await().atMost(WorkerEnvironment.PATIENCE).pollInterval(Duration.ofMillis(20))
                .until(() -> asked(ManagementPage.READINESS).body().contains("\"verification\":\"stalled for "));
        assertThat(asked(ManagementPage.LIVENESS).statusCode()).isEqualTo(200);
        environment.report(job, PreVerificationReported.class, 1);
        await().atMost(WorkerEnvironment.PATIENCE)
                .until(() -> asked(ManagementPage.READINESS).statusCode() == 200);
    }

    @Test
    void with_another_key_it_is_not_ready_says_why_and_leaves_requests_to_others() throws Exception {
        try (var other = VerifierService.application()
                .run(environment.argumentsWithAnotherKey("--management.server.port=0"))) {
            await().atMost(WorkerEnvironment.PATIENCE).untilAsserted(
                    () -> assertThat(asked(other, ManagementPage.READINESS)).returns(503, HttpResponse::statusCode)
                            .returns(true, answer -> answer.body()
                                    .contains("launch.credentials.key opens none of the 2 access tokens")));
            var jobs = IntStream.range(0, 24).mapToObj(i -> job + "-" + i).toList();
            jobs.forEach(id -> environment.publish(id, request("act_1001", "Other key " + id).setJobId(id).build()));

            assertThat(jobs).allSatisfy(
                    id -> assertThat(environment.report(id, PreVerificationReported.class, 1).getOutcome())
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
            environment.publish(jobs.get(i), request(account, "Crowd " + i).setJobId(jobs.get(i)).build());
        }

        for (var i = 0; i < jobs.size(); i++) {
            var report = environment.report(jobs.get(i), PreVerificationReported.class, 1);
            assertThat(report.getJobId()).isEqualTo(jobs.get(i));
            assertThat(report.getOutcome())
                    .isEqualTo(i % 3 == 0 ? VerificationOutcome.REFUSED : VerificationOutcome.PASSED);
        }
    }

    @Test
    void says_the_same_to_a_message_that_comes_twice() {
        environment.publish(job, request("act_1001", "Twice").build());
        environment.publish(job, request("act_1001", "Twice").build());

        assertThat(environment.report(job, PreVerificationReported.class, 2).getOutcome())
                .isEqualTo(VerificationOutcome.PASSED);
    }

    @Test
    void verifies_what_was_created_and_finds_what_is_missing_and_what_is_too_much() {
        var name = "Launch " + job;
        var campaign = environment.campaign("act_2003", name, "job-" + job);
        var adSets = new ArrayList<PlannedEntity>();
        var ads = new ArrayList<PlannedEntity>();
        for (var i = 1; i <= 5; i++) {
            var adSet = environment.adSet("act_2003", name + " - " + i, campaign);
            adSets.add(new PlannedEntity(i, 0, name + " - " + i, adSet, 0));
            ads.add(new PlannedEntity(i, i, "Ad " + i, environment.ad("act_2003", "Ad " + i, adSet), 0));
        }
        var request = VerificationRequested.newBuilder().setJobId(job).setAttempt(1).setAdAccountId("act_2003")
                .setCredentialId("default").setLabel("job-" + job)
                .setCampaign(new PlannedEntity(1, 0, name, campaign, 0)).setAdSets(adSets).setAds(ads);

        environment.publish(job, request.build());
        var passed = environment.report(job, PostVerificationReported.class, 1);
        assertThat(passed.getOutcome()).isEqualTo(VerificationOutcome.PASSED);
        assertThat(List.of(passed.getCampaignsFound(), passed.getAdSetsFound(), passed.getAdsFound()))
                .containsExactly(1, 5, 5);
        assertThat(passed.getHttpCalls()).isEqualTo(1);

        environment.simulator().world().delete(ads.get(1).getFacebookId());
        var surplus = environment.adSet("act_2003", name + " - 3", campaign);
        var twin = environment.campaign("act_2003", name, "job-" + job);
        environment.adSet("act_2003", "made by hand", campaign);
        environment.publish(job, request.setAttempt(2).build());
        var refused = environment.report(job, PostVerificationReported.class, 2);
        assertThat(refused.getOutcome()).isEqualTo(VerificationOutcome.REFUSED);
        assertThat(refused.getMissing()).containsExactly(new SlotRef(EntityType.AD, 2));
        assertThat(refused.getUnknownToSlots()).containsExactlyInAnyOrder(
                new Entity(EntityType.AD_SET, surplus, name + " - 3", 3),
                new Entity(EntityType.CAMPAIGN, twin, name, 1));
    }

    @Test
    void waits_with_not_found_until_reads_can_be_trusted() {
        var campaign = environment.campaign("act_2004", "Silent", "job-" + job);
        var from = Instant.now().plusSeconds(600).truncatedTo(ChronoUnit.MILLIS);
        var request = VerificationRequested.newBuilder().setJobId(job).setAttempt(1).setAdAccountId("act_2004")
                .setCredentialId("default").setLabel("job-" + job)
                .setCampaign(new PlannedEntity(1, 0, "Silent", campaign, 0))
                .setAdSets(List.of(new PlannedEntity(1, 0, "Silent - 1", "120000000000000001", 0))).setAds(List.of());

        environment.publish(job, request.setConclusiveFrom(from).build());
        var early = environment.report(job, PostVerificationReported.class, 1);
        assertThat(early.getOutcome()).isEqualTo(VerificationOutcome.INCONCLUSIVE);
        assertThat(early.getLookAgainAt()).isEqualTo(from);

        environment.publish(job, request.setConclusiveFrom(Instant.now().minusSeconds(1)).build());
        assertThat(environment.report(job, PostVerificationReported.class, 2).getMissing())
                .containsExactly(new SlotRef(EntityType.AD_SET, 1));
    }

    private List<String> refusals(PreVerificationRequested.Builder request) {
        environment.publish(job, request.build());
        var report = environment.report(job, PreVerificationReported.class, 1);
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
