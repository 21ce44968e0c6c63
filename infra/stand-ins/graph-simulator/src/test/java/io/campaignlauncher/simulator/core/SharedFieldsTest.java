package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.id;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Equal objects share what they are made of; nobody must notice. */
class SharedFieldsTest {

    private static final String STORY = "{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://example.com\"}}";

    private final Api api = new Api();

    @Test
    void changes_one_of_two_equal_ad_sets_alone() {
        var campaign = api.campaign("C");
        var one = api.adSet(campaign, "One");
        var two = api.adSet(campaign, "Two");
        api.post(one, "daily_budget", "3000");
        assertThat(budget(one)).isEqualTo("3000");
        assertThat(budget(two)).isEqualTo("2000");
        assertThat(budget(api.adSet(campaign, "Three"))).isEqualTo("2000");
    }

    @Test
    void changes_a_copy_alone() {
        var adSet = api.adSet(api.campaign("C"), "One");
        var copy = api.post(adSet + "/copies", "end_time", "2026-05-01T00:00:00+0000").json().path("copied_adset_id")
                .asString();
        assertThat(api.get(copy, "fields", "end_time").json().path("end_time").asString()).startsWith("2026-05-01");
        assertThat(api.get(adSet, "fields", "end_time").json().has("end_time")).isFalse();
        api.post(copy, "daily_budget", "3000");
        assertThat(budget(adSet)).isEqualTo("2000");
    }

    @Test
    void reuses_an_equal_creative_whatever_its_name_but_no_deleted_one() {
        api.simulator.faults().add(Fault.always(FaultTarget.ANY_CREATE, new FaultEffect.CreativeReused()));
        var first = creative("One");
        assertThat(creative("Two")).isEqualTo(first);
        api.delete(first);
        var second = creative("Three");
        assertThat(second).isNotEqualTo(first);
        assertThat(creative("Four")).isEqualTo(second);
        var ad = id(
                api.post(ACCOUNT + "/ads", "name", "Ad", "status", "PAUSED", "adset_id", api.adSet(api.campaign("C"),
                        "S"), "creative", "{\"name\":\"Five\",\"object_story_spec\":" + STORY + "}"));
        assertThat(api.get(ad, "fields", "creative{id,name}").json().path("creative").path("id").asString()).isEqualTo(
                second);
    }

    private String creative(String name) {
        return id(api.post(ACCOUNT + "/adcreatives", "name", name, "object_story_spec", STORY));
    }

    private String budget(String adSet) {
        return api.get(adSet, "fields", "daily_budget").json().path("daily_budget").asString();
    }
}
