package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.adOf;
import static io.campaignlauncher.simulator.core.Api.id;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class AdRulesTest {

    private static final String STORY = "{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://example.com\"}}";

    private final Api api = new Api();
    private final String campaign = api.campaign("Sale", "status", "ACTIVE");
    private final String adSet = api.adSet(campaign, "Set", "status", "ACTIVE");

    private String create(String... changes) {
        return outcome(api.post(ACCOUNT + "/ads", adOf(adSet, "Ad", changes)));
    }

    @Test
    void needs_name_ad_set_creative_and_status() {
        for (var parameter : new String[]{ "name", "adset_id", "creative", "status" }) {
            assertThat(create(parameter, "-")).as(parameter).isEqualTo("100");
        }
        assertThat(create("adset_id", campaign)).isEqualTo("100/33");
        assertThat(create("creative", "{\"creative_id\":\"1\"}")).isEqualTo("100/33");
    }

    @Test
    void refuses_a_page_without_an_advertisers_role_on_it() {
        assertThat(create("creative", "{\"object_story_spec\":" + STORY.replace("1000000001", "1000000002") + "}"))
                .isEqualTo(
                        "100/1487202");
        assertThat(outcome(api.post(ACCOUNT + "/adcreatives", "object_story_spec", STORY.replace("1000000001", "77"))))
                .isEqualTo("100/1487202");
    }

    @Test
    void takes_a_creative_by_id_and_a_spec_with_unquoted_keys() {
        var creative = id(api.post(ACCOUNT + "/adcreatives", "name", "C", "object_story_spec", STORY));
        assertThat(create("creative", "{\"creative_id\":\"" + creative + "\"}")).isEqualTo("ok");
        assertThat(create("creative", "{creative_id:" + creative + "}")).isEqualTo("ok");
        assertThat(api.simulator.world().count(ACCOUNT, ObjectKind.CREATIVE)).isEqualTo(1);
    }

    @Test
    void refuses_ads_below_a_deleted_campaign() {
        api.delete(campaign);
        assertThat(create()).isEqualTo("100/1487056");
    }

    @Test
    void holds_fifty_ads_in_an_ad_set_and_no_more() {
        for (int i = 1; i <= 50; i++) {
            api.passes(Duration.ofMillis(20));
            assertThat(create("name", "Ad " + i)).isEqualTo("ok");
        }
        assertThat(create("name", "Ad 51")).isEqualTo("100");
    }

    @Test
    void reviews_an_active_ad_for_a_while() {
        var ad = api.ad(adSet, "Ad", "status", "ACTIVE");
        assertThat(status(ad)).isEqualTo("PENDING_REVIEW");
        api.passes(GraphRules.DEFAULTS.reviewTime());
        assertThat(status(ad)).isEqualTo("ACTIVE");
        assertThat(api.get(ACCOUNT + "/ads_volume").json().path("data").get(0).path("ads_running_or_in_review_count")
                .asInt())
                .isEqualTo(1);
        api.post(adSet, "status", "PAUSED");
        assertThat(status(ad)).isEqualTo("ADSET_PAUSED");
        api.post(campaign, "status", "PAUSED");
        assertThat(status(ad)).isEqualTo("CAMPAIGN_PAUSED");
        assertThat(status(adSet)).isEqualTo("PAUSED");
    }

    @Test
    void gives_equal_creatives_two_ids_unless_told_to_reuse_them() {
        var first = id(api.post(ACCOUNT + "/adcreatives", "name", "C", "object_story_spec", STORY));
        assertThat(id(api.post(ACCOUNT + "/adcreatives", "name", "C", "object_story_spec", STORY))).isNotEqualTo(first);
        api.simulator.faults().add(Fault.always(FaultTarget.CREATE_CREATIVE, new FaultEffect.CreativeReused()));
        assertThat(id(api.post(ACCOUNT + "/adcreatives", "name", "C", "object_story_spec", STORY))).isEqualTo(first);
    }

    private String status(String id) {
        return api.get(id, "fields", "effective_status").json().path("effective_status").asString();
    }
}
