package io.campaignlauncher.standalone;

import static io.campaignlauncher.standalone.People.ok;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.tools.Tools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The marketplace of the whole system, step by step over HTTP, with the database looked at after each step. */
@OnRunningSystem
class MarketplaceIT {

    private final RunningSystem system;
    private final People people;
    private final JdbcClient sql;

    MarketplaceIT(RunningSystem system) {
        this.system = system;
        people = new People(system.standalone());
        sql = system.sqlOfAdministrator();
    }

    @Test
    void an_advertiser_pays_for_a_post_that_goes_out_once_and_its_publisher_is_paid() {
        // 1, 2: people register and log in; an admin makes a moderator.
        var ann = people.registered();
        var paul = people.registered();
        var admin = people.admin();
        var moderator = people.moderator(admin);
        // 3: money comes in.
        var deposit = Map.of("amount", "500.00", "externalId", "pay-" + ann.userId());
        ok(admin.post("/api/admin/wallets/" + ann.userId() + "/deposits", deposit), 201);
        ok(admin.post("/api/admin/wallets/" + ann.userId() + "/deposits", deposit), 200);
        assertThat(value("select balance from market.wallets where \"userId\" = ?", ann.userId())).isEqualTo("500.00");
        // 4: a channel is offered, and a campaign set up.
        var channel = ok(paul.http().post("/api/channels", Map.of("chat", TelegramSimulator.CHANNEL, "price", "10.00")),
                201).path("id").asString();
        var campaign = ok(ann.http().post("/api/campaigns", Map.of("name", "Otters", "totalBudget", "100.00")), 201)
                .path("id").asString();
        assertThat(campaignIs(campaign)).isEqualTo("draft");
        // 5: in a draft nothing can be handed in.
        var targets = "/api/campaigns/" + campaign + "/targets";
        var text = "Tidy otters, now " + UUID.randomUUID();
        var content = Map.of("channelId", channel, "text", text, "link", "https://example.org/otters");
        var early = ok(ann.http().post(targets, content), 201).path("id").asString();
        ok(ann.http().post(targets + "/" + early + "/submit", Map.of()), 409);
        // 6: the campaign begins.
        ok(ann.http().post("/api/campaigns/" + campaign + "/activate", Map.of()), 200);
        assertThat(campaignIs(campaign)).isEqualTo("active");
        // 7, 8: a target is handed in.
        var target = ok(ann.http().post(targets, content), 201).path("id").asString();
        ok(ann.http().post(targets + "/" + target + "/submit", Map.of()), 200);
        assertThat(targetIs(target)).isEqualTo("submitted");
        // 9: it is in the queue.
        assertThat(ok(moderator.get("/api/admin/moderation/pending"), 200).path("targets").valueStream()
                .map(one -> one.path("id").asString())).contains(target);
        // 10, 11: the approval holds the money and queues the post.
        var approved = ok(moderator.post("/api/admin/moderation/targets/" + target + "/approve", Map.of("version", 1)),
                200);
        assertThat(value("select id::text from market.escrows where \"campaignTargetId\" = ?::uuid", target))
                .isEqualTo(approved.path("escrowId").asString());
        assertThat(value("select id::text from market.post_jobs where \"campaignTargetId\" = ?::uuid", target))
                .isEqualTo(approved.path("postJobId").asString());
        // 12, 13: the post goes out, once, and its publisher is paid.
        await().atMost(RunningSystem.PATIENCE).until(() -> value(
                "select status from market.escrows where \"campaignTargetId\" = ?::uuid", target).equals("released"));
        assertThat(targetIs(target)).isEqualTo("posted");
        assertThat(posts(text)).as("posts with this text in the channel").isEqualTo(1);
        assertThat(ok(paul.http().get("/api/wallet"), 200).path("balance").asString()).isEqualTo("9.00");
        var wallet = ok(ann.http().get("/api/wallet"), 200);
        assertThat(List.of(wallet.path("balance").asString(), wallet.path("held").asString()))
                .containsExactly("490.00", "0.00");
        // 14: audit and ledger tell of all of it.
        assertThat(sql.sql("select action from market.user_audit_logs where metadata ->> 'targetId' = ? order by id")
                .param(target).query(String.class).list())
                .containsSubsequence("target_submitted", "moderation_approved", "escrow_held", "post_published",
                        "escrow_released");
        assertThat(sql.sql("select sum(balance) from market.wallets").query(String.class).single()).isEqualTo("0.00");
        assertThat(ok(system.http().get("/api/health/ready"), 200).path("ok").asBoolean()).isTrue();
        // Whoever reads the events knows the same.
        assertThat(tools("diff")).startsWith("0 TABLE\tID\tCOLUMN").hasLineCount(1);
        assertThat(tools("balance", "--user=" + ann.userId())).startsWith("0 ").contains("balance\t490.00\t490.00");
        assertThat(tools("state", target, "--json")).startsWith("0 ").contains("\"status\" : \"posted\"");
        // The topic follows the store.
        await().atMost(RunningSystem.PATIENCE).untilAsserted(() -> assertThat(
                tools("state", target, "--json", "--from=topic").replaceAll("\"position\" : \\d+,\\s*", ""))
                .isEqualTo(tools("state", target, "--json").replaceAll("\"position\" : \\d+,\\s*", "")));
    }

    /** The exit code and what was printed. */
    private String tools(String... arguments) {
        var service = system.services().context(Services.Service.MODERATION).getEnvironment();
        var out = new StringWriter();
        var all = new ArrayList<>(List.of("market", arguments[0]));
        all.addAll(List.of(arguments).subList(1, arguments.length));
        if (arguments[0].equals("state")) {
            all.addAll(system.kafkaOptions());
        }
        var code = Tools.run(Map.of("SPRING_DATASOURCE_URL", service.getRequiredProperty("spring.datasource.url"),
                "SPRING_DATASOURCE_USERNAME", service.getRequiredProperty("spring.datasource.username"),
                "SPRING_DATASOURCE_PASSWORD", service.getRequiredProperty("spring.datasource.password")),
                new PrintWriter(out, true), new PrintWriter(new StringWriter(), true), all.toArray(String[]::new));
        return code + " " + out;
    }

    private long posts(String text) {
        return system.standalone().telegram().world().posts(TelegramSimulator.CHANNEL).stream()
                .filter(post -> post.toString().contains(text)).count();
    }

    private String campaignIs(String id) {
        return value("select status from market.campaigns where id = ?::uuid", id);
    }

    private String targetIs(String id) {
        return value("select status from market.campaign_targets where id = ?::uuid", id);
    }

    private String value(String query, String parameter) {
        return sql.sql(query).param(parameter).query(String.class).single();
    }
}
