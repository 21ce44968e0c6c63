package io.campaignlauncher.simulator.core;

import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.names;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DeletionTest {

    private final Api api = new Api();
    private final String campaign = api.campaign("Sale", "adlabels", "[{\"name\":\"job-1\"}]");
    private final String adSet = api.adSet(campaign, "Set");
    private final String ad = api.ad(adSet, "Ad");

    private String status(String id) {
        return api.get(id, "fields", "effective_status").json().path("effective_status").asString();
    }

    @Test
    void hides_a_deleted_campaign_and_all_below_it_from_edges_but_not_from_reads_by_id() {
        assertThat(api.delete(campaign).json().path("success").asBoolean()).isTrue();
        for (var edge : new String[]{ ACCOUNT + "/campaigns", ACCOUNT + "/adsets", ACCOUNT + "/ads",
            campaign + "/adsets",
            adSet + "/ads" }) {
            assertThat(api.get(edge).json().path("data").isEmpty()).as(edge).isTrue();
            assertThat(api.get(edge).json().has("paging")).as(edge).isFalse();
        }
        assertThat(status(campaign)).isEqualTo("DELETED");
        assertThat(status(adSet)).isEqualTo("DELETED");
        assertThat(status(ad)).isEqualTo("DELETED");
    }

    @Test
    void leaves_the_ad_set_of_a_deleted_ad_alone() {
        api.delete(ad);
        assertThat(status(ad)).isEqualTo("DELETED");
        assertThat(status(adSet)).isEqualTo("PAUSED");
        assertThat(names(api.get(campaign + "/adsets", "fields", "name"))).containsExactly("Set");
    }

    @Test
    void refuses_a_second_deletion_and_one_of_an_unknown_id() {
        api.delete(campaign);
        assertThat(outcome(api.delete(campaign))).isEqualTo("100/33");
        assertThat(outcome(api.delete(ad))).isEqualTo("100/33");
        assertThat(outcome(api.delete("120299999999999999"))).isEqualTo("100/33");
    }

    @Test
    void deletes_by_a_status_too() {
        api.post(adSet, "status", "DELETED");
        assertThat(status(ad)).isEqualTo("DELETED");
        assertThat(api.simulator.world().count(ACCOUNT, "Sale")).isEqualTo(new WorldView.Count(1, 0, 0, 0));
    }

    @Test
    void lets_only_the_name_of_a_deleted_object_change() {
        api.delete(adSet);
        assertThat(outcome(api.post(adSet, "daily_budget", "3000"))).isEqualTo("100/1487056");
        assertThat(outcome(api.post(adSet, "status", "ACTIVE"))).isEqualTo("100/1487056");
        assertThat(outcome(api.post(adSet, "name", "Gone"))).isEqualTo("ok");
        assertThat(api.get(adSet, "fields", "name").json().path("name").asString()).isEqualTo("Gone");
    }

    @Test
    void shows_archived_objects_only_when_asked_for() {
        api.post(campaign, "status", "ARCHIVED");
        assertThat(names(api.get(ACCOUNT + "/campaigns", "fields", "name"))).isEmpty();
        assertThat(names(api.get(ACCOUNT + "/campaigns", "fields", "name", "effective_status", "[\"ARCHIVED\"]")))
                .containsExactly("Sale");
        assertThat(names(api.get(ACCOUNT + "/adsets", "fields", "name"))).isEmpty();
        assertThat(outcome(api.post(campaign, "status", "ACTIVE"))).isEqualTo("100/1487056");
        assertThat(outcome(api.delete(campaign))).isEqualTo("ok");
    }

    @Test
    void no_longer_finds_a_deleted_campaign_by_its_label() {
        var label = api.get(ACCOUNT + "/adlabels").json().path("data").get(0).path("id").asString();
        var ids = "[\"" + label + "\"]";
        assertThat(api.get(ACCOUNT + "/campaignsbylabels", "ad_label_ids", ids).json().path("data")).hasSize(1);
        api.delete(campaign);
        assertThat(api.get(ACCOUNT + "/campaignsbylabels", "ad_label_ids", ids).json().path("data").isEmpty()).isTrue();
    }

    @Test
    void updates_and_pauses() {
        assertThat(api.post(campaign, "name", "Autumn", "status", "ACTIVE").json().path("success").asBoolean())
                .isTrue();
        assertThat(api.simulator.world().campaigns(ACCOUNT).getFirst().name()).isEqualTo("Autumn");
        assertThat(outcome(api.post(adSet, "daily_budget", "99"))).isEqualTo("100/1885272");
        assertThat(outcome(api.post(adSet, "daily_budget", "3000"))).isEqualTo("ok");
        assertThat(api.get(adSet, "fields", "daily_budget").json().path("daily_budget").asString()).isEqualTo("3000");
        assertThat(outcome(api.post(campaign, "status", "SLEEPING"))).isEqualTo("100");
        assertThat(outcome(api.post("120299999999999999", "name", "x"))).isEqualTo("100/33");
    }
}
