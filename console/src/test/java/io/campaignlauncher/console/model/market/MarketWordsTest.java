package io.campaignlauncher.console.model.market;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.console.model.Problem;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the marketplace's pages say. */
class MarketWordsTest {

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static Target target(String status, String escrow, String job) {
        return Target.of(json("""
                {"id":"t","campaignId":"c","advertiserId":"ann","status":"%s","version":1,"amount":"10.00",
                 "place":"telegram","text":"Otters\\nand more","updatedAt":"","escrow":%s,"postJob":%s}
                """.formatted(status, escrow, job)));
    }

    private static String held(String status) {
        return "{\"id\":\"e\",\"status\":\"" + status
                + "\",\"amount\":\"10.00\",\"commission\":\"1.00\",\"since\":\"\"}";
    }

    private static String job(String status, String doubt) {
        return "{\"id\":\"j\",\"status\":\"" + status + "\",\"since\":\"\",\"doubt\":" + doubt + "}";
    }

    @Test
    void every_state_has_a_word_and_a_shape_of_its_own() {
        for (var marks : List.of(
                Stream.of("draft", "active", "paused", "completed", "cancelled").map(Mark::ofCampaign).toList(),
                Stream.of("draft", "submitted", "rejected", "approved", "posted", "refunded").map(Mark::ofTarget)
                        .toList(),
                Stream.of("held", "released", "refunded").map(Mark::ofEscrow).toList(),
                Stream.of("queued", "posting", "posted", "failed").map(Mark::ofPost).toList(),
                Stream.of("ready", "on_hold").map(Mark::ofChannel).toList(),
                Stream.of("proposed", "approved").map(Mark::ofCorrection).toList())) {
            assertThat(marks).extracting(Mark::word).doesNotHaveDuplicates().doesNotContain("not known");
        }
        assertThat(Mark.ofTarget("new one").word()).isEqualTo("not known");
    }

    @Test
    void a_campaign_offers_what_its_state_allows() {
        assertThat(verbs("draft")).containsExactly("activate", "cancel");
        assertThat(verbs("active")).containsExactly("pause", "complete", "cancel");
        assertThat(verbs("paused")).containsExactly("resume", "complete", "cancel");
        assertThat(verbs("completed")).isEmpty();
        assertThat(verbs("cancelled")).isEmpty();
    }

    private static List<String> verbs(String status) {
        return Campaign.of(json("{\"status\":\"" + status + "\"}")).changes().stream().map(Campaign.Change::verb)
                .toList();
    }

    @Test
    void a_budget_says_what_is_left_of_it() {
        var campaign = Campaign.of(json("{\"totalBudget\":\"1000.00\",\"held\":\"20.00\",\"spent\":\"250.00\"}"));

        assertThat(campaign.budgetInWords()).isEqualTo("250.00 spent, 20.00 held, 730.00 free of 1,000.00");
        assertThat(List.of(campaign.spentPercent(), campaign.heldPercent())).containsExactly(25, 2);
    }

    @Test
    void a_target_says_where_its_post_and_its_money_are() {
        assertThat(target("approved", held("held"), job("queued", "null")).sentence())
                .isEqualTo("It goes out as soon as it is its turn.");
        assertThat(target("approved", held("held"), job("posting", "\"no answer\"")).sentence())
                .startsWith("Nobody knows whether it is out.");
        assertThat(target("posted", held("held"), job("posted", "null")).sentence()).contains("after one more look");
        var paid = target("posted", held("released"), job("posted", "null"));
        assertThat(paid.sentence()).endsWith("is paid.");
        assertThat(Objects.requireNonNull(paid.money()).sentence(false))
                .isEqualTo("9.00 is paid to the publisher, 1.00 is the commission.");
        assertThat(target("draft", "null", "null").content().line()).isEqualTo("Otters");
    }

