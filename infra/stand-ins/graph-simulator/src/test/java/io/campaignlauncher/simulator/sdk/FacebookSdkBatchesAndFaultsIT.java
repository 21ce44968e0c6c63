package io.campaignlauncher.simulator.sdk;

import static io.campaignlauncher.simulator.sdk.SdkClient.error;
import static io.campaignlauncher.simulator.sdk.SdkClient.failure;
import static io.campaignlauncher.simulator.sdk.SdkClient.newAd;
import static io.campaignlauncher.simulator.sdk.SdkClient.newAdSet;
import static io.campaignlauncher.simulator.sdk.SdkClient.newCampaign;
import static io.campaignlauncher.simulator.sdk.SdkClient.newCreative;
import static io.campaignlauncher.simulator.sdk.SdkClient.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APINodeList;
import com.facebook.ads.sdk.APIResponse;
import com.facebook.ads.sdk.Ad;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.AdAsyncRequest;
import com.facebook.ads.sdk.AdSet;
import com.facebook.ads.sdk.AsyncSession;
import com.facebook.ads.sdk.BatchRequest;
import com.facebook.ads.sdk.Campaign;
import com.facebook.ads.sdk.Permission;
import com.facebook.ads.sdk.User;
import com.google.gson.JsonObject;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.ObjectKind;
import io.campaignlauncher.simulator.core.RateLimit;
import io.campaignlauncher.standin.Commit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** Calls 20 to 26 of those that {@link FacebookSdkIT} begins: batches, who one is, what goes wrong, what comes later. */
@TestMethodOrder(MethodOrderer.MethodName.class)
class FacebookSdkBatchesAndFaultsIT {

    @RegisterExtension
    static final SdkClient sdk = new SdkClient();

    @Test
    void call_20_creates_a_whole_campaign_in_one_batch_by_references() throws APIException {
        var account = sdk.account("4120");
        var batch = new BatchRequest(sdk.context);
        newCampaign(account, "Sale").addToBatch(batch, "campaign");
        newAdSet(account, "{result=campaign:$.id}", "Set").addToBatch(batch, "set");
        newCreative(account, "Creative").addToBatch(batch, "creative");
        newAd(account, "{result=set:$.id}", "-", "Ad").setCreative("{creative_id:{result=creative:$.id}}")
                .addToBatch(batch, "ad");
        var answers = batch.execute();
        assertThat(answers).hasSize(4).allSatisfy(each -> assertThat(each.getRawResponseAsJsonObject().keySet())
                .containsExactly("id"));
        var ad = ((Ad) answers.get(3).head()).get().requestCampaignIdField().requestAdsetIdField()
                .requestCreativeField().execute();
        assertThat(ad.getFieldCampaignId()).isEqualTo(((Campaign) answers.get(0).head()).getId());
        assertThat(ad.getFieldAdsetId()).isEqualTo(((AdSet) answers.get(1).head()).getId());
        assertThat(ad.getFieldCreative().getId()).isEqualTo(answers.get(2).head().getId());
    }

    @Test
    void call_21_sees_what_fails_in_a_batch_and_what_a_batch_must_not_hold() throws APIException {
        var account = sdk.account("4121");
        var mixed = new BatchRequest(sdk.context);
        newCampaign(account, "One").addToBatch(mixed);
        account.createCampaign().setName("Refused").addToBatch(mixed);
        newCampaign(account, "Lost").addToBatch(mixed);
        newCampaign(account, "Two").addToBatch(mixed);
        sdk.simulator.faults().add(Fault.once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.NullElement(
                Commit.atOnce())).named("Lost"));
        var answers = mixed.execute();
        assertThat(answers.get(0).head().getId()).hasSize(18);
        assertThat(answers.get(1)).isInstanceOf(APIException.FailedRequestException.class);
        assertThat(answers.get(1).getException().getMessage()).contains("\"code\":400", "\\\"code\\\":100");
        assertThat(answers.get(2)).isNull();
        assertThat(answers.get(3).head().getId()).hasSize(18);
        assertThat(sdk.simulator.world().count("4121", ObjectKind.CAMPAIGN)).isEqualTo(3);

        var twoSets = new BatchRequest(sdk.context);
        newAdSet(account, answers.get(0).head().getId(), "A").addToBatch(twoSets);
        newAdSet(account, answers.get(0).head().getId(), "B").addToBatch(twoSets);
        var ofTwo = twoSets.execute();
        assertThat(ofTwo.get(0).head().getId()).hasSize(18);
        assertThat(ofTwo.get(1)).isInstanceOf(APIException.FailedRequestException.class);

