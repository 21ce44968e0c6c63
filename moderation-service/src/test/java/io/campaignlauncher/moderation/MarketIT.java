package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import java.time.Duration;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The marketplace over HTTP, against the real database and the real broker. */
class MarketIT {

    private static MarketUnderTest market;

    @BeforeAll
    static void start() {
        market = new MarketUnderTest("market", "launch.market.ledger-check-every=1s");
    }

    @AfterEach
    void is_sound() throws SQLException {
        market.isSound();
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @Test
    void a_target_goes_from_draft_to_posted_and_its_money_to_the_publisher() {
        var ann = market.tokenOf("ann", Role.ADVERTISER);
        market.deposit("ann", "500.00");
        var channel = market.channel("paul", "10.00");
        var campaign = market.post("/api/campaigns", ann, Map.of("name", "Summer", "totalBudget", "100.00")).is(201);
        assertThat(campaign.text("status")).isEqualTo("draft");
        assertThat(campaign.text("totalBudget")).isEqualTo("100.00");
        var path = "/api/campaigns/" + campaign.text("id");
        var content = Map.of("channelId", channel.toString(), "text", "Buy tidy otters", "link",
                "https://example.org/");
        market.post(path + "/activate", ann, Map.of()).is(200);
        var target = market.post(path + "/targets", ann, content).is(201);
        assertThat(target.body().path("version").asInt()).isEqualTo(1);
        assertThat(target.text("amount")).isEqualTo("10.00");
        var targetPath = path + "/targets/" + target.text("id");
        assertThat(market.post(targetPath + "/submit", ann, Map.of()).is(200).text("status")).isEqualTo("submitted");
        var queue = market.get("/api/admin/moderation/pending", market.tokenOf("a moderator", Role.MODERATOR)).is(200);
        assertThat(queue.body().path("targets").valueStream().map(one -> one.path("id").asString()))
                .contains(target.text("id"));

        var approved = market.approve(target.text("id"), 1).is(200);
        assertThat(approved.text("status")).isEqualTo("approved");
        var again = market.approve(target.text("id"), 1).is(200);
        assertThat(again.text("escrowId")).isEqualTo(approved.text("escrowId"));
        assertThat(again.text("postJobId")).isEqualTo(approved.text("postJobId"));
        assertThat(again.whole().headers().firstValue("Idempotency-Hit")).contains("true");
        assertThat(market.get("/api/wallet", ann).is(200).body().toString())
                .contains("\"balance\":\"490.00\"").contains("\"held\":\"10.00\"");
        var held = Instant.now();

        var id = UUID.fromString(target.text("id"));
        var asked = market.asked(id);
        assertThat(asked.getChatId()).isEqualTo(market.chat(channel));
        assertThat(asked.getPost().getText()).isEqualTo("Buy tidy otters");
        market.report(asked, PostOutcome.STARTED, null);
        market.report(asked, PostOutcome.POSTED, 57L);
        market.report(asked, PostOutcome.POSTED, 57L);
        market.report(asked, PostOutcome.LAST_LOOK_OK, null);
        await().until(() -> market.get(targetPath, ann).body().path("escrow").path("status").asString()
                .equals("released"));

        var posted = market.get(targetPath, ann).is(200).body();
        assertThat(posted.path("status").asString()).isEqualTo("posted");
        assertThat(posted.path("escrow").path("status").asString()).isEqualTo("released");
        assertThat(posted.path("postJob").path("messageId").asLong()).isEqualTo(57);
        var paul = market.tokenOf("paul", Role.PUBLISHER);
        assertThat(market.get("/api/wallet", paul).is(200).text("balance")).isEqualTo("9.00");
        assertThat(market.get("/api/wallet", ann).is(200).text("held")).isEqualTo("0.00");
        assertThat(market.get("/api/wallet?at=" + held, ann).is(200).text("held")).isEqualTo("10.00");
        assertThat(market.get("/api/wallet/entries", ann).is(200).body().path("entries").size()).isEqualTo(2);
    }

    @Test
    void what_certainly_cannot_be_posted_is_refunded() {
        market.deposit("gus", "20.00");
        var campaign = market.campaign("gus", "20.00");
        var target = market.submitted("gus", campaign, market.channel("sam", "8.00"));
        market.approve(target, 1).is(200);

        market.report(market.asked(UUID.fromString(target)), PostOutcome.FAILED, null);

        var gus = market.tokenOf("gus", Role.ADVERTISER);
        await().untilAsserted(() -> assertThat(
                market.get("/api/campaigns/" + campaign + "/targets/" + target, gus).body().path("status").asString())
                .isEqualTo("refunded"));
        assertThat(market.get("/api/wallet", gus).text("balance")).isEqualTo("20.00");
    }

    @Test
    void says_what_its_api_is_like() {
        var description = market.get("/api/openapi.yaml", market.tokenOf("ann", Role.ADVERTISER)).is(200).whole();
        assertThat(description.headers().firstValue("content-type")).hasValue("application/yaml");
        assertThat(description.body()).startsWith("openapi: 3.1.0").contains("/api/wallet:");
        market.get("/api/openapi.yaml", null).is(401);
    }

    @Test
    void operators_see_how_much_waits_and_how_much_money_is_held() {
        market.deposit("ida", "20.00");
        var campaign = market.campaign("ida", "20.00");
        var channel = market.channel("ted", "8.00");
        var target = market.submitted("ida", campaign, channel);
        await().until(() -> market.figure("^market_targets_submitted ") > 0);
        assertThat(market.figure("^market_targets_submitted_age_seconds")).isPositive();

        market.approve(target, 1).is(200);

        await("its post may go out").until(() -> market.figure("^market_posts\\{.*posting") > 0);
        await().until(() -> shows("^market_targets_submitted ", "campaign_targets where status = 'submitted'")
                && shows("^market_escrows_held ", "escrows where status = 'held'")
                && shows("^market_posts\\{.*posting", "post_jobs where status = 'posting'")
                && market.figure("^market_escrows_amount ") == number(
                        "sum(amount) from market.escrows where status = 'held'"));

        assertThat(market.figure(
                "^http_server_requests_seconds_bucket\\{.*uri=\"/api/admin/moderation/targets/\\{targetId}/approve\""))
                .isNotNaN();
        await().until(() -> market.figure("^launch_table_bytes\\{.*market.ledger_entries") > 0);

        var admin = market.tokenOf("the admin", Role.ADMIN);
        market.post("/api/admin/kill-switches/payouts", admin, Map.of("enabled", false, "reason", "trial")).is(200);
        try {
            await().until(() -> market.figure("^market_kill_switch\\{.*payouts") == 0);
        } finally {
            market.post("/api/admin/kill-switches/payouts", admin, Map.of("enabled", true, "reason", "over")).is(200);
        }
        await().until(() -> market.figure("^market_kill_switch\\{.*payouts") == 1);
    }

    private static boolean shows(String series, String rows) {
        return market.figure(series) == number("count(*) from market." + rows);
    }

    private static double number(String query) {
        return market.jdbc.sql("select " + query).query(Double.class).single();
    }

    @Test
    void while_nobody_knows_what_became_of_a_post_its_money_waits_and_a_person_decides() {
        market.deposit("hal", "20.00");
        var campaign = market.campaign("hal", "20.00");
        var channel = market.channel("tom", "8.00");
        var target = market.submitted("hal", campaign, channel);
        market.approve(target, 1).is(200);
        var asked = market.asked(UUID.fromString(target));

        market.report(asked, PostOutcome.ASKED, null);

        var admin = market.tokenOf("the admin", Role.ADMIN);
        await().untilAsserted(() -> assertThat(unknownPosts(admin)).contains(target));
        await("an operator sees it").until(() -> market.figure("^market_posts_undecided") > 0);
        var hal = market.tokenOf("hal", Role.ADVERTISER);
        market.post("/api/campaigns/" + campaign + "/cancel", hal, Map.of()).is(409);
        market.post("/api/admin/posts/" + target + "/decide", admin, Map.of("posted", true, "chatId",
                market.chat(channel), "messageId", 58, "reason", "seen in the channel")).is(200);
        assertThat(market.resolved(UUID.fromString(target)).getMessageId()).isEqualTo(58);
        assertThat(market.get("/api/wallet", hal).text("held")).isEqualTo("8.00");
        market.report(asked, PostOutcome.LAST_LOOK_OK, null);
        await().until(() -> market.get("/api/wallet", hal).text("held").equals("0.00"));
    }

    @Test
    void a_post_that_may_be_there_although_its_money_came_back_is_asked_about_until_a_person_has_deleted_it() {
        market.deposit("hugo", "20.00");
        var campaign = market.campaign("hugo", "20.00");
        var target = market.submitted("hugo", campaign, market.channel("theo", "8.00"));
        market.approve(target, 1).is(200);
        var asked = market.asked(UUID.fromString(target));
        var admin = market.tokenOf("the admin", Role.ADMIN);
        var none = Map.of("posted", false, "reason", "not in the channel");
        market.report(asked, PostOutcome.UNCLEAR, null);
        await().untilAsserted(() -> assertThat(unknownPosts(admin)).contains(target));
        market.post("/api/admin/posts/" + target + "/decide", admin, none).is(200);
        assertThat(unknownPosts(admin)).doesNotContain(target);

        market.report(asked, PostOutcome.ASKED, null);

        await().untilAsserted(() -> assertThat(unknownPosts(admin)).contains(target));
        var hugo = market.tokenOf("hugo", Role.ADVERTISER);
        assertThat(market.get("/api/campaigns/" + campaign + "/targets/" + target, hugo).body().path("postJob")
                .path("doubt").isNull()).isFalse();
        market.post("/api/admin/posts/" + target + "/decide", admin,
                Map.of("posted", true, "chatId", 1, "messageId", 58, "reason", "it is there")).is(400);
        market.post("/api/admin/posts/" + target + "/decide", admin, none).is(200);
        assertThat(unknownPosts(admin)).doesNotContain(target);
        assertThat(market.get("/api/wallet", hugo).text("balance")).isEqualTo("20.00");
    }

    private static List<String> unknownPosts(String admin) {
        return market.get("/api/admin/posts/unknown", admin).is(200).body().path("targets").valueStream()
                .map(one -> one.path("id").asString()).toList();
    }

    @Test
    void refuses_what_is_not_allowed_and_says_why() {
        var bea = market.tokenOf("bea", Role.ADVERTISER);
        var channel = market.channel("quentin", "10.00");
        var content = Map.of("channelId", channel.toString(), "text", "Hello");
        var draft = market.post("/api/campaigns", bea, Map.of("name", "Draft", "totalBudget", "50.00")).text("id");
        market.post("/api/campaigns/" + draft + "/targets", bea, content).is(201);
        var inDraft = market.get("/api/campaigns/" + draft + "/targets", bea).body().path("targets").path(0);
        assertThat(market.post("/api/campaigns/" + draft + "/targets/" + inDraft.path("id").asString() + "/submit", bea,
                Map.of()).is(409).text("title")).contains("not active");
        market.post("/api/campaigns/" + draft + "/activate", market.tokenOf("carl", Role.ADVERTISER), Map.of()).is(400);
        market.post("/api/campaigns/" + draft + "/activate", market.tokenOf("paul", Role.PUBLISHER), Map.of()).is(403);
        market.post("/api/campaigns/" + UUID.randomUUID() + "/activate", bea, Map.of()).is(404);
        market.get("/api/campaigns/" + draft, market.tokenOf("carl", Role.ADVERTISER)).is(404);
        market.get("/api/campaigns", null).is(401);
        assertThat(market.post("/api/campaigns", bea, Map.of("name", "x", "totalBudget", "100.001")).is(400).body()
                .path("errors").path(0).path("field").asString()).isEqualTo("totalBudget");
        assertThat(market.post("/api/campaigns", bea, Map.of("name", "x", "totalBudget", "1.00", "status", "active"))
                .is(400).body().path("errors").path(0).path("field").asString()).isEqualTo("status");

        var campaign = market.campaign("bea", "50.00");
        var target = market.submitted("bea", campaign, channel);
        assertThat(market.approve(target, 1).is(409).text("title")).contains("not enough balance");
        market.deposit("bea", "20.00");
        assertThat(market.approve(target, 2).is(409).text("title")).contains("version is 1");
        var admin = market.tokenOf("the admin", Role.ADMIN);
        market.post("/api/admin/kill-switches/new_escrows", admin, Map.of("enabled", false, "reason", "trial")).is(200);
        try {
            assertThat(market.approve(target, 1).is(409).text("title")).contains("new_escrows");
        } finally {
            market.post("/api/admin/kill-switches/new_escrows", admin, Map.of("enabled", true, "reason", "over"))
                    .is(200);
        }
        market.approve(target, 1).is(200);
        assertThat(List.of("NotEnoughBalance", "VersionChanged", "SwitchOff")).allSatisfy(reason -> assertThat(
                market.figure("^market_refusals_total.*reason=\"" + reason + "\"")).isPositive());
        assertThat(market.figure("^market_refusals_total.*reason=\"TooManyStarts\"")).isZero();
        assertThat(List.of("accepted", "refused")).allSatisfy(outcome -> assertThat(market.figure(
                "^market_decisions_total.*command=\"ApproveTarget\".*outcome=\"" + outcome + "\"")).isPositive());
        assertThat(market.figure("^market_decisions_total.*command=\"ApproveTarget\".*outcome=\"failed\"")).isZero();
    }

    @Test
    void a_channel_is_looked_at_when_it_is_offered() {
        var una = market.tokenOf("una", Role.PUBLISHER);
        var offer = Map.of("chat", TelegramSimulator.CHANNEL, "price", "10.00");

        var offered = market.post("/api/channels", una, offer).is(201);

        assertThat(offered.body().path("chatId").asLong()).isEqualTo(TelegramSimulator.CHANNEL_ID);
        assertThat(offered.text("status")).isEqualTo("ready");
        assertThat(offered.text("price")).isEqualTo("10.00");
        assertThat(market.post("/api/channels", una, offer).is(200).text("id")).isEqualTo(offered.text("id"));
        assertThat(
                market.post("/api/channels", una, Map.of("chat", TelegramSimulator.CHANNEL, "price", "12.00")).is(201)
                        .text("price"))
                .isEqualTo("12.00");
        market.post("/api/channels", market.tokenOf("vic", Role.PUBLISHER), offer).is(409);
        assertThat(market.post("/api/channels", una, Map.of("chat", "@nowhere_at_all", "price", "1.00")).is(400).body()
                .path("errors").path(0).path("field").asString()).isEqualTo("chat");
        assertThat(market.get("/api/channels", market.tokenOf("ann", Role.ADVERTISER)).is(200).body().path("channels")
                .valueStream().map(one -> one.path("id").asString())).contains(offered.text("id"));
    }

    @Test
    void a_campaign_that_is_asked_for_twice_with_one_key_is_there_once() {
        var dan = market.tokenOf("dan", Role.ADVERTISER);
        var body = Map.of("name", "Once", "totalBudget", "5.00");
        var first = market.post("/api/campaigns", dan, body, "Idempotency-Key", "k-1").is(201);
        var second = market.post("/api/campaigns", dan, body, "Idempotency-Key", "k-1").is(200);
        assertThat(second.text("id")).isEqualTo(first.text("id"));
        market.post("/api/campaigns", dan, Map.of("name", "Other", "totalBudget", "5.00"), "Idempotency-Key", "k-1")
                .is(409);
        var other = market.post("/api/campaigns", market.tokenOf("dana", Role.ADVERTISER), body, "Idempotency-Key",
                "k-1").is(201);
        assertThat(other.text("id")).isNotEqualTo(first.text("id"));
    }

    @Test
    void whoever_clicks_on_a_post_comes_to_what_it_advertises() {
        market.deposit("lea", "30.00");
        var campaign = market.campaign("lea", "30.00");
        var channel = market.channel("nora", "8.00");
        var lea = market.tokenOf("lea", Role.ADVERTISER);
        var target = market.post("/api/campaigns/" + campaign + "/targets", lea, Map.of("channelId",
                channel.toString(), "text", "Otters", "link", "https://example.org/otters?from=telegram")).text("id");
        market.post("/api/campaigns/" + campaign + "/targets/" + target + "/submit", lea, Map.of()).is(200);
        market.approve(target, 1).is(200);
        var asked = market.asked(UUID.fromString(target));

        var led = market.get("/t/" + asked.getPostJobId(), null).is(302);
        assertThat(led.whole().headers().firstValue("location")).contains("https://example.org/otters?from=telegram");
        assertThat(led.whole().headers().firstValue("cache-control")).contains("no-store");
        market.get("/t/" + UUID.randomUUID(), null).is(404);
        market.get("/t/none", null).is(404);
    }

    @Test
    void a_channel_in_which_nothing_can_be_posted_any_more_gets_no_new_posts() {
        market.deposit("pia", "30.00");
        var campaign = market.campaign("pia", "30.00");
        // Telegram has no such channel.
        var channel = market.channel("rita", "8.00");
        var first = market.submitted("pia", campaign, channel);
        var second = market.submitted("pia", campaign, channel);
        market.approve(first, 1).is(200);

        market.report(market.asked(UUID.fromString(first)), PostOutcome.CHANNEL_HELD, null);

        var pia = market.tokenOf("pia", Role.ADVERTISER);
        await().untilAsserted(() -> assertThat(market.get("/api/channels", pia).is(200).body().path("channels")
                .valueStream().filter(one -> one.path("id").asString().equals(channel.toString())))
                .singleElement().satisfies(one -> assertThat(one.path("lacking").size()).isEqualTo(1)));
        assertThat(market.approve(second, 1).is(409).text("title")).contains("channel");
        assertThat(market.get("/api/wallet", pia).text("held")).isEqualTo("8.00");
    }

    @Test
    void a_last_look_that_overtakes_its_post_is_not_lost() {
        market.deposit("sam", "30.00");
        var campaign = market.campaign("sam", "30.00");
        var target = market.submitted("sam", campaign, market.channel("tess", "8.00"));
        market.approve(target, 1).is(200);
        var asked = market.asked(UUID.fromString(target));

        market.report(asked, PostOutcome.LAST_LOOK_OK, null);
        market.report(asked, PostOutcome.POSTED, 91L);

        await().until(() -> market.get("/api/wallet", market.tokenOf("tess", Role.PUBLISHER)).text("balance")
                .equals("7.20"));
    }

    @Test
    void a_text_has_room_for_its_link() {
        var campaign = market.campaign("max", "30.00");
        var content = Map.of("channelId", market.channel("olga", "8.00").toString());
        var max = market.tokenOf("max", Role.ADVERTISER);
        var targets = "/api/campaigns/" + campaign + "/targets";

        market.post(targets, max, with(content, "text", "x".repeat(4_030))).is(201);
        assertThat(market.post(targets, max, with(content, "text", "x".repeat(4_031))).is(400).body().path("errors")
                .path(0).path("message").asString()).isEqualTo("may have at most 4030 characters");
        market.post(targets, max, with(with(content, "photo", "https://example.org/a.jpg"), "text", "x".repeat(959)))
                .is(400);
    }

    private static Map<String, String> with(Map<String, String> content, String field, String value) {
        var all = new HashMap<>(content);
        all.put(field, value);
        return all;
    }

    @Test
    void a_deposit_counts_once_by_its_external_id() {
        var admin = market.tokenOf("the admin", Role.ADMIN);
        var path = "/api/admin/wallets/" + MarketUnderTest.id("eve") + "/deposits";
        market.post(path, admin, Map.of("amount", "5.00", "externalId", "pay-7")).is(201);
        market.post(path, admin, Map.of("amount", "5.00", "externalId", "pay-7")).is(200);
        market.post(path, admin, Map.of("amount", "6.00", "externalId", "pay-7")).is(409);
        assertThat(market.get("/api/wallet", market.tokenOf("eve", Role.ADVERTISER)).text("balance")).isEqualTo("5.00");
    }

    @Test
    void health_tells_of_each_check_and_each_switch() {
        await().untilAsserted(() -> {
            var ready = market.get("/api/health/ready", null).is(200).body();
            assertThat(ready.path("checks").path("ledger").asString()).isEqualTo("ok");
            assertThat(ready.path("checks").path("database").asString()).isEqualTo("ok");
            assertThat(ready.path("checks").path("kafka").asString()).isEqualTo("ok");
            assertThat(ready.path("killSwitches").path("payouts").asString()).isEqualTo("enabled");
        });
        assertThat(market.get("/api/health/live", null).is(200).body().path("ok").asBoolean()).isTrue();
    }

    @Test
    void whatever_was_decided_is_on_the_topic_in_the_order_of_its_campaign() {
        market.deposit("fay", "50.00");
        var campaign = market.campaign("fay", "50.00");
        market.approve(market.submitted("fay", campaign, market.channel("rose", "7.50")), 1).is(200);

        var properties = new Properties();
        properties.put("bootstrap.servers", market.servers.kafka().bootstrapServers());
        properties.put("group.id", UUID.randomUUID().toString());
        properties.put("auto.offset.reset", "earliest");
        var types = new ArrayList<String>();
        var records = new LaunchRecords();
        try (var consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topic.MARKET_EVENTS.topicName()));
            await().untilAsserted(() -> {
                consumer.poll(Duration.ofMillis(50)).forEach(record -> {
                    if (record.key().equals(campaign)) {
                        types.add(records.read(record).envelope().type());
                    }
                });
                assertThat(types).containsSubsequence("CampaignDrafted", "CampaignActivated", "TargetDrafted",
                        "TargetSubmitted", "TargetApproved", "EscrowHeld", "PostQueued");
            });
        }
        assertThat(types).contains("MoneyMoved");
    }
}
