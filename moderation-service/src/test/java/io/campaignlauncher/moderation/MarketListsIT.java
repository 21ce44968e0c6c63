package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.schemas.PostOutcome;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What people read before they decide, and afterwards. */
class MarketListsIT {

    private static MarketUnderTest market;

    @BeforeAll
    static void start() {
        market = new MarketUnderTest("market_lists");
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    private static String moderator() {
        return market.tokenOf("a moderator", Role.MODERATOR);
    }

    @Test
    void a_moderator_sees_what_was_handed_in_before_and_what_was_decided_on_it() {
        var ann = market.tokenOf("ann", Role.ADVERTISER);
        var campaign = market.campaign("ann", "100.00");
        var channel = market.channel("pia", "10.00");
        var target = market.submitted("ann", campaign, channel);
        var path = "/api/campaigns/" + campaign + "/targets/" + target;
        market.post("/api/admin/moderation/targets/" + target + "/reject", moderator(),
                Map.of("version", 1, "reason", "too loud")).is(200);
        market.patch(path, ann, Map.of("channelId", channel.toString(), "text", "a thought of hers")).is(200);
        market.patch(path, ann, Map.of("channelId", channel.toString(), "text", "Tidy otters, quietly", "link",
                "https://example.org/")).is(200);
        assertThat(review(target).path("versions")).hasSize(1);

        market.post(path + "/submit", ann, Map.of()).is(200);

        var review = review(target);
        assertThat(review.path("target").path("version").asInt()).isEqualTo(3);
        assertThat(review.path("target").path("reviewUntil").isNull()).isFalse();
        assertThat(texts(review)).containsExactly("Buy tidy otters", "Tidy otters, quietly");
        assertThat(review.path("versions").path(1).path("link").asString()).isEqualTo("https://example.org/");
        assertThat(review.path("versions").path(1).path("channelTitle").asString()).isEqualTo("pia");
        assertThat(review.path("versions").path(0).path("chat")).isEqualTo(review.path("target").path("chat"));
        var decision = review.path("decisions").path(0);
        assertThat(List.of(decision.path("decision").asString(), decision.path("reason").asString(),
                decision.path("by").asString(), decision.path("version").asString()))
                .containsExactly("rejected", "too loud", MarketUnderTest.id("a moderator"), "1");

        market.patch(path, ann, Map.of("channelId", channel.toString(), "text", "Otters")).is(200);
        assertThat(texts(review(target))).as("changed in the queue").endsWith("Otters");
    }

    @Test
    void what_nobody_handed_in_is_its_owners_alone() {
        var bob = market.tokenOf("bob", Role.ADVERTISER);
        var campaign = market.campaign("bob", "100.00");
        var draft = market.post("/api/campaigns/" + campaign + "/targets", bob,
                Map.of("channelId", market.channel("quin", "10.00").toString(), "text", "Hush")).is(201).text("id");

        market.get("/api/admin/moderation/targets/" + draft, moderator()).is(404);
        market.get("/api/campaigns/" + campaign + "/targets/" + draft + "/history", moderator()).is(404);
        market.get("/api/campaigns/" + campaign + "/targets/" + draft + "/history",
                market.tokenOf("carl", Role.ADVERTISER)).is(404);
        market.get("/api/admin/moderation/targets/" + draft, bob).is(403);
        var strange = market.issuer
                .token(claims -> claims.claim("tenant", "acme").claim("roles", List.of("moderator")));
        var known = market.submitted("bob", campaign, market.channel("rob", "10.00"));
        market.get("/api/admin/moderation/targets/" + known, moderator()).is(200);
        market.get("/api/admin/moderation/targets/" + known, strange).is(404);
    }

    @Test
    void admins_read_who_did_what_in_their_tenant() {
        market.deposit("olga", "50.00");
        var target = market.submitted("olga", market.campaign("olga", "50.00"), market.channel("tess", "10.00"));
        market.approve(target, 1).is(200);
        var admin = market.tokenOf("the admin", Role.ADMIN);
        var path = "/api/admin/audit?targetId=" + target;

        var all = market.get(path, admin).is(200).body().path("entries");

        assertThat(all.valueStream().map(one -> one.path("action").asString()).toList().reversed())
                .containsSubsequence("target_drafted", "target_submitted", "moderation_approved", "escrow_held");
        assertThat(all).allSatisfy(line -> assertThat(line.path("subject").asString() + line.path("subjectId")
                .asString()).isEqualTo("target" + target));
        var olgas = market.get(path + "&actor=" + MarketUnderTest.id("olga"), admin).is(200).body().path("entries");
        assertThat(olgas).isNotEmpty().allSatisfy(line -> assertThat(line.path("role").asString())
                .isEqualTo("advertiser"));
        var first = market.get(path + "&limit=1", admin).is(200);
        assertThat(market.get(path + "&limit=1&after=" + first.text("next"), admin).is(200).body().path("entries")
                .path(0)).isEqualTo(all.path(1));
        assertThat(market.get("/api/admin/audit?limit=200", admin).is(200).body().path("entries").valueStream()
                .map(one -> one.path("subject").asString())).contains("campaign", "channel", "wallet");
        var strange = market.issuer.token(claims -> claims.claim("tenant", "acme").claim("roles", List.of("admin")));
        assertThat(market.get(path, strange).is(200).body().path("entries")).isEmpty();
        market.get(path, moderator()).is(403);
        market.get("/api/admin/audit?targetId=x", admin).is(400);
    }

    @Test
    void an_advertiser_reads_what_happened_and_which_role_did_it() {
        market.deposit("dora", "50.00");
        var dora = market.tokenOf("dora", Role.ADVERTISER);
        var campaign = market.campaign("dora", "50.00");
        var target = market.submitted("dora", campaign, market.channel("sue", "10.00"));
        market.approve(target, 1).is(200);
        var path = "/api/campaigns/" + campaign + "/targets/" + target + "/history";

        var all = market.get(path, dora).is(200);

        assertThat(
                all.body().path("events").valueStream().map(one -> one.path("action").asString()).toList().reversed())
                .containsSubsequence("target_drafted", "target_submitted", "moderation_approved", "escrow_held",
                        "post_queued");
        assertThat(all.body().toString()).contains("\"role\":\"moderator\"")
                .doesNotContain(MarketUnderTest.id("a moderator"));
        var first = market.get(path + "?limit=1", dora).is(200);
        assertThat(first.body().path("events")).hasSize(1);
        var second = market.get(path + "?limit=1&after=" + first.text("next"), dora).is(200);
        assertThat(second.body().path("events").path(0)).isEqualTo(all.body().path("events").path(1));
    }

    @Test
    void a_campaign_tells_what_of_its_budget_is_held_and_spent() {
        market.deposit("emma", "50.00");
        var emma = market.tokenOf("emma", Role.ADVERTISER);
        var campaign = market.campaign("emma", "50.00");
        var channel = market.channel("tina", "10.00");
        var target = market.submitted("emma", campaign, channel);
        assertThat(budget(campaign, emma)).containsExactly("50.00", "0.00", "0.00");

        market.approve(target, 1).is(200);
        market.approve(market.submitted("emma", campaign, channel), 1).is(200);
        assertThat(budget(campaign, emma)).containsExactly("50.00", "20.00", "0.00");

        released(target, 58);
        assertThat(budget(campaign, emma)).containsExactly("50.00", "10.00", "10.00");
    }

    @Test
    void a_post_is_seen_by_who_pays_for_it_and_who_is_paid_and_by_nobody_else() {
        market.deposit("fred", "50.00");
        var campaign = market.campaign("fred", "50.00");
        var channel = market.channel("uma", "10.00");
        var target = market.submitted("fred", campaign, channel);
        market.approve(target, 1).is(200);
        var fred = market.tokenOf("fred", Role.ADVERTISER);
        var uma = market.tokenOf("uma", Role.PUBLISHER);

        released(target, 59);

        var paying = post(target, fred);
        assertThat(paying.path("own").asBoolean()).isTrue();
        assertThat(paying.path("escrow").path("commission").asString()).isEqualTo("1.00");
        assertThat(paying.path("postJob").path("link").asString()).isEqualTo("https://t.me/c/1/59");
        var paid = post(target, uma);
        assertThat(paid.path("own").asBoolean()).isFalse();
        assertThat(paid.toString()).doesNotContain(MarketUnderTest.id("fred"), "of fred");
        assertThat(post(target, moderator()).path("own").asBoolean()).isFalse();
        assertThat(posts("", market.tokenOf("gina", Role.ADVERTISER, Role.PUBLISHER))).isEmpty();
        assertThat(posts("?status=queued", fred)).isEmpty();
        assertThat(posts("?status=posted", fred)).hasSize(1);
        market.get("/api/posts?status=lost", fred).is(400);
    }

    @Test
    void lists_go_on_where_the_page_before_ended_and_begin_with_the_newest() {
        var hans = market.tokenOf("hans", Role.ADVERTISER);
        var made = IntStream.range(0, 3).mapToObj(_ -> market.campaign("hans", "10.00")).toList();
        var first = market.get("/api/campaigns?limit=2", hans).is(200);
        assertThat(ids(first.body().path("campaigns"))).containsExactly(made.get(2), made.get(1));
        assertThat(ids(market.get("/api/campaigns?limit=2&after=" + first.text("next"), hans).is(200).body()
                .path("campaigns"))).containsExactly(made.get(0));

        var channel = market.channel("vera", "1.00");
        var targets = IntStream.range(0, 3).mapToObj(_ -> market.submitted("hans", made.get(0), channel)).toList();
        var path = "/api/campaigns/" + made.get(0) + "/targets";
        var newest = market.get(path + "?limit=2", hans).is(200);
        assertThat(ids(newest.body().path("targets"))).containsExactly(targets.get(2), targets.get(1));
        assertThat(ids(market.get(path + "?limit=2&after=" + newest.text("next"), hans).is(200).body().path("targets")))
                .containsExactly(targets.get(0));
    }

    @Test
    void a_publisher_finds_the_channels_of_their_own() {
        var mine = market.channel("walt", "3.00");
        market.channel("xena", "3.00");

        var channels = market.get("/api/channels?mine=true", market.tokenOf("walt", Role.PUBLISHER)).is(200).body()
                .path("channels");

        assertThat(ids(channels)).containsExactly(mine.toString());
        assertThat(channels.path(0).path("since").asString()).endsWith("Z");
    }

    @Test
    void admins_find_wallets_and_corrections_of_their_tenant() {
        var admin = market.tokenOf("the admin", Role.ADMIN);
        market.deposit("yan", "5.00");
        market.deposit("zoe", "5.00");
        var from = wallet("yan", admin);
        var to = wallet("zoe", admin);
        var proposed = market.post("/api/admin/corrections", admin, Map.of("fromWalletId", from, "toWalletId", to,
                "amount", "0.50", "reason", "counted twice")).is(201).text("id");
        assertThat(correction(proposed, admin).path("approvedBy").isNull()).isTrue();

        market.post("/api/admin/corrections/" + proposed + "/approve", market.tokenOf("boss", Role.SUPER_ADMIN),
                Map.of()).is(200);

        var correction = correction(proposed, admin);
        assertThat(List.of(correction.path("status").asString(), correction.path("proposedBy").asString(),
                correction.path("approvedBy").asString()))
                .containsExactly("approved", MarketUnderTest.id("the admin"), MarketUnderTest.id("boss"));
        assertThat(market.get("/api/admin/wallets", admin).is(200).body().path("wallets").valueStream()
                .map(one -> one.path("kind").asString())).contains("user", "external").doesNotContain("escrow");
        var elsewhere = market.issuer.token(claims -> claims.claim("tenant", "acme").claim("roles", List.of("admin")));
        assertThat(market.get("/api/admin/wallets", elsewhere).is(200).body().path("wallets")).isEmpty();
        assertThat(market.get("/api/admin/corrections", elsewhere).is(200).body().path("corrections")).isEmpty();
        market.get("/api/admin/wallets", moderator()).is(403);
    }

    private static void released(String target, long message) {
        var asked = market.asked(UUID.fromString(target));
        market.report(asked, PostOutcome.STARTED, null);
        market.report(asked, PostOutcome.POSTED, message);
        market.report(asked, PostOutcome.LAST_LOOK_OK, null);
        await().until(() -> post(target, moderator()).path("escrow").path("status").asString().equals("released"));
    }

    private static JsonNode review(String target) {
        return market.get("/api/admin/moderation/targets/" + target, moderator()).is(200).body();
    }

    private static List<String> texts(JsonNode review) {
        return review.path("versions").valueStream().map(one -> one.path("text").asString()).toList();
    }

    private static List<String> budget(String campaign, String token) {
        var body = market.get("/api/campaigns/" + campaign, token).is(200).body();
        return List.of(body.path("totalBudget").asString(), body.path("held").asString(),
                body.path("spent").asString());
    }

    private static List<JsonNode> posts(String query, String token) {
        return market.get("/api/posts" + query, token).is(200).body().path("posts").valueStream().toList();
    }

    private static JsonNode post(String target, String token) {
        return posts("?limit=200", token).stream().filter(one -> one.path("targetId").asString().equals(target))
                .findFirst().orElseThrow();
    }

    private static String wallet(String user, String admin) {
        return market.get("/api/admin/wallets?userId=" + MarketUnderTest.id(user), admin).is(200).body()
                .path("wallets").path(0).path("id").asString();
    }

    private static JsonNode correction(String id, String admin) {
        return market.get("/api/admin/corrections", admin).is(200).body().path("corrections").valueStream()
                .filter(one -> one.path("id").asString().equals(id)).findFirst().orElseThrow();
    }

    private static List<String> ids(JsonNode rows) {
        return rows.valueStream().map(one -> one.path("id").asString()).toList();
    }
}
