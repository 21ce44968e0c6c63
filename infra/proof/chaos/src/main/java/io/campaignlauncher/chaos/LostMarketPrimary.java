package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.EmbeddedStandby;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The machine of the database is lost while posts go out that money is held for. All of them were approved before, so that nobody but
 * machines is under way then: what a person was told is on the standby.
 */
final class LostMarketPrimary {

    private static final String SLOT = "market_feed";
    private static final String POSTING_SWITCH = "/api/admin/kill-switches/telegram_posting";
    private static final int ADVERTISERS = 4;
    private static final int PUBLISHERS = 2;
    private static final int CHANNELS = 5;
    private static final Duration LOOK_EVERY = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final String JUDGED = """
            select count(*) filter (where status not in ('draft', 'submitted')) from market.campaign_targets
            """;
    private static final String PAID = "select count(*) from market.escrows where status = 'released'";
    private static final String DOUBTED = """
            select count(distinct job_id) from posting.post_attempts a
            where exists (select from posting.rewindings r where a.deadline >= r.at and a.was_unknown)
            """;

    private final Settings settings;
    private final PrintStream out;
    private final Random random;
    private final long startedAt = System.nanoTime();

    /** @param targets of campaigns of five */
    record Settings(Loss loss, int targets, long seed) {}

    /**
     * @param doubted posts that were looked for because an attempt may have been lost
     * @param paid    from the loss to the next post that is paid for
     */
    record Result(MarketVerdict verdict, long doubted, Duration promoted, Duration paid) {

        List<String> problems() {
            return verdict.problems();
        }
    }

    LostMarketPrimary(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.random = new Random(settings.seed());
    }

    /** @param folder for the processes' data and output */
    Result run(Path folder) throws InterruptedException, ExecutionException {
        var started = new AtomicReference<@Nullable EmbeddedStandby>();
        try (var telegram = MarketChannels.start(CHANNELS, settings.seed());
                var fleet = MarketFleet.startWithStandby(folder, telegram.settings(), started::set);
                var market = new AskedAgain(fleet.market())) {
            var standby = Objects.requireNonNull(started.get());
            settings.loss().prepare(standby, SLOT);
            say("everything runs, a standby too; output is in " + folder);
            var people = MarketPeople.come(fleet, market, ADVERTISERS, PUBLISHERS, random);
            var deals = new Deals();
            turn(people, false);
            deal(fleet, people, deals);
            telegram.goWrong();
            turn(people, true);
            return lost(fleet, standby, telegram, people, deals);
        }
    }

    private static void turn(MarketPeople people, boolean on) throws InterruptedException {
        people.admin().market().post(POSTING_SWITCH, Map.of("enabled", on, "reason", "a drill"));
    }

    /** Until all targets are judged. */
    private void deal(MarketFleet fleet, MarketPeople people, Deals deals)
            throws InterruptedException, ExecutionException {
        var dealing = new Dealing(deals);
        var over = new AtomicBoolean();
        var sql = JdbcClient.create(fleet.database());
        try (var actors = Executors.newVirtualThreadPerTaskExecutor()) {
            var working = new ArrayList<Future<?>>();
            try {
                for (var advertiser : people.advertisers()) {
                    dealing.deposit(people.admin(), advertiser);
                }
                campaigns(dealing, people).forEach(campaign -> working.add(actors.submit(campaign)));
                people.moderators().forEach(moderator -> working.add(actors.submit(() -> {
                    dealing.moderate(moderator, over::get);
                    return moderator;
                })));
                while (count(sql, JUDGED) < settings.targets()) {
                    Thread.sleep(LOOK_EVERY);
                }
            } finally {
                over.set(true);
            }
            for (var each : working) {
                each.get();
            }
        }
        say("all " + settings.targets() + " targets are judged");
    }

    private List<Callable<String>> campaigns(Dealing dealing, MarketPeople people) throws InterruptedException {
        var offered = new ArrayList<String>();
        for (int i = 0; i < CHANNELS; i++) {
            offered.add(dealing.offer(people.publishers().get(i % PUBLISHERS), MarketChannels.name(i), 7 + i + ".77"));
        }
        return IntStream.range(0, settings.targets() / CHANNELS).mapToObj(i -> {
            var channels = new ArrayList<>(offered);
            Collections.shuffle(channels, random);
            return (Callable<String>) () -> dealing.advertise(people.advertisers().get(i % ADVERTISERS),
                    "Campaign " + i, channels, Duration.ZERO, null);
        }).toList();
    }

    private Result lost(MarketFleet fleet, EmbeddedStandby standby, MarketChannels telegram, MarketPeople people,
            Deals deals) throws InterruptedException, ExecutionException {
        var sql = JdbcClient.create(fleet.database());
        while (count(sql, PAID) < settings.targets() / 6) {
            Thread.sleep(LOOK_EVERY);
        }
        var before = telegram.sends();
        var moments = settings.loss().befall(fleet, standby,
                () -> say("the standby gets nothing more; " + count(sql, PAID) + " posts are paid for"));
        say("primary lost, standby promoted; since the standby got nothing Telegram was asked "
                + (telegram.sends() - before) + " times for a message");
        var paidAt = awaitNextPaid(JdbcClient.create(fleet.database()));
        var posts = new UndecidedPosts(fleet, telegram, people.admin());
        MoneyHeld.awaitNone(fleet, posts, List.of(), PATIENCE, this::say);
        say("no money is held; " + telegram.faults() + " faults of Telegram");
        var verdict = MarketVerdict.on(fleet, telegram, deals);
        say(verdict.toString());
        return new Result(verdict, count(JdbcClient.create(fleet.posts()), DOUBTED), moments.untilPromoted(),
                moments.until(paidAt));
    }

    /** @return when, after the standby took over, there was one more than it knew of */
    private static long awaitNextPaid(JdbcClient sql) throws InterruptedException {
        long known = -1;
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - until < 0) {
            var paid = count(sql, PAID);
            if (known >= 0 && paid > known) {
                return System.nanoTime();
            }
            known = paid;
            Thread.sleep(LOOK_EVERY);
        }
        throw new IllegalStateException("nothing was paid for within " + PATIENCE);
    }

    private static long count(JdbcClient sql, String what) {
        return sql.sql(what).query(Long.class).single();
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
