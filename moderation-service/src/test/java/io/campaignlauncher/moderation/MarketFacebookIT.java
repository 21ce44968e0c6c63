package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.messaging.ServiceSeal;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.JobRolledBack;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.Topic;
import java.math.BigDecimal;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Targets on Facebook, over HTTP and over Kafka, against the real database and the real broker. */
class MarketFacebookIT {

    private static final AtomicLong NUMBERS = new AtomicLong(120_000_000_000_000L);
    private static MarketUnderTest market;

    @BeforeAll
    static void start() {
        market = new MarketUnderTest("market_facebook", "launch.market.launch-price=25.00");
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
    void a_launch_is_shown_as_it_will_be_made_and_costs_the_price_of_a_launch() {
        var ann = market.tokenOf("ann", Role.ADVERTISER);
        var campaign = market.campaign("ann", "100.00");
        var targets = "/api/campaigns/" + campaign + "/targets";
        var launch = Launches.body("Otters");

        var drafted = market.post(targets, ann, Map.of("adAccountId", "act_1001", "launch", launch)).is(201);

        assertThat(drafted.text("amount")).isEqualTo("25.00");
        assertThat(drafted.text("place")).isEqualTo("facebook");
        assertThat(drafted.text("adAccountId")).isEqualTo("act_1001");
        assertThat(drafted.body().path("launch")).isEqualTo(json(launch));
        assertThat(drafted.body().path("text").isNull()).isTrue();
        var target = targets + "/" + drafted.text("id");
        var other = Launches.with(launch, "adSetCount", 2);
        var edited = market.patch(target, ann, Map.of("adAccountId", "act_1001", "launch", other)).is(200);
        assertThat(edited.body().path("version").asInt()).isEqualTo(2);
        assertThat(edited.body().path("launch")).isEqualTo(json(other));
        assertThat(market.patch(target, ann, Map.of("adAccountId", "act_1001", "launch", edited.body().path("launch")))
                .is(200).body().path("version").asInt()).as("what was shown is no edit").isEqualTo(2);
        market.post(target + "/submit", ann, Map.of()).is(200);
        assertThat(market.get("/api/admin/moderation/pending", market.tokenOf("a moderator", Role.MODERATOR)).is(200)
                .body().path("targets").valueStream()
                .filter(one -> one.path("id").asString().equals(drafted.text("id"))))
                .singleElement().satisfies(one -> assertThat(one.path("launch")).isEqualTo(json(other)));
    }

    @Test
    void a_target_is_on_telegram_or_on_facebook() {
        var bea = market.tokenOf("bea", Role.ADVERTISER);
        var targets = "/api/campaigns/" + market.campaign("bea", "100.00") + "/targets";
        var channel = market.channel("paul", "10.00").toString();
        var launch = Launches.body("Beavers");

        assertThat(mistakes(market.post(targets, bea, Map.of()))).containsExactly("channelId", "text");
        assertThat(mistakes(market.post(targets, bea,
                Map.of("channelId", channel, "text", "x", "adAccountId", "act_1001", "launch", launch))))
                .containsExactly("channelId", "text");
        assertThat(mistakes(market.post(targets, bea, Map.of("adAccountId", "act_1001")))).containsExactly("launch");
        assertThat(mistakes(market.post(targets, bea, Map.of("launch", launch)))).containsExactly("adAccountId");
        assertThat(mistakes(market.post(targets, bea, Map.of("adAccountId", "act_1001", "launch", "{}"))))
                .containsExactly("launch");
        assertThat(mistakes(market.post(targets, bea, Map.of("adAccountId", "act_1001", "launch", launch, "x", 1))))
                .containsExactly("x");
    }

    @Test
    void a_launch_keeps_the_rules_of_launches_and_its_mistakes_are_named_by_their_path() {
        var carl = market.tokenOf("carl", Role.ADVERTISER);
        var targets = "/api/campaigns/" + market.campaign("carl", "100.00") + "/targets";
        var launch = new HashMap<>(Launches.body("Crows"));
        launch.put("strategy", "SOMEHOW");
        launch.put("userId", "somebody else");
        launch.put("campaign", Map.of("name", "", "objective", "OUTCOME_SALES"));
        launch.put("adSet", Map.of("dailyBudget", 2000, "billingEvent", "IMPRESSIONS", "optimizationGoal", "REACH",
                "targeting", "everybody", "status", "ACTIVE"));

        assertThat(mistakes(market.post(targets, carl, Map.of("adAccountId", "1001", "launch", launch))))
                .containsExactlyInAnyOrder("adAccountId", "launch.userId", "launch.strategy", "launch.campaign.name",
                        "launch.adSet.targeting", "launch.adSet.status");
        assertThat(mistakes(market.post(targets, carl, Map.of("adAccountId", "act_1001", "launch", Launches.with(
                Launches.body("Crows"), "adSet", Map.of("targeting", Map.of("x", new BigDecimal("1e400"))))))))
                .containsExactly("launch.adSet.targeting");
    }

    @Test
    void an_approved_launch_becomes_one_request_of_its_advertisers() {
        var target = approved("dan");

        var record = market.launched(target.id());

        var received = new LaunchRecords().read(record);
        var request = (CreateCampaign) received.message();
        assertThat(request.getOwner()).isEqualTo(MarketUnderTest.id("dan"));
        assertThat(request.getUserId()).isEqualTo(MarketUnderTest.id("dan"));
        assertThat(request.getTenant()).isEqualTo("local");
        assertThat(request.getAdAccountId()).isEqualTo(target.account());
        assertThat(request.getCampaign().getName()).isEqualTo("of dan");
        assertThat(List.of(record.key(), received.envelope().subject(), received.envelope().id()))
                .containsOnly(JobIds.of(request).toString());
        assertThat(received.envelope().causationId()).isNotNull();
        assertThat(new ServiceSeal(MarketUnderTest.CREDENTIALS_KEY, false).isOn(record)).isTrue();
        assertThat(target.read().path("postJob").path("launchJobId").asString()).isEqualTo(record.key());
        assertThat(target.read().path("status").asString()).isEqualTo("approved");
        market.post(target.path("/cancel"), target.token(), Map.of()).is(409);
    }

    @Test
    void a_launch_that_completes_is_paid_for_once() {
        var target = approved("eve");
        var job = market.launched(target.id()).key();
        market.happened(job, "local", PreVerificationRequested.newBuilder().setJobId(job).build());
        market.allEndsRead();
        assertThat(target.escrow()).as("before its job has completed").isEqualTo("held");

        var completed = new JobCompleted(job, campaign(), 1, 1);
        market.happened(job, "local", completed);
        market.happened(job, "local", completed);

        await().until(() -> target.escrow().equals("released"));
        var post = target.read().path("postJob");
        assertThat("act_" + post.path("chatId").asString()).isEqualTo(target.account());
        assertThat(post.path("messageId").asString()).isEqualTo(completed.getFacebookCampaignId());
        assertThat(post.path("link").asString()).contains(completed.getFacebookCampaignId());
        market.happened(job, "local", new JobRolledBack(job, "a repeat of something old"));
        market.happened(job, "local", completed);
        market.allEndsRead();
        assertThat(target.escrow()).isEqualTo("released");
        assertThat(market.get("/api/wallet", target.token()).text("balance")).isEqualTo("75.00");
        market.get("/t/" + post.path("id").asString(), null).is(404);
    }

    @Test
    void a_launch_that_is_rolled_back_or_was_refused_before_anything_was_created_is_refunded() {
        var ends = Map.of("gus", (Function<String, SpecificRecord>) job -> new JobRolledBack(job, "account suspended"),
                "hal", (Function<String, SpecificRecord>) job -> new JobFailed(job, List.of("no such page"), true));
        ends.forEach((advertiser, end) -> {
            var target = approved(advertiser);
            var job = market.launched(target.id()).key();

            market.happened(job, "local", end.apply(job));
            market.happened(job, "local", end.apply(job));

            await().until(() -> target.read().path("status").asString().equals("refunded"));
            assertThat(target.read().path("postJob").path("failure").asString()).isIn("account suspended",
                    "no such page");
            market.allEndsRead();
            assertThat(market.get("/api/wallet", target.token()).text("balance")).isEqualTo("100.00");
        });
    }

    @Test
    void where_something_may_be_left_a_person_decides_with_what_is_known() {
        var target = approved("ida");
        var job = market.launched(target.id()).key();

        market.happened(job, "local",
                new JobFailed(job, List.of("rolled back in part only", "left: campaign 77"), false));

        var admin = market.tokenOf("the admin", Role.ADMIN);
        await().until(() -> market.get("/api/admin/posts/unknown", admin).is(200).body().path("targets").valueStream()
                .anyMatch(one -> one.path("id").asString().equals(target.id())
                        && one.path("postJob").path("doubt").asString().contains("left: campaign 77")));
        assertThat(target.escrow()).isEqualTo("held");
        market.post(target.path("/cancel"), target.token(), Map.of()).is(409);
        market.post("/api/admin/posts/" + target.id() + "/decide", admin, Map.of("posted", true, "chatId",
                Long.parseLong(target.account().substring(4)), "messageId", 77, "reason", "it is all there")).is(200);

        await().until(() -> target.escrow().equals("released"));
        assertThat(target.read().path("postJob").path("doubt").isNull()).isTrue();
        // What the posting service is told comes in the order of the events.
        market.deposit("jim", "20.00");
        var other = market.submitted("jim", market.campaign("jim", "20.00"), market.channel("kim", "8.00"));
        market.approve(other, 1).is(200);
        market.asked(UUID.fromString(other));
        assertThat(market.isPosting(UUID.fromString(target.id()))).isFalse();
    }

    @Test
    void the_end_of_a_job_that_is_another_tenants_or_nobodys_launch_moves_nothing() {
        var target = approved("kit");
        var job = market.launched(target.id()).key();

        market.happened(job, "acme", new JobCompleted(job, campaign(), 1, 1));
        market.happened(job, "acme", new JobRolledBack(job, "x"));
        var foreign = UUID.randomUUID().toString();
        market.happened(foreign, "local", new JobCompleted(foreign, campaign(), 1, 1));
        market.happened("none", "local", new JobFailed("none", List.of("x"), true));
        market.allEndsRead();

        assertThat(target.read().path("status").asString()).isEqualTo("approved");
        assertThat(target.escrow()).isEqualTo("held");
        market.happened(job, "local", new JobCompleted(job, campaign(), 1, 1));
        await().until(() -> target.escrow().equals("released"));
    }

    @Test
    void a_campaign_that_is_another_targets_is_not_paid_for_twice() {
        var account = account();
        var first = approved("lou", account);
        var second = approved("moe", account);
        var campaign = campaign();
        market.happened(market.launched(first.id()).key(), "local", new JobCompleted("", campaign, 1, 1));
        await().until(() -> first.escrow().equals("released"));

        market.happened(market.launched(second.id()).key(), "local", new JobCompleted("", campaign, 1, 1));

        await().until(() -> second.read().path("postJob").path("doubt").asString("").contains("another target's"));
        assertThat(second.escrow()).isEqualTo("held");
    }

    @Test
    void what_cannot_be_read_is_a_dead_letter_and_holds_up_nobody() {
        var target = approved("ned");
        var job = market.launched(target.id()).key();
        var broken = new LaunchRecords().record(Topic.JOB_EVENTS, job, new byte[]{ 1, 2, 3 },
                Envelope.of(UUID.randomUUID().toString(), "JobCompleted", "/job-service", job, Instant.now()));

        market.send(broken);
        market.happened(job, "local", new JobCompleted(job, campaign(), 1, 1));

        await().until(() -> target.escrow().equals("released"));
        await().until(() -> market.figure("^dead_letters_total.*topic=\"job.events\"") > 0);
    }

    @Test
    void while_payouts_are_off_a_launch_is_there_and_its_money_waits() {
        var admin = market.tokenOf("the admin", Role.ADMIN);
        var target = approved("ora");
        var job = market.launched(target.id()).key();
        market.post("/api/admin/kill-switches/payouts", admin, Map.of("enabled", false, "reason", "trial")).is(200);
        try {
            market.happened(job, "local", new JobCompleted(job, campaign(), 1, 1));
            await().until(() -> target.read().path("status").asString().equals("posted"));
            market.allEndsRead();
            assertThat(target.escrow()).isEqualTo("held");
        } finally {
            market.post("/api/admin/kill-switches/payouts", admin, Map.of("enabled", true, "reason", "over")).is(200);
        }
        await().until(() -> target.escrow().equals("released"));
    }

    private static String campaign() {
        return Long.toString(NUMBERS.incrementAndGet());
    }

    private static String account() {
        return "act_" + NUMBERS.incrementAndGet();
    }

    /** A target whose launch may begin. */
    private record Approved(String id, String campaign, String account, String token) {

        String path(String rest) {
            return "/api/campaigns/" + campaign + rest;
        }

        JsonNode read() {
            return market.get(path("/targets/" + id), token).is(200).body();
        }

        String escrow() {
            return read().path("escrow").path("status").asString();
        }
    }

    private static Approved approved(String advertiser) {
        return approved(advertiser, account());
    }

    private static Approved approved(String advertiser, String account) {
        market.deposit(advertiser, "100.00");
        var campaign = market.campaign(advertiser, "100.00");
        var token = market.tokenOf(advertiser, Role.ADVERTISER);
        var targets = "/api/campaigns/" + campaign + "/targets";
        var target = market.post(targets, token,
                Map.of("adAccountId", account, "launch", Launches.body("of " + advertiser))).is(201).text("id");
        market.post(targets + "/" + target + "/submit", token, Map.of()).is(200);
        market.approve(target, 1).is(200);
        return new Approved(target, campaign, account, token);
    }

    private static List<String> mistakes(MarketUnderTest.Answer answer) {
        return answer.is(400).body().path("errors").valueStream().map(one -> one.path("field").asString()).toList();
    }

    private static JsonNode json(Object value) {
        return JsonMapper.shared().readTree(JsonMapper.shared().writeValueAsString(value));
    }
}
