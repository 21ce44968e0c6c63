package io.campaignlauncher.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.Role;
import java.math.BigDecimal;
import java.sql.DriverManager;
import java.time.Instant;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Two decisions at once against the real database, in every order: one after the other, both ways, and each stopped while it holds its
 * rows, at the advertiser's wallet, until the other one waits or is done.
 */
class MarketRacesIT {

    private static final Actor MODERATOR = new Actor("local", MarketUnderTest.id("a moderator"),
            Set.of(Role.MODERATOR));
    private static final AtomicInteger PEOPLE = new AtomicInteger();

    private static MarketUnderTest market;
    private static ExecutorService threads;

    @BeforeAll
    static void start() {
        // Nobody else starts posts meanwhile.
        market = new MarketUnderTest("market_races", "launch.market.deadlines-every=1h");
        threads = Executors.newCachedThreadPool();
    }

    @AfterEach
    void is_sound() throws SQLException {
        market.isSound();
    }

    @AfterAll
    static void stop() {
        threads.close();
        market.close();
    }

    /** A target under review, with all that it needs. */
    private record Scene(String advertiser, UUID campaign, UUID channel, UUID target) {

        static Scene set(String balance, String budget) {
            var advertiser = "advertiser " + PEOPLE.incrementAndGet();
            market.deposit(advertiser, balance);
            var channel = market.channel("publisher of " + advertiser, "10.00");
            var campaign = market.campaign(advertiser, budget);
            return new Scene(advertiser, UUID.fromString(campaign), channel,
                    UUID.fromString(market.submitted(advertiser, campaign, channel)));
        }

        Actor owner() {
            return new Actor("local", MarketUnderTest.id(advertiser), Set.of(Role.ADVERTISER));
        }

        UUID wallet() {
            return MarketIds.userWallet("local", MarketUnderTest.id(advertiser));
        }

        UUID another() {
            return UUID.fromString(market.submitted(advertiser, campaign.toString(), channel));
        }