        var tooMany = new BatchRequest(sdk.context);
        for (int i = 0; i < 51; i++) {
            newCampaign(account, "Many " + i).addToBatch(tooMany);
        }
        assertThat(outcome(tooMany::execute)).isEqualTo("100");
        sdk.simulator.faults().add(Fault.once(FaultTarget.BATCH, new FaultEffect.ErrorAt200(Commit.never())));
        assertThatThrownBy(mixed::execute).as("the client takes any 200 for a list").isInstanceOf(
                IllegalStateException.class);
    }

    @Test
    void call_22_reads_permissions_accounts_and_pages_of_the_user() throws APIException {
        var me = new User("me", sdk.context);
        assertThat(me.getPermissions().execute()).filteredOn(each -> each.getFieldPermission().equals("ads_management"))
                .extracting(Permission::getFieldStatus).containsExactly("granted");
        assertThat(me.getAdAccounts().requestNameField().requestAccountStatusField().execute()).allSatisfy(
                each -> assertThat(each.getRawResponseAsJsonObject().get("id").getAsString()).startsWith("act_"));
        var pages = me.getAccounts().requestNameField();
        pages.requestField("tasks"); // of which this client knows nothing
        assertThat(pages.execute()).singleElement().satisfies(
                page -> assertThat(page.getRawResponseAsJsonObject().getAsJsonArray("tasks").toString()).contains(
                        "ADVERTISE"));
    }

    @Test
    void call_23_learns_the_app_from_the_token() {
        assertThat(sdk.context(SdkClient.TOKEN, null).getAppID()).isEqualTo("5000000001");
    }

    @Test
    void call_24_proves_that_it_knows_the_app_secret() throws APIException {
        var right = new AdAccount("4124", sdk.context(SdkClient.TOKEN, SdkClient.SECRET));
        for (int i = 1; i <= 3; i++) {
            newCampaign(right, "Sale " + i).execute();
        }
        var first = right.getCampaigns().setParam("limit", 2).execute();
        assertThat(first.getRawResponse()).as("the client appends the proof itself").doesNotContain("appsecret_proof");
        assertThat(first.nextPage()).hasSize(1);
        var batch = new BatchRequest(right.getContext());
        newCampaign(right, "In a batch").addToBatch(batch);
        assertThat(batch.execute().getFirst().head().getId()).hasSize(18);
        var wrong = new AdAccount("4124", sdk.context(SdkClient.TOKEN, "another-secret"));
        assertThat(outcome(() -> newCampaign(wrong, "Not").execute())).isEqualTo("100");
        assertThat(sdk.simulator.world().campaigns("4124", "Not")).isEmpty();
    }

    @Test
    void call_25a_is_told_of_a_dead_token_a_limit_and_a_broken_server() {
        var expired = new AdAccount("4125", sdk.context("expired-token", null));
        assertThat(outcome(() -> newCampaign(expired, "Sale").execute())).isEqualTo("190/463");
        var account = sdk.account("4125");
        for (var each : Map.of(RateLimit.USER_CALLS, "17/2446079", RateLimit.ACCOUNT_CALLS, "613/1487742",
                RateLimit.BUSINESS, "80004").entrySet()) {
            sdk.simulator.world().limit("4125", each.getKey(), Duration.ofMinutes(5));
            var failure = failure(() -> newCampaign(account, "Sale").execute());
            assertThat(outcome(failure.getRawResponseAsJsonObject().getAsJsonObject("error"))).isEqualTo(
                    each.getValue());
            assertThat(failure.getHeader()).containsIgnoringCase("X-Business-Use-Case-Usage").contains(
                    each.getKey() == RateLimit.BUSINESS ? "estimated_time_to_regain_access\\\":5"
                            : "reset_time_duration\\\":300");
            sdk.simulator.world().liftLimits("4125");
        }
        sdk.simulator.faults().add(Fault.once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.ServerError(
                Commit.never())));
        assertThat(error(() -> newCampaign(account, "Sale").execute()).get("is_transient").getAsBoolean()).isTrue();
        sdk.simulator.faults().add(Fault.once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.HtmlPage(Commit.never(),
                500)));
        assertThat(failure(() -> newCampaign(account, "Sale").execute()).getMessage()).startsWith("<!DOCTYPE html>");
    }

    @Test
    void call_25b_takes_an_error_at_200_for_a_success_without_an_id() throws APIException {
        sdk.simulator.faults().add(Fault.once(FaultTarget.CREATE_CAMPAIGN, new FaultEffect.ErrorAt200(
                Commit.never())));
        assertThat(newCampaign(sdk.account("4126"), "Sale").execute().getFieldId()).isNull();
    }

    /** Over http, as the asynchronous part of the client takes no other trust than that of the JDK. */
    @Test
    void call_25d_takes_even_a_refusal_for_a_success_without_an_id_when_it_does_not_wait() throws Exception {
        try (var plain = Simulator.start()) {
            var account = new AdAccount("4131", SdkClient.context(plain.baseUrl().toString(), SdkClient.TOKEN, null));
            var refused = newCampaign(account, "Sale").setStatus("ARCHIVED").executeAsync().get(10, TimeUnit.SECONDS);
            assertThat(refused.getFieldId()).isNull();
            assertThat(outcome(refused.getRawResponseAsJsonObject().getAsJsonObject("error"))).isEqualTo("100");
            var created = newCampaign(account, "Sale").executeAsync().get(10, TimeUnit.SECONDS);
            created.delete().executeAsync().get(10, TimeUnit.SECONDS);
            assertThat(plain.world().object(created.getId()).orElseThrow().status()).isEqualTo("DELETED");
        }
    }

    @Test
    void call_25c_creates_twice_in_silence_when_a_reply_is_lost_unless_told_not_to_repeat(@TempDir Path folder)
            throws Exception {
        var trust = sdk.trustStore(folder);
        for (var repeats : List.of(true, false)) {
            var account = repeats ? "4127" : "4128";
            sdk.simulator.faults().clear();
            sdk.simulator.faults().add(Fault.once(FaultTarget.CREATE_CAMPAIGN, FaultEffect.replyLost()).inAccount(
                    account));
            var said = oneCampaign(trust, account, repeats);
            assertThat(said).startsWith(repeats ? "created" : "failed");
            assertThat(sdk.simulator.world().count("act_" + account, "Sale").campaigns()).isEqualTo(repeats ? 2 : 1);
        }
    }

    private static String oneCampaign(Path trust, String account, boolean repeats) throws Exception {
        var process = new ProcessBuilder(ProcessHandle.current().info().command().orElse("java"),
                "-XX:TieredStopAtLevel=1", "-Dsun.net.http.retryPost=" + repeats,
                "-Djavax.net.ssl.trustStore=" + trust,
                "-Djavax.net.ssl.trustStorePassword=" + new String(SdkClient.STORE_PASSWORD), "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                OneCampaign.class.getName(), sdk.simulator.baseUrl().toString(), account, "Sale")
                .redirectErrorStream(true).start();
        try {
            assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void call_26a_orders_ads_and_sees_the_counters_move_until_all_are_made() throws APIException {
        var account = sdk.account("4129");
        var adSet = sdk.adSet(account, sdk.campaign(account, "Sale").getId(), "Set");
        var creative = "{\"creative_id\":\"" + sdk.creative(account, "Creative").getId() + "\"}";
        var set = account.createAsyncAdRequestSet().setName("Two good, one bad").setAdSpecs(List.of(
                Map.of("name", "One", "adset_id", adSet.getId(), "creative", creative, "status", "PAUSED"),
                Map.of("name", "Bad", "adset_id", "1", "creative", creative, "status", "PAUSED"),
                Map.of("name", "Two", "adset_id", adSet.getId(), "creative", creative, "status", "PAUSED"))).execute();
        var begun = set.get().requestAllFields().execute();
        assertThat(begun.getFieldIsCompleted()).isFalse();
        assertThat(begun.getFieldTotalCount()).isEqualTo(3);
        assertThat(begun.getFieldInProgressCount()).isEqualTo(1);
        assertThat(begun.getFieldInitialCount()).isEqualTo(2);
        sdk.passes(Duration.ofMinutes(1));
        var done = set.fetch();
        assertThat(done.getFieldIsCompleted()).isTrue();
        assertThat(done.getFieldSuccessCount()).isEqualTo(2);
        assertThat(done.getFieldErrorCount()).isEqualTo(1);
        var requests = set.getRequests().requestAllFields().execute();
        assertThat(requests).extracting(AdAsyncRequest::getFieldStatus).containsExactly("SUCCESS", "ERROR", "SUCCESS");
        assertThat(requests.get(1).getFieldResult()).containsEntry("code", "100");
        assertThat(adSet.getAds().execute()).extracting(Ad::getId).containsExactlyInAnyOrder(
                requests.get(0).getFieldResult().get("id"), requests.get(2).getFieldResult().get("id"));
    }

    @Test
    void call_26b_sends_a_batch_and_asks_later_what_became_of_it() throws APIException {
        var account = sdk.account("4130");
        var batch = new BatchRequest(sdk.context);
        newCampaign(account, "Sale").addToBatch(batch, "campaign");
        newAdSet(account, "{result=campaign:$.id}", "Set").addToBatch(batch, "set");
        var sessions = batch.execute(true);
        assertThat(sessions).hasSize(2);
        var first = session(sessions.getFirst());
        assertThat(first.fetch().getFieldStatus()).isEqualTo("IN_PROGRESS");
        assertThat(sdk.simulator.world().campaigns("4130")).isEmpty();
        sdk.passes(Duration.ofMinutes(1));
        assertThat(first.fetch().getFieldStatus()).isEqualTo("SUCCESS");
        assertThat(first.getFieldPercentCompleted()).isEqualTo(100);
        var campaign = sdk.simulator.world().campaigns("4130").getFirst().id();
        assertThat(first.getFieldResult()).isEqualTo("{\"id\":\"" + campaign + "\"}");
        assertThat(new Campaign(campaign, sdk.context).getAdSets().execute()).hasSize(1);
    }

    private static AsyncSession session(APIResponse response) {
        JsonObject shown = response.getRawResponseAsJsonObject();
        APINodeList<?> list = response instanceof APINodeList<?> several ? several : null;
        return new AsyncSession((list == null ? shown : list.head().getRawResponseAsJsonObject()).get("id")
                .getAsString(), sdk.context);
    }
}
