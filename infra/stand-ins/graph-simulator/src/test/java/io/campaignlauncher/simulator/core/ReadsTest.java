package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.UrlEncoded;
import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;
import static io.campaignlauncher.simulator.core.Api.ACCOUNT;
import static io.campaignlauncher.simulator.core.Api.error;
import static io.campaignlauncher.simulator.core.Api.names;
import static io.campaignlauncher.simulator.core.Api.outcome;
import static org.assertj.core.api.Assertions.assertThat;
import tools.jackson.databind.JsonNode;

class ReadsTest {

    private final Api api = new Api();

    private String filter(String field, String operator, String value) {
        return "[{\"field\":\"" + field + "\",\"operator\":\"" + operator + "\",\"value\":" + value + "}]";
    }

    private java.util.List<String> filtered(String field, String operator, String value) {
        return names(api.get(ACCOUNT + "/campaigns", "fields", "name", "filtering", filter(field, operator, value)));
    }

    @Test
    void answers_with_the_id_alone_when_no_fields_are_named() {
        var campaign = api.campaign("Sale");
        assertThat(api.get(campaign).json().propertyNames()).containsExactly("id");
        assertThat(api.get("v24.0/" + campaign + "/").json().path("id").asString()).isEqualTo(campaign);
    }

    @Test
    void refuses_unknown_and_repeated_fields() {
        var campaign = api.campaign("Sale");
        var reply = api.get(campaign, "fields", "name,end_time");
        assertThat(error(reply).path("message").asString()).isEqualTo(
                "(#100) Tried accessing nonexisting field (end_time) on node type (AdCampaignGroup)");
        assertThat(outcome(api.get(campaign, "fields", "name,name"))).isEqualTo("2500");
        assertThat(outcome(api.get(campaign, "fields", "adsets{name"))).isEqualTo("2500");
    }

    @Test
    void reads_several_ids_at_once_and_fails_for_one_bad_id() {
        var first = api.campaign("First");
        var second = api.campaign("Second");
        var both = api.get("/v24.0//", "ids", first + "," + second, "fields", "name").json();
        assertThat(both.path(first).path("name").asString()).isEqualTo("First");
        assertThat(both.path(second).path("id").asString()).isEqualTo(second);
        var bad = api.get("/", "ids", first + ",5");
        assertThat(bad.status()).isEqualTo(404);
        assertThat(outcome(bad)).isEqualTo("803");
    }

    @Test
    void pages_through_an_edge_with_next_addresses_that_carry_everything() {
        for (int i = 1; i <= 7; i++) {
            api.campaign("C" + i);
        }
        var seen = new ArrayList<String>();
        var page = api.get(ACCOUNT + "/campaigns", "fields", "name", "limit", "3", "access_token", Api.TOKEN).json();
        int pages = 1;
        while (true) {
            page.path("data").forEach(each -> seen.add(each.path("name").asString()));
            if (!page.path("paging").has("next")) {
                break;
            }
            var next = page.path("paging").path("next").asString();
            assertThat(next).startsWith("http://simulator/v24.0/act_1001/campaigns?").contains(
                    "access_token=" + Api.TOKEN,
                    "fields=name", "limit=3");
            var query = UrlEncoded.decode(next.substring(next.indexOf('?') + 1));
            page = api.simulator.handle(SimRequest.get(Api.TOKEN, ACCOUNT + "/campaigns", query), api.now).json();
            pages++;
        }
        assertThat(pages).isEqualTo(3);
        assertThat(seen).containsExactly("C7", "C6", "C5", "C4", "C3", "C2", "C1");
        assertThat(page.path("paging").path("cursors").path("after").isString()).isTrue();
        assertThat(page.path("paging").path("previous").isString()).isTrue();
        var last = page.path("paging").path("cursors").path("after").asString();
        assertThat(api.get(ACCOUNT + "/campaigns", "after", last).json()).isEqualTo(Json.data());
        var back = api.get(ACCOUNT + "/campaigns", "fields", "name", "limit", "2", "before", last);
        assertThat(names(back)).containsExactly("C3", "C2");
    }

    @Test
    void gives_twenty_five_on_a_page_and_counts_all_when_asked() {
        for (int i = 1; i <= 30; i++) {
            api.campaign("C" + i);
        }
        var page = api.get(ACCOUNT + "/campaigns", "summary", "total_count").json();
        assertThat(page.path("data")).hasSize(25);
        assertThat(page.path("summary").path("total_count").asInt()).isEqualTo(30);
        assertThat(outcome(api.get(ACCOUNT + "/campaigns", "after", "nonsense!"))).isEqualTo("100");
    }

