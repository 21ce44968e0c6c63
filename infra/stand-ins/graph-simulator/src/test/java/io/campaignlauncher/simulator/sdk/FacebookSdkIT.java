package io.campaignlauncher.simulator.sdk;

import static io.campaignlauncher.simulator.sdk.SdkClient.error;
import static io.campaignlauncher.simulator.sdk.SdkClient.failure;
import static io.campaignlauncher.simulator.sdk.SdkClient.newAd;
import static io.campaignlauncher.simulator.sdk.SdkClient.newAdSet;
import static io.campaignlauncher.simulator.sdk.SdkClient.newCampaign;
import static io.campaignlauncher.simulator.sdk.SdkClient.newCreative;
import static io.campaignlauncher.simulator.sdk.SdkClient.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import com.facebook.ads.sdk.APIException;
import com.facebook.ads.sdk.APIResponse;
import com.facebook.ads.sdk.Ad;
import com.facebook.ads.sdk.AdAccount;
import com.facebook.ads.sdk.AdSet;
import com.facebook.ads.sdk.Campaign;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.Pictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/**
 * The first of the 26 calls by which graph-api.md (section 6) measures a simulator, made with Facebook's own Java client:
 * what that client understands is not our reading of the documentation alone. Every call has an account of its own. The
 * others, from batches on, are in {@link FacebookSdkBatchesAndFaultsIT}.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class FacebookSdkIT {

    @RegisterExtension
    static final SdkClient sdk = new SdkClient();

    @Test
    void call_01_reads_an_account_with_numbers_as_numbers_and_money_as_strings() throws APIException {
        var account = sdk.account("4101").get().requestAccountStatusField().requestDisableReasonField()
                .requestBalanceField().requestAmountSpentField().requestSpendCapField().requestUserTasksField()
                .execute();
        assertThat(account.getFieldAccountStatus()).isEqualTo(1);
        assertThat(account.getFieldBalance()).isEqualTo("0");
        assertThat(sdk.account("4101").fetch().getFieldAccountStatus()).as("with all fields").isEqualTo(1);
        var raw = account.getRawResponseAsJsonObject();
        assertThat(raw.get("id").getAsString()).isEqualTo("act_4101");
        assertThat(raw.getAsJsonPrimitive("account_status").isNumber()).isTrue();
        assertThat(raw.getAsJsonPrimitive("disable_reason").isNumber()).isTrue();
        for (var money : List.of("balance", "amount_spent", "spend_cap")) {
            assertThat(raw.getAsJsonPrimitive(money).isString()).as(money).isTrue();
        }
    }

    @Test
    void call_02_creates_a_paused_campaign_and_is_told_only_its_id() throws APIException {
        var created = newCampaign(sdk.account("4102"), "Sale").execute();
        assertThat(created.getRawResponseAsJsonObject().keySet()).containsExactly("id");
        assertThat(sdk.simulator.world().object(created.getId()).orElseThrow().status()).isEqualTo("PAUSED");
    }

    @Test
    void call_03_is_refused_a_campaign_without_special_ad_categories_and_told_the_field() {
        var account = sdk.account("4103");
        var failure = failure(() -> account.createCampaign().setName("Sale").setObjective("OUTCOME_SALES")
                .setIsAdsetBudgetSharingEnabled(false).execute());
        assertThat(failure.getCause()).hasMessageContaining("400");
        var error = failure.getRawResponseAsJsonObject().getAsJsonObject("error");
        assertThat(outcome(error)).isEqualTo("100");
        assertThat(error.get("error_data").toString()).contains("special_ad_categories");
    }

    @Test
    void call_04_is_refused_a_campaign_with_neither_budget_nor_a_word_on_sharing_it() {
        var account = sdk.account("4104");
        assertThat(outcome(() -> account.createCampaign().setName("Sale").setObjective("OUTCOME_SALES")
                .setSpecialAdCategories("[]").execute())).isEqualTo("100/4834011");
    }

    @Test
    void call_05_validates_without_storing() throws APIException {
        var answer = newCampaign(sdk.account("4105"), "Sale").setExecutionOptions(List.of(
                Campaign.EnumExecutionOptions.VALUE_VALIDATE_ONLY)).execute();
        assertThat(answer.getRawResponse()).isEqualTo("{\"success\":true}");
        assertThat(answer.getFieldId()).isNull();
        assertThat(sdk.simulator.world().campaigns("4105")).isEmpty();
    }

    @Test
    void call_06_reads_every_field_that_a_campaign_has_and_gets_those_with_a_value() throws APIException {
        assertThat(Campaign.APIRequestGet.FIELDS).hasSize(45);
        var fetched = sdk.campaign(sdk.account("4106"), "Sale").fetch();
        assertThat(fetched.getFieldName()).isEqualTo("Sale");
        assertThat(fetched.getFieldEffectiveStatus()).isEqualTo(Campaign.EnumEffectiveStatus.VALUE_PAUSED);
        assertThat(fetched.getFieldSpecialAdCategories()).containsExactly("NONE");
        var read = fetched.get().requestAllFields().execute().getRawResponseAsJsonObject();
        assertThat(read.keySet()).contains("objective", "created_time").doesNotContain("daily_budget", "stop_time",
                "issues_info");
        assertThat(read.get("created_time").getAsString()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\+0000");
    }

    @Test
    void call_07_reads_many_by_id_and_nothing_when_one_is_wrong() throws APIException {
        var account = sdk.account("4107");
        var one = sdk.campaign(account, "One").getId();
        var two = sdk.campaign(account, "Two").getId();
        var both = Campaign.fetchByIds(List.of(one, two), List.of("name"), sdk.context);
        assertThat(both).extracting(Campaign::getFieldName).containsExactly("One", "Two");
        assertThat(both.getRawResponseAsJsonObject().keySet()).containsExactly(one, two);
        assertThat(outcome(() -> Campaign.fetchByIds(List.of(one, "120299999999999999"), List.of("name"),
                sdk.context))).isEqualTo("803");
    }

    @Test
    void call_08_creates_an_ad_set_with_typed_targeting_and_reads_its_budget_as_a_string() throws APIException {
        var account = sdk.account("4108");
        var adSet = sdk.adSet(account, sdk.campaign(account, "Sale").getId(), "Set").get().requestAllFields().execute();
        assertThat(adSet.getFieldDailyBudget()).isEqualTo("2000");
        assertThat(adSet.getRawResponseAsJsonObject().getAsJsonPrimitive("daily_budget").isString()).isTrue();
        assertThat(adSet.getFieldTargeting().getFieldAgeMin()).isEqualTo(21);
        assertThat(adSet.getFieldTargeting().getFieldGeoLocations().getFieldCountries()).containsExactly("US");
    }

    @Test
    void call_09_is_refused_ad_sets_below_nothing_or_with_a_wrong_budget() throws APIException {
        var account = sdk.account("4109");
        var budgeted = newCampaign(account, "Budgeted").setDailyBudget(5000L).execute().getId();
        var plain = sdk.campaign(account, "Plain").getId();
        assertThat(outcome(() -> newAdSet(account, "120299999999999999", "Set").execute())).isEqualTo("100/33");
        assertThat(outcome(() -> newAdSet(account, budgeted, "Set").execute())).isEqualTo("100/1885621");
        assertThat(outcome(() -> newAdSet(account, plain, "Set").setDailyBudget(1L).execute())).isEqualTo(
                "100/1885272");
    }

    @Test
    void call_10_uploads_an_image_as_a_file_and_as_base64_and_gets_one_hash(@TempDir Path folder) throws Exception {
        var account = sdk.account("4110");
        var bytes = Pictures.png(1);
        var file = Files.write(folder.resolve("picture.png"), bytes);
        var uploaded = account.createAdImage().addUploadFile("file", file.toFile()).execute();
        assertThat(uploaded.getRawResponseAsJsonObject().keySet()).containsExactlyInAnyOrder("hash", "name", "url",
                "width", "height");
        assertThat(uploaded.getFieldName()).isEqualTo("picture.png");
        var again = account.createAdImage().setParam("bytes", Base64.getEncoder().encodeToString(bytes)).execute();
        assertThat(again.getFieldHash()).isEqualTo(uploaded.getFieldHash()).hasSize(32);
        assertThat(account.getAdImages().setHashes(List.of(again.getFieldHash())).execute()).hasSize(1);
    }

    @Test
    void call_11_creates_a_creative_and_may_get_the_id_of_an_equal_one() throws APIException {
        var account = sdk.account("4111");
        var first = newCreative(account, "One").execute();
        assertThat(first.getRawResponseAsJsonObject().keySet()).containsExactly("id");
        assertThat(sdk.creative(account, "Two").getId()).isNotEqualTo(first.getId());
        sdk.simulator.faults().add(Fault.always(FaultTarget.CREATE_CREATIVE, new FaultEffect.CreativeReused()));
        assertThat(sdk.creative(account, "Three").getId()).isEqualTo(first.getId());
        var story = first.get().requestObjectStorySpecField().execute().getFieldObjectStorySpec();
        assertThat(story.getFieldLinkData().getFieldMessage()).isEqualTo("Grüße & \"more\"");
    }

    @Test
    void call_12_creates_a_paused_ad_and_one_that_waits_for_its_review() throws APIException {
        var account = sdk.account("4112");
        var campaign = newCampaign(account, "Sale").setStatus("ACTIVE").execute().getId();
        var adSet = newAdSet(account, campaign, "Set").setStatus("ACTIVE").execute().getId();
        var creative = sdk.creative(account, "Creative").getId();
        var paused = sdk.ad(account, adSet, creative, "Paused").get().requestEffectiveStatusField()
                .requestCreativeField().execute();
        assertThat(paused.getFieldEffectiveStatus()).isEqualTo(Ad.EnumEffectiveStatus.VALUE_PAUSED);
        assertThat(paused.getFieldCreative().getId()).isEqualTo(creative);
        assertThat(paused.fetch().getFieldName()).isEqualTo("Paused");
        assertThat(paused.getFieldCreative().fetch().getFieldName()).isEqualTo("Creative");
        var active = newAd(account, adSet, creative, "Active").setStatus("ACTIVE").execute();
        assertThat(active.get().requestEffectiveStatusField().execute().getFieldEffectiveStatus()).isEqualTo(
                Ad.EnumEffectiveStatus.VALUE_PENDING_REVIEW);
    }

    @Test
    void call_13_walks_edges_page_by_page_to_a_clean_end() throws APIException {
        var account = sdk.account("4113");
        for (int i = 1; i <= 5; i++) {
            sdk.campaign(account, "Sale " + i);
        }
        sdk.campaign(account, "Other");
        var first = sales(account).execute();
        assertThat(first).extracting(Campaign::getFieldName).containsExactly("Sale 5", "Sale 4");
        var paging = first.getRawResponseAsJsonObject().getAsJsonObject("paging");
        assertThat(paging.getAsJsonObject("cursors").keySet()).containsExactly("before", "after");
        assertThat(paging.get("next").getAsString()).startsWith(sdk.simulator.baseUrl() + "/v24.0/act_4113/campaigns?");
        var second = first.nextPage();
        assertThat(second).extracting(Campaign::getFieldName).containsExactly("Sale 3", "Sale 2");
        var third = second.nextPage();
        assertThat(third).extracting(Campaign::getFieldName).containsExactly("Sale 1");
        var past = third.nextPage();
        assertThat(past.getRawResponse()).isEqualTo("{\"data\":[]}");
        assertThat(past.nextPage()).isNull();
        var names = new ArrayList<String>();
        sales(account).execute().withAutoPaginationIterator(true).forEach(each -> names.add(each.getFieldName()));
        assertThat(names).containsExactly("Sale 5", "Sale 4", "Sale 3", "Sale 2", "Sale 1");
        assertThat(account.getAdSets().setParam("limit", 2).requestNameField().execute()).isEmpty();
        assertThat(account.getAds().setParam("limit", 2).requestNameField().execute()).isEmpty();
    }

    private static AdAccount.APIRequestGetCampaigns sales(AdAccount account) {
        return account.getCampaigns().requestNameField().setParam("limit", 2)
                .setEffectiveStatus(List.of(Campaign.EnumEffectiveStatus.VALUE_PAUSED))
                .setParam("filtering", "[{\"field\":\"name\",\"operator\":\"CONTAIN\",\"value\":\"Sale\"}]");
    }

    @Test
    void call_14_reads_what_is_below_a_campaign_and_an_ad_set_but_not_what_was_deleted() throws APIException {
        var account = sdk.account("4114");
        var campaign = sdk.campaign(account, "Sale");
        var kept = sdk.adSet(account, campaign.getId(), "Kept");
        var gone = sdk.adSet(account, campaign.getId(), "Gone");
        var creative = sdk.creative(account, "Creative").getId();
        sdk.ad(account, kept.getId(), creative, "Ad");
        gone.delete().execute();
        assertThat(campaign.getAdSets().requestNameField().execute()).extracting(AdSet::getFieldName)
                .containsExactly("Kept");
        assertThat(kept.getAds().execute()).hasSize(1);
        assertThat(gone.getAds().execute()).isEmpty();
    }

    @Test
    void call_15_pauses_a_campaign_and_what_is_below_it() throws APIException {
        var account = sdk.account("4115");
        var campaign = new Campaign(newCampaign(account, "Sale").setStatus("ACTIVE").execute().getId(), sdk.context);
        var adSet = newAdSet(account, campaign.getId(), "Set").setStatus("ACTIVE").execute();
        var answer = campaign.update().setStatus(Campaign.EnumStatus.VALUE_PAUSED).execute();
        assertThat(answer.getRawResponse()).isEqualTo("{\"success\":true}");
        assertThat(adSet.get().requestEffectiveStatusField().execute().getFieldEffectiveStatus()).isEqualTo(
                AdSet.EnumEffectiveStatus.VALUE_CAMPAIGN_PAUSED);
    }

    @Test
    void call_16_deletes_with_the_token_in_the_body_and_can_still_read_what_is_deleted() throws APIException {
        var account = sdk.account("4116");
        var campaign = sdk.campaign(account, "Sale");
        assertThat(campaign.delete().execute().getRawResponse()).isEqualTo("{\"success\":true}");
        assertThat(campaign.get().requestEffectiveStatusField().execute().getFieldEffectiveStatus()).isEqualTo(
                Campaign.EnumEffectiveStatus.VALUE_DELETED);
        assertThat(account.getCampaigns().execute()).isEmpty();
    }

    @Test
    void call_17_copies_an_ad_set_with_up_to_three_ads_and_finds_the_id_in_the_raw_answer() throws APIException {
        var account = sdk.account("4117");
        var adSet = sdk.adSet(account, sdk.campaign(account, "Sale").getId(), "Set");
        var creative = sdk.creative(account, "Creative").getId();
        for (int i = 1; i <= 3; i++) {
            sdk.ad(account, adSet.getId(), creative, "Ad " + i);
        }
        var shallow = adSet.createCopy().setStatusOption(AdSet.EnumStatusOption.VALUE_PAUSED).execute();
        assertThat(shallow.getFieldId()).as("the client knows no id of a copied ad set").isNull();
        assertThat(copied(shallow)).containsExactly("ad_set");
        var deep = adSet.createCopy().setDeepCopy(true).execute();
        assertThat(copied(deep)).containsExactly("ad_set", "ad", "ad", "ad");
        var id = deep.getRawResponseAsJsonObject().get("copied_adset_id").getAsString();
        assertThat(new AdSet(id, sdk.context).getAds().execute()).hasSize(3);
        assertThat(adSet.getCopies().execute()).hasSize(2);
        sdk.ad(account, adSet.getId(), creative, "Ad 4");
        assertThat(outcome(() -> adSet.createCopy().setDeepCopy(true).execute())).isEqualTo("100");
    }

    private static List<String> copied(APIResponse answer) {
        var types = new ArrayList<String>();
        answer.getRawResponseAsJsonObject().getAsJsonArray("ad_object_ids").forEach(each -> {
            var object = each.getAsJsonObject();
            assertThat(object.keySet()).containsExactly("ad_object_type", "source_id", "copied_id");
            types.add(object.get("ad_object_type").getAsString());
        });
        return types;
    }

    @Test
    void call_18_copies_a_campaign_and_is_told_its_id() throws APIException {
        var campaign = sdk.campaign(sdk.account("4118"), "Sale");
        var copy = campaign.createCopy().setRenameOptions(Map.of("rename_suffix", " again")).execute();
        assertThat(copy.getId()).isEqualTo(copy.getRawResponseAsJsonObject().get("copied_campaign_id").getAsString())
                .isNotEqualTo(campaign.getId());
        assertThat(copy.get().requestNameField().execute().getFieldName()).isEqualTo("Sale again");
    }

    @Test
    void call_19_finds_ad_sets_by_any_or_all_of_their_labels() throws APIException {
        var account = sdk.account("4119");
        var campaign = sdk.campaign(account, "Sale").getId();
        var red = account.createAdLabel().setName("red").execute().getId();
        var big = account.createAdLabel().setName("big").execute().getId();
        newAdSet(account, campaign, "Red").setAdlabels(List.of(Map.of("id", red))).execute();
        newAdSet(account, campaign, "Both").setAdlabels(List.of(Map.of("id", red), Map.of("name", "big"))).execute();
        assertThat(account.getAdSetsByLabels().setAdLabelIds(List.of(red, big)).setOperator(
                AdSet.EnumOperator.VALUE_ANY).requestNameField().execute()).extracting(AdSet::getFieldName)
                .containsExactly("Both", "Red");
        assertThat(account.getAdSetsByLabels().setAdLabelIds(List.of(red, big)).setOperator(
                AdSet.EnumOperator.VALUE_ALL).requestNameField().execute()).extracting(AdSet::getFieldName)
                .containsExactly("Both");
        assertThat(outcome(() -> account.getAdSetsByLabels().setAdLabelIds(List.of("red")).execute())).isEqualTo("100");
    }
}
