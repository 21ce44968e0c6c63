package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.DuplicateName;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The seventh scenario: what a look at the account lets pass and what it refuses, case by case. */
@OnRunningSystem
class VerificationTableIT {

    private final RunningSystem system;

    VerificationTableIT(RunningSystem system) {
        this.system = system;
    }

    @Test
    void refuses_a_disabled_account() {
        var request = Requests.oneFiftyOne("act_1002", 3).build();

        assertThat(refusals(request)).singleElement().asString().contains("disabled");

        var row = lastRow(request);
        assertThat(row).containsEntry("account_accessible", true)
                .containsEntry("account_suspended", true)
                .containsEntry("token_valid", true)
                .containsEntry("duplicate_campaign_exists", false)
                .containsEntry("at_account_limit", false);
    }

    @Test
    void refuses_an_account_with_unpaid_bills() {
        assertThat(refusals(Requests.oneFiftyOne("act_1004", 3).build())).singleElement().asString()
                .contains("unsettled");
    }

    @Test
    void refuses_an_account_at_its_campaign_limit() {
        var request = Requests.oneFiftyOne("act_1003", 3).build();

        assertThat(refusals(request)).singleElement().asString().contains("6000 campaigns of 6000");

        assertThat(lastRow(request)).containsEntry("at_account_limit", true)
                .containsEntry("current_campaign_count", 6000)
                .containsEntry("account_limit", 6000)
                .containsEntry("account_suspended", false);
    }

    @Test
    void refuses_a_campaign_name_that_exists_on_the_account() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var existing = system.facebook().makeCampaign(request.getAdAccountId(), request.getCampaign().getName());

        assertThat(refusals(request)).singleElement().asString()
                .contains(request.getCampaign().getName(), existing);