    @Test
    void what_may_be_said_of_an_unknown_post_follows_from_what_is_not_known() {
        var outcome = UnknownPost.of(unknown("approved", "held", "posting"));
        assertThat(List.of(outcome.mayBeThere(), outcome.mayBeNone())).containsExactly(true, true);
        assertThat(outcome.ifNone()).contains("10.00 comes back");
        var missing = UnknownPost.of(unknown("posted", "held", "posted"));
        assertThat(List.of(missing.mayBeThere(), missing.mayBeNone())).containsExactly(true, false);
        var suspected = UnknownPost.of(unknown("refunded", "refunded", "failed"));
        assertThat(List.of(suspected.mayBeThere(), suspected.mayBeNone())).containsExactly(false, true);
        assertThat(suspected.ifNone()).startsWith("No money moves");
    }

    private static JsonNode unknown(String target, String escrow, String job) {
        return json("{\"id\":\"t\",\"status\":\"" + target + "\",\"place\":\"telegram\",\"text\":\"x\",\"escrow\":"
                + held(escrow) + ",\"postJob\":" + job(job, "\"as it was\"") + "}");
    }

    @Test
    void an_entry_leads_to_what_it_was_for_where_who_looks_may_see_that() {
        assertThat(entry("escrow_hold", "-10.00").address()).isEqualTo("/console/market/campaigns/c/targets/t");
        assertThat(entry("escrow_release", "9.00").address()).isEmpty();
        assertThat(entry("correction", "0.50").what()).isEqualTo("Correction in your favour");
    }

    private static Entry entry(String type, String amount) {
        return Entry.of(json("{\"type\":\"" + type + "\",\"amount\":\"" + amount
                + "\",\"balanceAfter\":\"1.00\",\"campaignId\":\"c\",\"targetId\":\"t\"}"));
    }

    @Test
    void history_is_told_without_the_books_telling_it_twice() {
        var happened = Happened.of(json("""
                {"events":[{"action":"moderation_rejected","role":"system","reason":"nobody judged it","at":"b"},
                 {"action":"money_moved","role":"moderator","at":"a"},
                 {"action":"escrow_held","role":"moderator","amount":"10.00","at":"a"},
                 {"action":"of tomorrow","at":"a"}]}"""));

        assertThat(happened).extracting(Happened::sentence).containsExactly("Not judged in time: nobody judged it",
                "10.00 was taken from the wallet and is held.", "Something happened that this page has no words for.");
    }

    @Test
    void a_form_keeps_what_was_typed_and_has_each_mistake_at_its_field() {
        var typed = new Typed(Map.of("name", "x"), new Problem(400, "Wrong", "Wrong", List.of(
                new Problem.Mistake("launch.adSet", "is needed"), new Problem.Mistake("elsewhere", "is odd")), ""),
                "k");

        assertThat(typed.value("name")).isEqualTo("x");
        assertThat(typed.mistake("launch")).isEqualTo("launch.adSet is needed");
        assertThat(typed.mistake("name")).isEmpty();
        var beside = Objects.requireNonNull(typed.problemBeside(Set.of("launch", "name")));
        assertThat(beside.mistakes()).extracting(Problem.Mistake::field).containsExactly("elsewhere");
        assertThat(beside.detail()).isEmpty();
    }

    @Test
    void the_next_case_is_the_one_below_that_is_not_ones_own() {
        var waiting = Rows.of(json("{\"targets\":[" + String.join(",", waits("1", "mod"), waits("2", "ann"),
                waits("3", "mod"), waits("4", "ann")) + "]}"), "targets", "", Target::of);

        assertThat(new Queue(waiting, "mod", "").open()).isEqualTo("2");
        assertThat(new Queue(waiting, "mod", "").next()).isEqualTo("4");
        assertThat(new Queue(waiting, "mod", "4").next()).isEmpty();
        assertThat(new Queue(waiting, "ann", "").open()).isEqualTo("1");
    }

    private static String waits(String id, String advertiser) {
        return "{\"id\":\"" + id + "\",\"advertiserId\":\"" + advertiser + "\",\"status\":\"submitted\"}";
    }
}
