package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.Role;
import io.campaignlauncher.schemas.PostOutcome;
import io.campaignlauncher.schemas.PublishPost;
import io.campaignlauncher.schemas.Topic;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The database fails in the middle, a switch is off or unreadable, Kafka tells twice and out of order: money is all there. */
class MarketFaultsIT {

    private static final LostCommits COMMITS = new LostCommits();
    private static MarketUnderTest market;

    private String advertiser;
    private UUID channel;
    private String target;

    @BeforeAll
    static void start() {
        market = new MarketUnderTest("market_faults",
                context -> context.getBeanFactory().addBeanPostProcessor(COMMITS));
    }

    @AfterAll
    static void stop() {
        market.close();
    }

    @BeforeEach
    void a_target_waits_for_a_moderator() {
        advertiser = "advertiser " + UUID.randomUUID();
        market.deposit(advertiser, "100.00");
        channel = market.channel("publisher of " + advertiser, "10.00");
        target = market.submitted(advertiser, market.campaign(advertiser, "50.00"), channel);
    }

    @AfterEach
    void is_sound() throws SQLException {
        market.isSound();
    }

    @Test
    void a_commit_whose_answer_is_lost_has_held_the_money_and_whoever_asks_again_gets_the_same_ids() {
        // A timer may be the first to commit: every commit is lost until the approval was answered.
        COMMITS.next(Integer.MAX_VALUE);
        market.approve(target, 1).is(503);
        COMMITS.next(0);

        var again = market.approve(target, 1).is(200);

        assertThat(again.text("escrowId")).isEqualTo(MarketIds.escrow(UUID.fromString(target)).toString());
        assertThat(balance()).isEqualTo("90.00");
        assertThat(rows("ledger_transactions where key = 'escrow:" + target + ":hold'")).isEqualTo(1);
    }

    @Test
    void a_connection_that_is_cut_in_the_middle_leaves_nothing_and_whoever_asks_again_is_served() throws Exception {
        var database = market.servers.database();
        CompletableFuture<MarketUnderTest.Answer> asked;
        try (var connection = DriverManager.getConnection(
                database.jdbcUrl(market.jdbc.sql("select current_database()").query(String.class).single()),
                database.username(), database.password())) {
            connection.setAutoCommit(false);
            try (var lock = connection.prepareStatement("select id from market.wallets where id = ? for update")) {
                lock.setObject(1, MarketIds.userWallet("local", MarketUnderTest.id(advertiser)));
                lock.execute();
            }
            asked = CompletableFuture.supplyAsync(() -> market.approve(target, 1));
            await().until(() -> market.jdbc.sql("""
                    select count(pg_terminate_backend(pid)) from pg_stat_activity
                    where datname = current_database() and wait_event_type = 'Lock'""").query(Integer.class)
                    .single() == 1);
            asked.join().is(503);
            connection.rollback();
        }
        assertThat(rows("escrows where \"campaignTargetId\" = '" + target + "'")).isZero();
        assertThat(balance()).isEqualTo("100.00");

        market.approve(target, 1).is(200);

        assertThat(balance()).isEqualTo("90.00");
    }

    @Test
    void what_was_posted_while_payouts_were_off_is_paid_once_they_are_on() {
        market.approve(target, 1).is(200);
        var post = market.asked(UUID.fromString(target));
        turn("payouts", false);
        market.report(post, PostOutcome.POSTED, 7L);
        market.report(post, PostOutcome.LAST_LOOK_OK, 7L);
        await().until(() -> status("post_jobs", "\"lookedAt\" is not null"), "posted"::equals);
        assertThat(status("escrows", "true")).isEqualTo("held");

        turn("payouts", true);

        await().until(() -> status("escrows", "true"), "released"::equals);
    }

    @Test
    void a_switch_that_is_not_there_is_off() {
        market.jdbc.sql("delete from market.kill_switches where name = 'new_escrows'").update();
        try {
            assertThat(market.approve(target, 1).is(409).text("detail")).contains("new_escrows");
        } finally {
            market.jdbc.sql("""
                    insert into market.kill_switches (name, enabled, "changedBy", reason)
                    values ('new_escrows', true, 'a test', 'it was gone')""").update();
        }
        market.approve(target, 1).is(200);
    }

    @Test
    void reports_that_come_again_and_out_of_order_pay_once() {
        market.approve(target, 1).is(200);
        var post = market.asked(UUID.fromString(target));
        for (var outcome : new PostOutcome[]{ PostOutcome.LAST_LOOK_OK, PostOutcome.POSTED, PostOutcome.STARTED,
            PostOutcome.POSTED, PostOutcome.LAST_LOOK_OK, PostOutcome.UNCLEAR, PostOutcome.FAILED }) {
            market.report(post, outcome, 8L);
        }
        await().until(() -> status("escrows", "true"), "released"::equals);
        assertThat(status("post_jobs", "true")).isEqualTo("posted");
        assertThat(rows("ledger_transactions where key = 'escrow:" + target + ":end'")).isEqualTo(1);
        assertThat(balance()).isEqualTo("90.00");
    }

    @Test
    void a_report_that_breaks_its_form_is_a_dead_letter_that_says_why_and_the_next_one_counts() {
        market.approve(target, 1).is(200);
        var post = market.asked(UUID.fromString(target));
        market.report(PublishPost.newBuilder(post).setTargetId("no id").build(), PostOutcome.FAILED, null);
        market.report(post, PostOutcome.POSTED, null);
        market.report(post, PostOutcome.FAILED, null);

        await().until(() -> status("escrows", "true"), "refunded"::equals);
        await().untilAsserted(() -> assertThat(market.whyGivenUp(Topic.POSTING_EVENTS))
                .anyMatch(why -> why.contains("targetId must be a UUID"))
                .anyMatch(why -> why.contains("message must be set")));
    }

    private static void turn(String name, boolean on) {
        market.post("/api/admin/kill-switches/" + name, market.tokenOf("the admin", Role.ADMIN),
                Map.of("enabled", on, "reason", "a test")).is(200);
    }

    private String status(String table, String and) {
        return market.jdbc.sql("select status from market." + table + " where \"campaignTargetId\" = :id::uuid and "
                + and).param("id", target).query(String.class).optional().orElse("none");
    }

    private String balance() {
        return market.jdbc.sql("select balance::text from market.wallets where id = :id")
                .param("id", MarketIds.userWallet("local", MarketUnderTest.id(advertiser))).query(String.class)
                .single();
    }

    private static int rows(String of) {
        return market.jdbc.sql("select count(*) from market." + of).query(Integer.class).single();
    }
}
