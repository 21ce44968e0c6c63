package io.campaignlauncher.benchmarks;

import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.market.tables.LedgerCheck;
import io.campaignlauncher.standalone.Standalone;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** What the marketplace costs: approvals at once, beside the same rows written by hand, and posts, beside the pace that channels take. */
final class MarketCost implements AutoCloseable {

    private static final String PASSWORD = "tidy otter 7";
    private static final int ADVERTISERS = 50;
    private static final int WARM_UP_ROUNDS = 20;
    private static final int ROUNDS = 20;
    private static final int OF_ONE = 500;
    private static final int OF_ONE_WARM_UP_ROUNDS = 2;
    private static final int OF_ONE_ROUNDS = 2;
    private static final int POSTS = 200;
    private static final int PREPARED_AT_ONCE = 4;
    /** As many as the service has. */
    private static final int CONNECTIONS = 20;
    private static final double SHOWN_MS = 0.05;
    private static final double PROMISED_P95_MS = 500;
    private static final Duration CHECK_WITHIN = Duration.ofMinutes(1);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Api api;
    private final Cpu cpu;
    private final PostChannels telegram;
    private final DriverManagerDataSource database;
    private final JdbcClient sql;
    private final BareApprovals bare;
    private final String admin;
    private final String moderator;
    private final List<String> channels = new ArrayList<>();
    private final List<Advertiser> advertisers = new ArrayList<>();
    /** CPU seconds by part, while approvals of ours were asked for. */
    private final Map<String, Double> used = new HashMap<>();

    /** Somebody with money and a campaign. */
    private record Advertiser(String token, String campaign) {}

    /** Approvals that were asked for together. @param millis of each @param seconds until all were answered */
    private record Round(List<Double> millis, double seconds) {}

    private MarketCost(Standalone system, PostChannels telegram) throws Exception {
        this.api = new Api(system.api());
        this.cpu = Cpu.withDatabase(system.properties());
        this.telegram = telegram;
        var properties = system.properties(ServiceLogin.MODERATION_SERVICE);
        this.database = SystemDatabase.source(properties);
        this.sql = JdbcClient.create(database);
        this.bare = new BareApprovals(properties, CONNECTIONS);
        var folder = Path.of(Objects.requireNonNull(properties.get("launch.identity.admin-folder")).toString());
        this.admin = api.logIn("admin", Files.readString(folder.resolve("admin.password")).strip());
        api.post("/api/auth/users", Map.of("username", "mary", "password", PASSWORD, "roles", List.of("moderator")),
                admin, Api.CREATED);
        this.moderator = api.logIn("mary", PASSWORD);
    }

    static void measure(Standalone system, PostChannels telegram) throws Exception {
        try (var cost = new MarketCost(system, telegram)) {
            cost.offerChannels();
            for (int i = 0; i <= ADVERTISERS; i++) {
                cost.advertisers.add(cost.advertiser("advertiser-" + i));
            }
            cost.ofPosts();
            cost.ofApprovals();
        }
    }

    private void offerChannels() throws Exception {
        var paul = registered("paul").token();
        for (var channel : PostChannels.NAMES) {
            channels.add(api.post("/api/channels", Map.of("chat", channel, "price", "1.00"), paul, Api.CREATED)
                    .path("id").asString());
        }
    }

    private record Person(String userId, String token) {}

    private Person registered(String name) throws Exception {
        var userId = api.post("/api/auth/register", Map.of("username", name, "password", PASSWORD), null, Api.CREATED)
                .path("userId").asString();
        return new Person(userId, api.logIn(name, PASSWORD));
    }

    private Advertiser advertiser(String name) throws Exception {
        var person = registered(name);
        api.post("/api/admin/wallets/" + person.userId() + "/deposits", Map.of("amount", "100000.00", "externalId",
                name), admin, Api.CREATED);
        return new Advertiser(person.token(), campaign(person.token()));
    }

    private String campaign(String token) throws Exception {
        var id = api.post("/api/campaigns", Map.of("name", "otters", "totalBudget", "10000.00"), token, Api.CREATED)
                .path("id").asString();
        api.post("/api/campaigns/" + id + "/activate", Map.of(), token, Api.OK);
        return id;
    }

    /** Targets that wait for a moderator. */
    private List<String> submitted(List<Advertiser> each) throws Exception {
        return together(PREPARED_AT_ONCE, IntStream.range(0, each.size()).<Callable<String>>mapToObj(i -> () -> {
            var targets = "/api/campaigns/" + each.get(i).campaign() + "/targets";
            var target = api.post(targets, Map.of("channelId", channels.get(i % channels.size()), "text",
                    "Buy tidy otters"), each.get(i).token(), Api.CREATED).path("id").asString();
            api.post(targets + "/" + target + "/submit", Map.of(), each.get(i).token(), Api.OK);
            return target;
        }).toList());
    }

    private static <T> List<T> together(int atOnce, List<Callable<T>> tasks) throws Exception {
        try (var executor = Executors.newFixedThreadPool(atOnce)) {
            var done = new ArrayList<T>();
            for (Future<T> one : executor.invokeAll(tasks)) {
                done.add(one.get());
            }
            return done;
        }
    }

    private void approve(String target) throws Exception {
        api.post("/api/admin/moderation/targets/" + target + "/approve", Map.of("version", 1), moderator, Api.OK);
    }

    private interface Approval<T> {

        void of(T target) throws Exception;
    }

