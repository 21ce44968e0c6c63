package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.names;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CopiesTest {

    private final Api api = new Api();
    private final String campaign = api.campaign("Sale");
    private final String adSet = api.adSet(campaign, "Set", "status", "ACTIVE");

    @Test
    void copies_an_ad_set_without_its_ads_paused_and_renamed() {
        api.ad(adSet, "Ad");
        var body = api.post(adSet + "/copies").json();
        var copy = body.path("copied_adset_id").asString();
        assertThat(body.path("ad_object_ids").get(0).path("ad_object_type").asString()).isEqualTo("ad_set");
        var node = api.get(copy, "fields", "name,status,source_adset_id,daily_budget").json();
        assertThat(node.path("name").asString()).isEqualTo("Set - Copy");
        assertThat(node.path("status").asString()).isEqualTo("PAUSED");
        assertThat(node.path("source_adset_id").asString()).isEqualTo(adSet);
        assertThat(node.path("daily_budget").asString()).isEqualTo("2000");
        assertThat(api.simulator.world().ads(copy)).isEmpty();
        assertThat(names(api.get(adSet + "/copies", "fields", "name"))).containsExactly("Set - Copy");
    }

    @Test
    void copies_up_to_three_ads_deeply_and_refuses_four() {
        for (int i = 1; i <= 3; i++) {
            api.ad(adSet, "Ad " + i);
        }
        var copy = api
                .post(adSet + "/copies", "deep_copy", "true", "status_option", "INHERITED_FROM_SOURCE",
                        "rename_options",
                        "{\"rename_strategy\":\"DEEP_RENAME\",\"rename_suffix\":\" #2\"}")
                .json().path("copied_adset_id").asString();
        assertThat(api.simulator.world().ads(copy)).extracting(Existing::name).containsExactly("Ad 1 #2", "Ad 2 #2",
                "Ad 3 #2");
        assertThat(api.simulator.world().object(copy).orElseThrow().status()).isEqualTo("ACTIVE");
        api.ad(adSet, "Ad 4");
        assertThat(outcome(api.post(adSet + "/copies", "deep_copy", "true"))).isEqualTo("100");
    }

    @Test
    void copies_a_campaign_and_an_ad() {
        var ad = api.ad(adSet, "Ad");
        var copied = api.post(campaign + "/copies", "deep_copy", "true").json().path("copied_campaign_id").asString();
        assertThat(api.simulator.world().adSets(copied)).hasSize(1);
        assertThat(api.simulator.world().ads(copied)).hasSize(1);
        assertThat(api.post(ad + "/copies", "rename_options", "{\"rename_strategy\":\"NO_RENAME\"}").json().path(
                "copied_ad_id").asString()).isNotEmpty();
        assertThat(api.simulator.world().count(Api.ACCOUNT, "Sale").duplicates()).isEqualTo(1);
    }
}
