package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MarketSwitch;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.Role;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Many ask at once, each on a connection of their own: what is decided is as if they had come one after the other. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RacesIT {

    private static final Actor ANNA = actor("anna", Role.ADVERTISER);
    private static final Actor PAULA = actor("paula", Role.PUBLISHER);
    private static final Actor MODERATOR = actor("mora", Role.MODERATOR);
    private static final Actor ADMIN = actor("adam", Role.ADMIN);
    private static final Actor SYSTEM = Actor.system("local");
    private static final long CHAT = -1;

    private TablesDatabase database;
    private TableHost host;
    private UUID campaign;

    @BeforeAll
    void start() {
        database = new TablesDatabase("market_races");
        host = new TableHost(database.connections(), MarketPolicy.DEFAULT);
    }

    @AfterAll
    void stop() {
        database.close();
    }

    @BeforeEach
    void begin() {
        database.empty();
        campaign = UUID.randomUUID();
        tell(ADMIN, new MarketCommand.Deposit("anna", "100.00", "bank-1"));
        tell(PAULA, new MarketCommand.OfferChannel("@p", "10.00", CHAT, "P", List.of()));
        tell(ANNA, new MarketCommand.DraftCampaign(campaign, "Spring", "50.00"));
        tell(ANNA, new MarketCommand.ActivateCampaign(campaign));
    }

    @AfterEach
    void all_invariants_hold() {
        assertThat(database.check.run()).isEmpty();
    }

    @Test
    void fifty_approvals_of_one_target_make_one_escrow() throws Exception {
        var target = submitted(campaign);
        var answers = atOnce(50, () -> host.tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1)));

        assertThat(TableHost.accepted(answers)).isEqualTo(50);
        assertThat(answers).filteredOn(answer -> !answer.equals(Decision.accept())).hasSize(1);
        assertThat(balance("anna")).isEqualTo("90.00");
        assertThat(count("escrows")).isEqualTo(1);
    }

    @RepeatedTest(5)
    void of_approve_and_reject_one_wins() throws Exception {
        var target = submitted(campaign);
        var answers = atOnce(List.of(() -> host.tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1)),
                () -> host.tell(ADMIN, new MarketCommand.RejectTarget(target, 1, "no"))));

        assertThat(TableHost.accepted(answers)).isEqualTo(1);
    }

    @RepeatedTest(5)
    void a_cancel_comes_before_an_approval_or_refunds_it() throws Exception {
        var target = submitted(campaign);
        var answers = atOnce(List.of(() -> host.tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1)),
                () -> host.tell(ANNA, new MarketCommand.CancelCampaign(campaign))));

        assertThat(answers.get(1)).isInstanceOf(Decision.Accepted.class);
        assertThat(balance("anna")).isEqualTo("100.00");
        assertThat(status(target)).isEqualTo(answers.getFirst() instanceof Decision.Accepted ? "refunded" : "rejected");
    }

    @RepeatedTest(5)
    void nothing_is_submitted_into_a_campaign_that_is_being_cancelled() throws Exception {
        var asked = new ArrayList<Callable<Decision>>();
        for (int i = 0; i < 8; i++) {
            var target = UUID.randomUUID();
            tell(ANNA, new MarketCommand.DraftTarget(campaign, target,
                    new Place.TelegramPost(MarketIds.channel(CHAT), "Buy", null, null, null)));
            asked.add(() -> host.tell(ANNA, new MarketCommand.SubmitTarget(campaign, target)));
        }
        asked.add(4, () -> host.tell(ANNA, new MarketCommand.CancelCampaign(campaign)));
        atOnce(asked);

        assertThat(count("campaign_targets where status = 'submitted'")).isZero();
    }

    @RepeatedTest(5)
    void a_post_that_may_start_is_not_cancelled_away() throws Exception {
        var target = submitted(campaign);
        tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1));
        var answers = atOnce(List.of(() -> host.tell(SYSTEM, new MarketCommand.StartPosting(target, 1)),
                () -> host.tell(ANNA, new MarketCommand.CancelCampaign(campaign))));

        assertThat(TableHost.accepted(answers)).isEqualTo(1);
    }

    @RepeatedTest(5)
    void money_ends_once_whoever_is_quicker() throws Exception {
        var target = submitted(campaign);
        tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1));
        tell(SYSTEM, new MarketCommand.StartPosting(target, 1));
        atOnce(List.of(
                () -> host.tell(SYSTEM, new MarketCommand.ReportPosted(target, 1, new Message(CHAT, 7, "x"))),
                () -> host.tell(SYSTEM, new MarketCommand.ReportFailed(target, 1, "refused")),
                () -> host.tell(SYSTEM, new MarketCommand.ReportLastLook(target, Instant.EPOCH, true)),
                () -> host.tell(SYSTEM, new MarketCommand.ReportRolledBack(target, "gone")),
                () -> host.tell(ANNA, new MarketCommand.CancelCampaign(campaign))));

        assertThat(count("ledger_transactions where key = 'escrow:" + target + ":end'")).isLessThanOrEqualTo(1);
        assertThat(status(target)).isIn("posted", "refunded");
    }

    @Test
    void approvals_together_stay_within_the_budget_and_the_balance() throws Exception {
        var other = UUID.randomUUID();
        tell(ANNA, new MarketCommand.DraftCampaign(other, "Other", "1000.00"));
        tell(ANNA, new MarketCommand.ActivateCampaign(other));
        var asked = new ArrayList<Callable<Decision>>();
        for (int i = 0; i < 24; i++) {
            var target = submitted(i % 2 == 0 ? campaign : other);
            asked.add(() -> host.tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1)));
        }
        var answers = atOnce(asked);

        // 100.00 are ten targets; five of the one campaign, so that it is not more than its budget of 50.00.
        assertThat(TableHost.accepted(answers)).isEqualTo(10);
        assertThat(balance("anna")).isEqualTo("0.00");
    }

    @Test
    void one_payment_told_by_many_counts_once_and_opens_one_wallet() throws Exception {
        var answers = atOnce(20, () -> host.tell(ADMIN, new MarketCommand.Deposit("carl", "5.00", "bank-2")));

        assertThat(TableHost.accepted(answers)).isEqualTo(20);
        assertThat(balance("carl")).isEqualTo("5.00");
    }

    @Test
    void first_payments_of_a_new_market_open_the_systems_wallet_once() throws Exception {
        database.empty();
        var asked = new ArrayList<Callable<Decision>>();
        for (int i = 0; i < 12; i++) {
            var id = "bank-" + i;
            asked.add(() -> host.tell(ADMIN, new MarketCommand.Deposit("dora", "1.00", id)));
        }
        assertThat(TableHost.accepted(atOnce(asked))).isEqualTo(12);
        assertThat(balance("dora")).isEqualTo("12.00");
    }

    @RepeatedTest(3)
    void a_switch_turned_off_among_approvals_stops_those_that_come_later() throws Exception {
        var asked = new ArrayList<Callable<Decision>>();
        for (int i = 0; i < 5; i++) {
            var target = submitted(campaign);
            asked.add(() -> host.tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1)));
        }
        asked.add(2, () -> {
            database.administrate(
                    "update kill_switches set enabled = false, reason = 'test', \"changedBy\" = 'adam' where name = '"
                            + MarketSwitch.NEW_ESCROWS.word() + "'");
            return Decision.accept();
        });
        atOnce(asked);

        assertThat(count("kill_switch_history")).isEqualTo(1);
    }

    private UUID submitted(UUID of) {
        var target = UUID.randomUUID();
        tell(ANNA, new MarketCommand.DraftTarget(of, target,
                new Place.TelegramPost(MarketIds.channel(CHAT), "Buy", null, null, null)));
        tell(ANNA, new MarketCommand.SubmitTarget(of, target));
        return target;
    }

    private void tell(Actor actor, MarketCommand command) {
        assertThat(host.tell(actor, command)).as("%s", command).isInstanceOf(Decision.Accepted.class);
    }

    private String balance(String userId) {
        return database.jdbc.queryForObject("select balance::text from wallets where \"userId\" = ?", String.class,
                userId);
    }

    private String status(UUID target) {
        return database.jdbc.queryForObject("select status from campaign_targets where id = ?", String.class, target);
    }

    private Integer count(String from) {
        return database.jdbc.queryForObject("select count(*) from " + from, Integer.class);
    }

    private static List<Decision> atOnce(int times, Callable<Decision> asked) throws Exception {
        return atOnce(Collections.nCopies(times, asked));
    }

    /** The answers, in the order of the questions; all begin together. */
    private static List<Decision> atOnce(List<Callable<Decision>> asked) throws Exception {
        var start = new CyclicBarrier(asked.size());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var running = new ArrayList<Future<Decision>>();
            for (var each : asked) {
                running.add(threads.submit(() -> {
                    start.await();
                    return each.call();
                }));
            }
            var answers = new ArrayList<Decision>();
            for (var each : running) {
                answers.add(each.get(60, TimeUnit.SECONDS));
            }
            return answers;
        }
    }

    private static Actor actor(String name, Role role) {
        return new Actor("local", name, Set.of(role));
    }
}