    /** All at the same time, each on a thread of its own. */
    private static <T> Round approved(List<T> targets, Approval<T> approval) throws Exception {
        var from = System.nanoTime();
        var millis = together(targets.size(), targets.stream().<Callable<Double>>map(target -> () -> {
            var asked = System.nanoTime();
            approval.of(target);
            return (System.nanoTime() - asked) / 1e6;
        }).toList());
        return new Round(millis, (System.nanoTime() - from) / 1e9);
    }

    /** Prints what approvals take; ours and those by hand in turns, because a machine is not as fast all the time. */
    private void ofApprovals() throws Exception {
        turnPosting(false);
        long deadlocks = deadlocks();
        var fifty = advertisers.subList(0, ADVERTISERS);
        rounds(WARM_UP_ROUNDS, fifty, 1, new ArrayList<>(), new ArrayList<>());
        rounds(OF_ONE_WARM_UP_ROUNDS, Collections.nCopies(OF_ONE, advertisers.getLast()), OF_ONE, new ArrayList<>(),
                new ArrayList<>());
        System.out.println("(h) approvals at once, ms                 p50      p95      p99   a second   x bare");
        compare("50 of 50 advertisers", ROUNDS, fifty, 1);
        var one = new Advertiser(advertisers.getLast().token(), campaign(advertisers.getLast().token()));
        compare("500 of one advertiser", OF_ONE_ROUNDS, Collections.nCopies(OF_ONE, one), OF_ONE);
        System.out.printf(Locale.ROOT,
                "    deadlocks %d, rows that break an invariant %d; promised: p95 below %.0f ms%n",
                deadlocks() - deadlocks, new LedgerCheck(database, "market", CHECK_WITHIN).run().size(),
                PROMISED_P95_MS);
    }

    private void compare(String what, int rounds, List<Advertiser> each, int ofOne) throws Exception {
        var ours = new ArrayList<Round>();
        var byHand = new ArrayList<Round>();
        used.clear();
        rounds(rounds, each, ofOne, ours, byHand);
        row(what, ours, byHand);
        row("  bare", byHand, byHand);
        used.entrySet().stream().sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .map(part -> Map.entry(part.getKey(), 1e3 * part.getValue() / rounds / each.size()))
                .filter(part -> part.getValue() >= SHOWN_MS)
                .forEach(part -> System.out.printf(Locale.ROOT, "      CPU ms each: %-40s %6.2f%n", part.getKey(),
                        part.getValue()));
    }

    /** @param ofOne targets of the same advertiser, for those by hand */
    private void rounds(int rounds, List<Advertiser> each, int ofOne, List<Round> ours, List<Round> byHand)
            throws Exception {
        for (int i = 0; i < rounds; i++) {
            var waiting = submitted(each);
            var before = cpu.byPart();
            ours.add(approved(waiting, this::approve));
            Cpu.between(before, cpu.byPart()).forEach((part, seconds) -> used.merge(part, seconds, Double::sum));
            byHand.add(approved(bare.waiting(each.size() / ofOne, ofOne).stream().flatMap(List::stream).toList(),
                    bare::approve));
        }
    }

    private static void row(String what, List<Round> rounds, List<Round> base) {
        var p = new Percentiles(rounds.stream().flatMap(round -> round.millis().stream()).toList());
        System.out.printf(Locale.ROOT, "    %-32s %8.1f %8.1f %8.1f %10.0f %8.2f%n", what, p.at(0.50), p.at(0.95),
                p.at(0.99), aSecond(rounds), aSecond(rounds) / aSecond(base));
    }

    private static double aSecond(List<Round> rounds) {
        return rounds.stream().mapToInt(round -> round.millis().size()).sum()
                / rounds.stream().mapToDouble(Round::seconds).sum();
    }

    private long deadlocks() {
        return sql.sql("select deadlocks from pg_stat_database where datname = current_database()").query(Long.class)
                .single();
    }

    /** Prints how long posts take from the moment at which they may go out, all together. */
    private void ofPosts() throws Exception {
        turnPosting(false);
        var targets = submitted(IntStream.range(0, POSTS).mapToObj(i -> advertisers.get(i % ADVERTISERS)).toList());
        for (var target : targets) {
            approve(target);
        }
        telegram.loseAnswers();
        var from = System.nanoTime();
        turnPosting(true);
        double posted = seconds(from, "select count(*) from market.post_jobs where status = 'posted'");
        double released = seconds(from, "select count(*) from market.escrows where status = 'released'");
        var jobs = sql.sql("select id from market.post_jobs").query(UUID.class).list();
        double limit = (double) POSTS / PostChannels.NAMES.size();
        System.out.printf(Locale.ROOT, """
                (i) %d posts to %d channels, 100 ms a call, %d answers lost
                    posted once                              %d, twice %d, not at all %d
                    until all are known to be posted         %.1f s, %.2f x one post per second and channel (%.0f s)
                    until all are paid for                   %.1f s
                """, POSTS, PostChannels.NAMES.size(), telegram.lost(), jobs.stream().filter(job -> telegram.posts(
                job) == 1).count(), jobs.stream().filter(job -> telegram.posts(job) > 1).count(),
                jobs.stream().filter(job -> telegram.posts(job) == 0).count(), posted, posted / limit, limit,
                released);
    }

    /** Until it counts as many as there are posts. */
    private double seconds(long from, String count) throws InterruptedException {
        while (sql.sql(count).query(Long.class).single() < POSTS) {
            Thread.sleep(LOOK_EVERY);
        }
        return (System.nanoTime() - from) / 1e9;
    }

    private void turnPosting(boolean on) throws Exception {
        api.post("/api/admin/kill-switches/telegram_posting", Map.of("enabled", on, "reason", "benchmark"), admin,
                Api.OK);
    }

    @Override
    public void close() throws Exception {
        bare.close();
        api.close();
    }
}