        Decision approve(UUID target) {
            return market.tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1));
        }

        Decision approve() {
            return approve(target);
        }

        String status() {
            return market.jdbc.sql("select status from market.campaign_targets where id = :id").param("id", target)
                    .query(String.class).single();
        }
    }

    private interface Act {
        Decision by(Scene scene);
    }

    /** Runs both in every order, each time on a scene of its own. @param end what must be so then, by who was accepted */
    private static void race(Callable<Scene> scenes, Act one, Act other, BiConsumer<Scene, Ends> end) throws Exception {
        for (var order : Order.values()) {
            var scene = scenes.call();
            var ends = order.run(scene, one, other);
            end.accept(scene, ends);
            market.isSound();
        }
    }

    /** @param one accepted with something new */
    private record Ends(boolean one, boolean other) {

        static boolean isNew(Decision decision) {
            return decision instanceof Decision.Accepted(var events) && !events.isEmpty();
        }
    }

    private enum Order {
        ONE_THEN_OTHER, OTHER_THEN_ONE, ONE_HOLDS_ITS_ROWS, OTHER_HOLDS_ITS_ROWS;

        Ends run(Scene scene, Act one, Act other) throws Exception {
            return switch (this) {
                case ONE_THEN_OTHER -> {
                    var first = Ends.isNew(one.by(scene));
                    yield new Ends(first, Ends.isNew(other.by(scene)));
                }
                case OTHER_THEN_ONE -> {
                    var first = Ends.isNew(other.by(scene));
                    yield new Ends(Ends.isNew(one.by(scene)), first);
                }
                case ONE_HOLDS_ITS_ROWS -> {
                    var both = held(scene, one, other);
                    yield new Ends(both.getFirst(), both.getLast());
                }
                case OTHER_HOLDS_ITS_ROWS -> {
                    var both = held(scene, other, one);
                    yield new Ends(both.getLast(), both.getFirst());
                }
            };
        }

        /** The first waits for a wallet that the test has; the second comes; then the wallet is let go. */
        private static List<Boolean> held(Scene scene, Act first, Act second) throws Exception {
            CompletableFuture<Boolean> ahead;
            CompletableFuture<Boolean> behind;
            var database = market.servers.database();
            try (var connection = DriverManager.getConnection(url(), database.username(), database.password())) {
                connection.setAutoCommit(false);
                try (var lock = connection.prepareStatement("select id from market.wallets where id = ? for update")) {
                    lock.setObject(1, scene.wallet());
                    lock.execute();
                }
                ahead = CompletableFuture.supplyAsync(() -> Ends.isNew(first.by(scene)), threads);
                await().until(() -> ahead.isDone() || waiting() >= 1);
                behind = CompletableFuture.supplyAsync(() -> Ends.isNew(second.by(scene)), threads);
                await().until(() -> behind.isDone() || waiting() >= (ahead.isDone() ? 1 : 2));
                connection.rollback();
            }
            return List.of(ahead.join(), behind.join());
        }

        private static String url() {
            return market.servers.database().jdbcUrl(
                    market.jdbc.sql("select current_database()").query(String.class).single());
        }

        private static int waiting() {
            return market.jdbc.sql("select count(*) from pg_stat_activity where datname = current_database()"
                    + " and wait_event_type = 'Lock'").query(Integer.class).single();
        }
    }

    private static Scene rich() {
        return Scene.set("100.00", "100.00");
    }

    private static Scene approved() {
        var scene = rich();
        assertThat(Ends.isNew(scene.approve())).isTrue();
        return scene;
    }

    private static Scene posting() {
        var scene = approved();
        assertThat(Ends.isNew(market.told(new MarketCommand.StartPosting(scene.target(), 1)))).isTrue();
        return scene;
    }

    @Test
    void of_two_approvals_one_holds_the_money() throws Exception {
        race(MarketRacesIT::rich, Scene::approve, Scene::approve, (scene, ends) -> {
            assertThat(ends.one() ^ ends.other()).isTrue();
            assertThat(scene.status()).isEqualTo("approved");
        });
    }

    @Test
    void of_approval_and_rejection_one_comes_true() throws Exception {
        race(MarketRacesIT::rich, Scene::approve,
                scene -> market.tell(MODERATOR, new MarketCommand.RejectTarget(scene.target(), 1, "no")),
                (scene, ends) -> {
                    assertThat(ends.one() ^ ends.other()).isTrue();
                    assertThat(scene.status()).isEqualTo(ends.one() ? "approved" : "rejected");
                });
    }

    @Test
    void a_cancel_takes_back_what_was_approved_or_comes_before_it() throws Exception {
        race(MarketRacesIT::rich, Scene::approve,
                scene -> market.tell(scene.owner(), new MarketCommand.CancelCampaign(scene.campaign())),
                (scene, ends) -> {
                    assertThat(ends.other()).isTrue();
                    assertThat(scene.status()).isEqualTo(ends.one() ? "refunded" : "rejected");
                });
    }

    @Test
    void a_pause_comes_before_an_approval_or_after_it() throws Exception {
        race(MarketRacesIT::rich, Scene::approve,
                scene -> market.tell(scene.owner(), new MarketCommand.PauseCampaign(scene.campaign())),
                (scene, ends) -> {
                    assertThat(ends.other()).isTrue();
                    assertThat(scene.status()).isEqualTo(ends.one() ? "approved" : "submitted");
                });
    }

    @Test
    void a_pause_comes_before_a_submission_or_after_it() throws Exception {
        race(() -> {
            var scene = rich();
            market.tell(MODERATOR, new MarketCommand.RejectTarget(scene.target(), 1, "no"));
            return scene;
        }, scene -> market.tell(scene.owner(), new MarketCommand.SubmitTarget(scene.campaign(), scene.target())),
                scene -> market.tell(scene.owner(), new MarketCommand.PauseCampaign(scene.campaign())),
                (scene, ends) -> {
                    assertThat(ends.other()).isTrue();
                    assertThat(scene.status()).isEqualTo(ends.one() ? "submitted" : "rejected");
                });
    }

    @Test
    void a_campaign_that_is_activated_and_cancelled_at_once_is_cancelled() throws Exception {
        var drafts = new ConcurrentHashMap<UUID, UUID>();
        race(() -> {
            var scene = rich();
            var draft = UUID.randomUUID();
            market.tell(scene.owner(), new MarketCommand.DraftCampaign(draft, "Another", "10.00"));
            drafts.put(scene.target(), draft);
            return scene;
        }, scene -> market.tell(scene.owner(), new MarketCommand.ActivateCampaign(drafts.get(scene.target()))),
                scene -> market.tell(scene.owner(), new MarketCommand.CancelCampaign(drafts.get(scene.target()))),
                (scene, ends) -> {
                    assertThat(ends.other()).isTrue();
                    assertThat(market.jdbc.sql("select status from market.campaigns where id = :id")
                            .param("id", drafts.get(scene.target())).query(String.class).single())
                            .isEqualTo("cancelled");
                });
    }

    @Test
    void a_payout_meets_a_cancel_and_money_ends_once() throws Exception {
        race(() -> {
            var scene = posting();
            market.told(new MarketCommand.ReportPosted(scene.target(), 1,
                    new Message(market.chat(scene.channel()), 7, "https://t.me/x/7")));
            return scene;
        }, scene -> market.told(new MarketCommand.ReportLastLook(scene.target(), Instant.now(), true)),
                scene -> market.tell(scene.owner(), new MarketCommand.CancelCampaign(scene.campaign())),
                (scene, ends) -> {
                    assertThat(ends.one()).isTrue();
                    assertThat(scene.status()).isEqualTo("posted");
                });
    }

    @Test
    void a_wallet_with_money_for_one_pays_for_one() throws Exception {
        var others = new ConcurrentHashMap<UUID, UUID>();
        race(() -> {
            var scene = Scene.set("15.00", "100.00");
            others.put(scene.target(), scene.another());
            return scene;
        }, Scene::approve, scene -> scene.approve(others.get(scene.target())),
                (_, ends) -> assertThat(ends.one() ^ ends.other()).isTrue());
    }

    @Test
    void a_budget_for_one_is_spent_once() throws Exception {
        var others = new ConcurrentHashMap<UUID, UUID>();
        race(() -> {
            var scene = Scene.set("100.00", "15.00");
            others.put(scene.target(), scene.another());
            return scene;
        }, Scene::approve, scene -> scene.approve(others.get(scene.target())),
                (_, ends) -> assertThat(ends.one() ^ ends.other()).isTrue());
    }

    @Test
    void what_was_edited_meanwhile_is_not_approved() throws Exception {
        race(MarketRacesIT::rich, Scene::approve,
                scene -> market.tell(scene.owner(), new MarketCommand.EditTarget(scene.campaign(), scene.target(),
                        new Place.TelegramPost(scene.channel(), "Something else", null, null, null))),
                (scene, ends) -> {
                    assertThat(ends.one() ^ ends.other()).isTrue();
                    assertThat(scene.status()).isEqualTo(ends.one() ? "approved" : "submitted");
                });
    }

    @Test
    void a_cancel_meets_a_post_that_goes_out_and_money_moves_once_or_not_at_all() throws Exception {
        race(MarketRacesIT::approved,
                scene -> market.told(new MarketCommand.StartPosting(scene.target(), 1)),
                scene -> market.tell(scene.owner(), new MarketCommand.CancelCampaign(scene.campaign())),
                (scene, ends) -> {
                    assertThat(ends.one() ^ ends.other()).isTrue();
                    assertThat(scene.status()).isEqualTo(ends.one() ? "approved" : "refunded");
                });
    }

    @Test
    void a_deadline_and_a_success_end_the_escrow_once() throws Exception {
        race(MarketRacesIT::posting,
                scene -> market.told(new MarketCommand.ReportPosted(scene.target(), 1,
                        new Message(market.chat(scene.channel()), 7, "https://t.me/x/7"))),
                scene -> market.told(new MarketCommand.ReportFailed(scene.target(), 1, "refused")),
                (scene, ends) -> assertThat(scene.status()).isIn("posted", "refunded"));
    }

    @Test
    void one_deposit_that_is_told_twice_counts_once() throws Exception {
        var admin = new Actor("local", MarketUnderTest.id("the admin"), Set.of(Role.ADMIN));
        Act deposit = scene -> market.tell(admin,
                new MarketCommand.Deposit(MarketUnderTest.id(scene.advertiser()), "5.00", "pay " + scene.target()));
        race(MarketRacesIT::rich, deposit, deposit, (_, ends) -> assertThat(ends.one() ^ ends.other()).isTrue());
    }

    @Test
    void a_wallet_that_is_needed_by_two_for_the_first_time_is_opened_once() throws Exception {
        var admin = new Actor("local", MarketUnderTest.id("the admin"), Set.of(Role.ADMIN));
        var ends = IntStream.range(0, 10).mapToObj(i -> CompletableFuture.supplyAsync(() -> market.tell(admin,
                new MarketCommand.Deposit(MarketUnderTest.id("newcomer"), "1.00", "first " + i)), threads)).toList();
        assertThat(ends).allSatisfy(end -> assertThat(Ends.isNew(end.join())).isTrue());
        assertThat(market.jdbc.sql("select balance from market.wallets where id = :id")
                .param("id", MarketIds.userWallet("local", MarketUnderTest.id("newcomer")))
                .query(BigDecimal.class).single()).isEqualByComparingTo("10.00");
    }

    @Test
    void fifty_approvals_of_one_target_get_the_same_ids() {
        var scene = rich();
        var ids = IntStream.range(0, 50).mapToObj(i -> CompletableFuture.supplyAsync(
                () -> market.approve(scene.target().toString(), 1).is(200).text("escrowId"), threads)).toList()
                .stream().map(CompletableFuture::join).distinct().toList();
        assertThat(ids).containsExactly(MarketIds.escrow(scene.target()).toString());
    }

    @Test
    void fifty_targets_of_two_campaigns_of_one_advertiser_are_approved_at_once_without_a_deadlock() {
        var before = deadlocks();
        var scene = Scene.set("500.00", "500.00");
        var second = market.campaign(scene.advertiser(), "500.00");
        var targets = IntStream.range(0, 50).mapToObj(i -> i % 2 == 0 ? scene.another()
                : UUID.fromString(market.submitted(scene.advertiser(), second, scene.channel()))).toList();
        var ends = targets.stream()
                .map(target -> CompletableFuture.supplyAsync(() -> scene.approve(target), threads)).toList();
        assertThat(ends).allSatisfy(end -> assertThat(Ends.isNew(end.join())).isTrue());
        assertThat(deadlocks()).isEqualTo(before);
        assertThat(market.jdbc.sql("select balance from market.wallets where id = :id").param("id", scene.wallet())
                .query(BigDecimal.class).single()).isEqualByComparingTo("0.00");
    }

    @Test
    void fifty_campaigns_of_fifty_advertisers_are_approved_at_once_over_http() {
        var before = deadlocks();
        var targets = IntStream.range(0, 50).mapToObj(_ -> Scene.set("10.00", "10.00").target()).toList();
        var ids = targets.stream().map(target -> CompletableFuture.supplyAsync(
                () -> market.approve(target.toString(), 1).is(200).text("postJobId"), threads)).toList().stream()
                .map(CompletableFuture::join).toList();
        assertThat(ids).doesNotHaveDuplicates();
        assertThat(deadlocks()).isEqualTo(before);
        assertThat(market.jdbc.sql("select count(*) from market.escrows where status = 'held' and amount = 10.00"
                + " and \"campaignTargetId\" in (:targets)").param("targets", targets).query(Integer.class).single())
                .isEqualTo(50);
    }

    private static long deadlocks() {
        return market.jdbc.sql("select deadlocks from pg_stat_database where datname = current_database()")
                .query(Long.class).single();
    }
}