        assertThat(lastRow(request)).containsEntry("duplicate_campaign_exists", true);
        assertThat(system.facebook().campaign(request.getAdAccountId()).itself().id()).isEqualTo(existing);
    }

    @Test
    void warns_of_a_campaign_name_that_exists_where_the_request_says_so() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).setDuplicateName(DuplicateName.WARN).build();
        system.facebook().makeCampaign(request.getAdAccountId(), request.getCampaign().getName());

        completed(request);

        var row = lastRow(request);
        assertThat(row).containsEntry("duplicate_campaign_exists", true).containsEntry("can_proceed", true);
        assertThat(row.get("warnings").toString()).contains(request.getCampaign().getName());
        assertThat(system.facebook().campaigns(request.getAdAccountId())).hasSize(2);
    }

    @Test
    void refuses_an_expired_token() {
        system.storeToken("expired", "EAAexpired0123456789token");
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).setCredentialId("expired").build();

        assertThat(refusals(request)).singleElement().asString().contains("token").doesNotContain("EAAexpired");

        assertThat(lastRow(request)).containsEntry("token_valid", false);
    }

    @Test
    void refuses_an_invalid_token() {
        system.storeToken("logged-out", "EAAinvalid0123456789token");
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).setCredentialId("logged-out").build();

        assertThat(refusals(request)).singleElement().asString().contains("token").doesNotContain("EAAinvalid");

        assertThat(lastRow(request)).containsEntry("token_valid", false);
    }

    @Test
    void names_every_reason_at_once() {
        var account = system.freshAccount();
        var request = Requests.oneFiftyOne(account, 3).build();
        system.facebook().makeCampaign(account, request.getCampaign().getName());
        system.simulator().world().accountStatus(account, 2);

        var refusals = refusals(request);

        assertThat(refusals).hasSize(2);
        assertThat(String.join("\n", refusals)).contains("disabled", request.getCampaign().getName());
        var history = system.job(RunningSystem.jobId(request)).path("errorHistory").valueStream()
                .map(entry -> entry.path("message").asString())
                .toList();
        assertThat(history).containsExactlyElementsOf(refusals);
    }

    @Test
    void warns_of_a_page_and_a_pixel_that_are_not_listed() {
        var listed = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var request = CreateCampaign.newBuilder(listed).setPageId("1000000002").setPixelId("2000000002")
                .setAdSet(AdSetSpec.newBuilder(listed.getAdSet())
                        .setGraphFields(Map.of("promoted_object",
                                "{\"pixel_id\":\"2000000001\",\"custom_event_type\":\"PURCHASE\"}"))
                        .build())
                .build();

        completed(request);

        assertThat(lastRow(request)).containsEntry("can_proceed", true);
        assertThat(lastRow(request).get("warnings").toString()).contains("page 1000000002", "pixel 2000000002");
    }

    @Test
    void warns_where_the_list_of_pages_may_not_be_read() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        // The fifth edge that a check reads is the list of pages.
        system.fault(request.getAdAccountId(), FaultTarget.READ_EDGE, new FaultEffect.Refused(400, 10, null,
                "(#10) This endpoint requires the 'pages_read_engagement' permission"), 5, 1);

        completed(request);

        assertThat(verifications(request).get(0).path("checks").valueStream()
                .filter(check -> check.path("name").asString().equals("page_usable"))
                .map(check -> check.path("outcome").asString())).containsExactly("WARNED");
    }

    @Test
    void ends_with_facebooks_own_refusal_of_a_page() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).setPageId("1000000002")
                .setAd(new AdSpec("{\"object_story_spec\":{\"page_id\":\"1000000002\","
                        + "\"link_data\":{\"link\":\"https://example.com\",\"message\":\"Hello\"}}}", Map.of()))
                .build();

        var job = system.launch(request);

        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("rolled_back");
        assertThat(job.path("rollback").path("reason").asString()).contains("subcode 1487202");
        Invariants.hold(system, RunningSystem.jobId(request));
    }

    @Test
    void lets_a_valid_request_pass() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();

        completed(request);

        var row = lastRow(request);
        assertThat(row).containsEntry("can_proceed", true)
                .containsEntry("user_id", request.getUserId())
                .containsEntry("ad_account_id", request.getAdAccountId())
                .containsEntry("campaign_name", request.getCampaign().getName())
                .containsEntry("account_accessible", true)
                .containsEntry("account_suspended", false)
                .containsEntry("duplicate_campaign_exists", false)
                .containsEntry("at_account_limit", false)
                .containsEntry("token_valid", true)
                .containsEntry("current_campaign_count", 0)
                .containsEntry("account_limit", 6000);
        assertThat(row.get("warnings")).hasToString("[]");
        assertThat(row.get("errors")).hasToString("[]");
        var looks = verifications(request);
        assertThat(looks).hasSize(1);
        assertThat(looks.get(0).path("checks").valueStream().map(check -> check.path("outcome").asString()))
                .hasSize(9)
                .containsOnly("PASSED");
    }

    @Test
    void asks_again_after_a_time_out_and_does_not_take_it_for_a_refusal() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.fault(request.getAdAccountId(), FaultTarget.READ, FaultEffect.timeout(), 1, 1);

        var job = completed(request);

        assertThat(job.path("retryCount").asInt()).isEqualTo(1);
        var looks = verifications(request);
        assertThat(looks).hasSize(2);
        assertThat(looks.get(0).path("outcome").asString()).isEqualTo("INCONCLUSIVE");
        assertThat(looks.get(0).path("canProceed").asBoolean()).isFalse();
        assertThat(looks.get(0).path("accountSuspended").isNull()).as("not reached").isTrue();
        assertThat(looks.get(1).path("outcome").asString()).isEqualTo("PASSED");
    }

    @Test
    void fails_without_having_created_anything_when_the_account_can_never_be_read() {
        var request = Requests.oneFiftyOne(system.freshAccount(), 3).setRetryBudget(2).build();
        system.fault(request.getAdAccountId(), FaultTarget.READ, FaultEffect.requestLost(), 1, 0);

        assertThat(refusals(request)).singleElement().asString().contains("retries are used up");

        assertThat(verifications(request)).hasSize(3);
        assertThat(system.job(RunningSystem.jobId(request)).path("retryCount").asInt()).isEqualTo(2);
    }

    @Test
    void verifies_for_two_users_at_once_without_mixing_them_up() {
        var account = system.freshAccount();
        var one = Requests.oneFiftyOne(account, 3).build();
        var other = Requests.forAll(account, 2).build();
        system.publish(one);
        system.publish(other);

        completed(one);
        completed(other);

        for (var request : List.of(one, other)) {
            assertThat(verifications(request)).hasSize(1);
            assertThat(lastRow(request)).containsEntry("user_id", request.getUserId())
                    .containsEntry("campaign_name", request.getCampaign().getName());
        }
        assertThat(system.facebook().campaigns(account)).hasSize(2);
    }

    /** Publishing it again does no harm where a test has done so already. */
    private JsonNode completed(CreateCampaign request) {
        var job = system.launch(request);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("completed");
        Invariants.hold(system, RunningSystem.jobId(request));
        return job;
    }

    /** Launches what is to be refused. @return every reason */
    private List<String> refusals(CreateCampaign request) {
        var job = system.launch(request);
        assertThat(job.path("status").asString()).as(job::toPrettyString).isEqualTo("failed");
        var jobId = RunningSystem.jobId(request);
        Invariants.hold(system, jobId);
        assertThat(system.published().eventsOf(jobId, CreationRequested.class)).as("creation was never asked for")
                .isEmpty();
        assertThat(Invariants.filledIds(system, jobId)).isEmpty();
        assertThat(job.path("rollback").path("triggered").asBoolean()).isFalse();
        assertThat(lastRow(request)).containsEntry("can_proceed", false);
        var reasons = system.published().eventsOf(jobId, JobFailed.class).getFirst().getReasons();
        assertThat(job.path("lastError").asString()).isEqualTo(String.join("; ", reasons));
        return reasons;
    }

    private JsonNode verifications(CreateCampaign request) {
        return system.http().get("/v1/jobs/" + RunningSystem.jobId(request) + "/verification").body()
                .path("preCreation");
    }

    /** The last row that the verification left for the auditors. */
    private Map<String, Object> lastRow(CreateCampaign request) {
        return system.sql().sql("""
                select v.* from pre_creation_verifications v join campaign_creation_jobs j on j.id = v.job_id
                where j.job_uuid = ? order by v.attempt desc limit 1""")
                .param(UUID.fromString(RunningSystem.jobId(request)))
                .query()
                .singleRow();
    }
}