    @Test
    void filters_by_name_id_status_and_label() {
        var first = api.campaign("Summer sale", "adlabels", "[{\"name\":\"a\"}]");
        api.campaign("Winter sale", "status", "ACTIVE", "adlabels", "[{\"name\":\"a\"},{\"name\":\"b\"}]");
        assertThat(filtered("name", "EQUAL", "\"Summer sale\"")).containsExactly("Summer sale");
        assertThat(filtered("name", "CONTAIN", "\"SALE\"")).hasSize(2);
        assertThat(filtered("name", "NOT_EQUAL", "\"Summer sale\"")).containsExactly("Winter sale");
        assertThat(filtered("name", "IN", "[\"Summer sale\",\"x\"]")).containsExactly("Summer sale");
        assertThat(filtered("id", "IN", "[\"" + first + "\"]")).containsExactly("Summer sale");
        assertThat(filtered("effective_status", "IN", "[\"ACTIVE\"]")).containsExactly("Winter sale");
        assertThat(filtered("adlabels", "ANY", "[\"a\"]")).hasSize(2);
        assertThat(filtered("adlabels", "ALL", "[\"a\",\"b\"]")).containsExactly("Winter sale");
        assertThat(filtered("created_time", "GREATER_THAN", "1")).hasSize(2);
        assertThat(outcome(api.get(ACCOUNT + "/campaigns", "filtering", filter("colour", "EQUAL", "\"red\""))))
                .isEqualTo("100");
        assertThat(outcome(api.get(ACCOUNT + "/campaigns", "filtering", filter("name", "LIKE", "\"x\""))))
                .isEqualTo("100");
    }

    @Test
    void filters_ad_sets_and_ads_by_their_campaign() {
        var first = api.campaign("First");
        var second = api.campaign("Second");
        api.ad(api.adSet(first, "S1"), "A1");
        api.ad(api.adSet(second, "S2"), "A2");
        assertThat(names(api.get(ACCOUNT + "/adsets", "fields", "name", "filtering", filter("campaign.id", "EQUAL", "\""
                + second + "\"")))).containsExactly("S2");
        assertThat(names(api.get(ACCOUNT + "/ads", "fields", "name", "filtering", filter("campaign.name", "EQUAL",
                "\"First\"")))).containsExactly("A1");
    }

    @Test
    void finds_objects_by_label_ids_and_refuses_label_names() {
        api.campaign("A", "adlabels", "[{\"name\":\"run\"}]");
        api.campaign("B", "adlabels", "[{\"name\":\"run\"},{\"name\":\"other\"}]");
        var labels = api.get(ACCOUNT + "/adlabels", "fields", "id,name").json().path("data");
        var run = labels.valueStream().filter(each -> each.path("name").asString().equals("run")).findFirst()
                .orElseThrow();
        var other = labels.valueStream().filter(each -> each.path("name").asString().equals("other")).findFirst()
                .orElseThrow();
        assertThat(byLabels(run)).containsExactly("B", "A");
        assertThat(names(api.get(ACCOUNT + "/campaignsbylabels", "fields", "name", "operator", "ALL", "ad_label_ids",
                "[\""
                        + run.path("id").asString() + "\",\"" + other.path("id").asString() + "\"]")))
                .containsExactly("B");
        assertThat(outcome(api.get(ACCOUNT + "/campaignsbylabels", "ad_label_ids", "[\"run\"]"))).isEqualTo("100");
        assertThat(outcome(api.get(ACCOUNT + "/campaignsbylabels"))).isEqualTo("100");
    }

    private java.util.List<String> byLabels(JsonNode label) {
        return names(api.get(ACCOUNT + "/campaignsbylabels", "fields", "name", "ad_label_ids", "[\"" + label.path("id")
                .asString() + "\"]"));
    }

    @Test
    void puts_labels_on_and_takes_them_off() {
        var campaign = api.campaign("Sale");
        var label = Api.id(api.post(ACCOUNT + "/adlabels", "name", "late"));
        assertThat(Api.id(api.post(ACCOUNT + "/adlabels", "name", "late"))).isEqualTo(label);
        api.post(campaign + "/adlabels", "adlabels", "[{\"id\":\"" + label + "\"}]");
        assertThat(api.simulator.world().campaigns(ACCOUNT).getFirst().labels()).containsExactly("late");
        api.delete(campaign + "/adlabels");
        assertThat(api.simulator.world().campaigns(ACCOUNT).getFirst().labels()).isEmpty();
    }

    @Test
    void shows_new_objects_on_edges_only_after_the_lag_and_by_id_at_once() {
        var lagging = new Api(GraphRules.DEFAULTS.withReadLag(Duration.ofSeconds(5), Duration.ZERO));
        var campaign = lagging.campaign("Sale");
        assertThat(outcome(lagging.get(campaign))).isEqualTo("ok");
        lagging.passes(Duration.ofMillis(4_999));
        assertThat(names(lagging.get(ACCOUNT + "/campaigns", "fields", "name"))).isEmpty();
        lagging.passes(Duration.ofMillis(1));
        assertThat(names(lagging.get(ACCOUNT + "/campaigns", "fields", "name"))).containsExactly("Sale");
    }

    @Test
    void hides_new_objects_from_reads_by_id_for_as_long_as_told() {
        var hiding = new Api(GraphRules.DEFAULTS.withReadLag(Duration.ZERO, Duration.ofSeconds(2)));
        var campaign = hiding.campaign("Sale");
        assertThat(outcome(hiding.get(campaign))).isEqualTo("100/33");
        hiding.passes(Duration.ofSeconds(2));
        assertThat(outcome(hiding.get(campaign))).isEqualTo("ok");
    }

    @Test
    void reads_edges_as_fields() {
        var campaign = api.campaign("Sale");
        api.adSet(campaign, "S1");
        api.adSet(campaign, "S2");
        var node = api.get(campaign, "fields", "name,adsets.limit(1){name}").json();
        assertThat(node.path("adsets").path("data")).hasSize(1);
        assertThat(node.path("adsets").path("data").get(0).path("name").asString()).isEqualTo("S2");
    }
}
