package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Launch;
import io.campaignlauncher.chaos.SettlementWatch;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.standalone.Standalone;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Runs the launches of the benchmark on the standalone system, and beside them two baselines by the same client on the same
 * simulator, 20 ms a call and 40 ms a batch. Limits of the account are off for all three: the load asked for is above them.
 * Then the crash of a creator; with the argument {@code crash} only that. With the argument {@code replay}, and how many if not a
 * million, how fast stored events are read, and nothing else; with {@code access} what tokens and log-ins cost, and nothing else; with
 * {@code marketplace} what approvals and posts take, and nothing else; with {@code file} what files of media buyers take, and nothing
 * else; with {@code console} what pages take, and nothing else; with {@code cost} what a launch makes of requests, records, rows and bytes,
 * and nothing else; with {@code users}, and for how many minutes if not ten, what five hundred
 * people at once meet, and nothing else; with {@code growth} what more instances and more stored events change, see {@link Growth}.
 */
public final class Benchmarks {

    private static final Duration CALL = Duration.ofMillis(20);
    private static final Duration BATCH = Duration.ofMillis(40);
    private static final int BRANCHES_AT_ONCE = 50;
    private static final int WARM_UP_AT_ONCE = 500;

    /** After these the JIT compilers take about a tenth of the CPU, after half as many a fifth: (d) tells. */
    private static final int WARM_UP_TIMES = 8;

    private static final int WARM_UP = 20;
    private static final int SINGLE_JOBS = 20;
    private static final int MANY_JOBS = 500;
    static final int COSTED_LAUNCHES = 10;
    private static final int ACCOUNTS = 50;
    private static final int ENTITIES = 101;
    private static final long REPLAYED_EVENTS = 1_000_000;
    private static final long USERS_MINUTES = 10;
    private static final int BARE_JOBS_AT_ONCE = 20;
    /** So many that the processor is what bounds them. */
    private static final int UNBOUND_JOBS_AT_ONCE = 60;
    private static final int UNBOUND_CONNECTIONS = 1_000;
    private static final int NAIVE_JOBS_AT_ONCE = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    private final Standalone system;
    private final Simulator simulator;
    private final Baselines baselines;
    private final Cpu cpu;
    private final LaunchRecords records = new LaunchRecords();
    private final KafkaProducer<String, byte[]> producer;

    private Benchmarks(Standalone system, Simulator simulator) throws SQLException {
        this.system = system;
        this.simulator = simulator;
        this.baselines = baselines(simulator, GraphSettings.CONNECTIONS_MAX);
        this.cpu = Cpu.withDatabase(system.properties());
        var client = system.kafka().client("benchmarks");
        client.put("acks", "all");
        this.producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    }

    private static Baselines baselines(Simulator simulator, int connections) {
        return new Baselines(HttpGraph.over(new GraphSettings(simulator.baseUrl(), GraphSettings.API_VERSION,
                GraphSettings.REQUEST_TIMEOUT, GraphSettings.CONNECT_TIMEOUT, connections,
                GraphSettings.PENDING_MAX), null), BRANCHES_AT_ONCE);
    }

    public static void main(String[] arguments) throws Exception {
        if (List.of(arguments).contains("replay")) {
            ReplaySpeed.run(arguments.length > 1 ? Long.parseLong(arguments[1]) : REPLAYED_EVENTS);
            System.exit(0);
        }
        if (List.of(arguments).contains("recover")) {
            RecoverySpeed.run(arguments.length > 1 ? Long.parseLong(arguments[1]) : REPLAYED_EVENTS);
            System.exit(0);
        }
        if (List.of(arguments).contains("file")) {
            FileCost.run();
            System.exit(0);
        }
        if (List.of(arguments).contains("users")) {
            ConcurrentUsers
                    .run(Duration.ofMinutes(arguments.length > 1 ? Long.parseLong(arguments[1]) : USERS_MINUTES));
            System.exit(0);
        }
        var rules = GraphRules.DEFAULTS.withLatency(CALL, BATCH).withoutLimits();
        if (List.of(arguments).contains("growth")) {
            Growth.run(rules, List.of(arguments).subList(1, arguments.length));
            System.exit(0);
        }
        if (List.of(arguments).contains("cost")) {
            System.out.printf("%nwhat a launch makes, for docs/launch-cost.md%n%s",
                    costOfALaunch(COSTED_LAUNCHES).text());
            System.exit(0);
        }
        if (List.of(arguments).contains("access")) {
            measure(rules, Benchmarks::access);
            System.exit(0);
        }
        if (List.of(arguments).contains("console")) {
            measure(rules, Benchmarks::pages);
            System.exit(0);
        }
        if (List.of(arguments).contains("marketplace")) {
            try (var telegram = new PostChannels()) {
                measure(rules, benchmarks -> MarketCost.measure(benchmarks.system, telegram), telegram.options());
            }
            System.exit(0);
        }
        if (!List.of(arguments).contains("crash")) {
            measure(rules, Benchmarks::run);
        }
        CrashRecovery.run(rules);
        System.exit(0);
    }

    private interface Work {

        void of(Benchmarks benchmarks) throws Exception;
    }

    private static void measure(GraphRules rules, Work work, String... further) throws Exception {
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules))) {
            var from = System.nanoTime();
            var options = Stream.of("--no-demo", "--server.port=0",
                    "--graph.base-url=" + simulator.baseUrl(),
                    "--launch.creation.mutations-per-second=0", "--launch.http.limits.reads=0",
                    "--launch.market.limits.reads=0", "--launch.market.limits.changes=0",
                    "--launch.identity.limits.address-tries=1000000", "--launch.identity.limits.name-tries=1000000");
            try (var system = Standalone.start(
                    Stream.concat(options, Stream.of(further)).toArray(String[]::new))) {
                double ready = (System.nanoTime() - from) / 1e9;
                var benchmarks = new Benchmarks(system, simulator);
                System.out.printf(Locale.ROOT, "start-up to ready %.1f s, then resident MiB: %s%n%n", ready,
                        benchmarks.cpu.memoryMib());
                work.of(benchmarks);
            }
        }
    }

    private void run() throws Exception {
        storeToken();
        for (int time = 1; time <= WARM_UP_TIMES; time++) {
            manyJobs(Baselines.launches("warm-up " + time, WARM_UP_AT_ONCE, ACCOUNTS, 2000));
            manyBaseline(Baselines.launches("warm-up bare " + time, WARM_UP_AT_ONCE, ACCOUNTS, 2000),
                    BARE_JOBS_AT_ONCE, baselines::bare);
            manyBaseline(Baselines.launches("warm-up naive " + time, WARM_UP_AT_ONCE, ACCOUNTS, 2000),
                    NAIVE_JOBS_AT_ONCE, baselines::naive);
        }
        oneAtATime("warm-up single", WARM_UP, 2100);
        singles();
        many();
        var feed = new FeedLatency(system.properties(), system.kafka().client("benchmarks")).measure(50, 300);
        System.out.printf(Locale.ROOT, "%n(c) commit to consumer: p50 %.1f ms, p99 %.1f ms of 300 events%n",
                feed.at(0.50), feed.at(0.99));
        System.out.println("(d) peak memory MiB: " + cpu.memoryMib());
        producer.close();
    }

    /** What each of so many launches makes, one after another: beside others it would be chance what is taken together. */
    static LaunchCost costOfALaunch(int launches) throws Exception {
        var cost = new AtomicReference<LaunchCost>();
        measure(GraphRules.DEFAULTS.withLatency(CALL, BATCH).withoutLimits(), benchmarks -> {
            benchmarks.storeToken();
            benchmarks.oneAtATime("before", launches, 2100);
            var before = LaunchCost.of(benchmarks.system, benchmarks.simulator);
            benchmarks.oneAtATime("costed", launches, 4000);
            cost.set(LaunchCost.of(benchmarks.system, benchmarks.simulator).since(before, launches));
            benchmarks.producer.close();
        });
        return Objects.requireNonNull(cost.get());
    }

    private void access() throws Exception {
        storeToken();
        manyJobs(Baselines.launches("warm-up", WARM_UP_AT_ONCE, ACCOUNTS, 2000));
        try (var cost = new AccessCost(system.api())) {
            var folder = Path.of(
                    Objects.requireNonNull(system.properties().get("launch.identity.admin-folder")).toString());
            cost.ofChecks(Files.readString(folder.resolve("admin.password")).strip());
            var round = new AtomicInteger();
            cost.ofLogIns(
                    () -> oneAtATime("beside log-ins " + round.incrementAndGet(), SINGLE_JOBS, 2200 + round.get()));
        }
        producer.close();
    }

    private void pages() throws Exception {
        storeToken();
        var round = new AtomicInteger();
        try (var cost = new PageCost(new Api(system.api()), system.properties())) {
            cost.measure(() -> inTurn(Baselines.launches("beside pages " + round.incrementAndGet(), 2, 1, 2500),
                    new ArrayList<>()));
        }
        try (var live = new LivePages(system.api(), cpu,
                request -> producer.send(records.createCampaign(request, "/benchmarks", Instant.now())))) {
            live.measure(Baselines.launches("looked at", 4, 1, 2600));
        }
        producer.close();
    }

    private void singles() throws Exception {
        var ours = oneAtATime("single", SINGLE_JOBS, 3000);
        var listed = oneAtATime("listed", listed(Baselines.launches("listed", SINGLE_JOBS, 1, 3300)));
        var bare = oneAtATimeBaseline("single bare", SINGLE_JOBS, 3100, baselines::bare);
        var naive = oneAtATimeBaseline("single naive", SINGLE_JOBS, 3200, baselines::naive);
        System.out.println("(a) one job of 50 + 50 at a time, ms      p50      p99   over bare  x bare  x naive");
        row("system", ours, bare, naive);
        row("system, AS_LISTED", listed, bare, naive);
        row("bare", bare, bare, naive);
        row("naive", naive, bare, naive);
        System.out.printf(Locale.ROOT, "    AS_LISTED 50 x 1 over ONE_FIFTY_ONE %25.2f%n",
                listed.at(0.50) / ours.at(0.50));
        System.out.println("    median ms from event to event of the system's jobs:");
        var ids = Baselines.launches("single", SINGLE_JOBS, 1, 3000).stream().map(Launch::jobId).toList();
        StageTimes.medians(system.properties(), ids)
                .forEach((event, millis) -> System.out.printf(Locale.ROOT, "    %-32s %9.1f%n", event, millis));
    }

    private static void row(String name, Percentiles p, Percentiles bare, Percentiles naive) {
        System.out.printf(Locale.ROOT, "    %-32s %9.1f %8.1f %11.1f %7.2f %8.2f%n", name, p.at(0.50), p.at(0.99),
                p.at(0.50) - bare.at(0.50), p.at(0.50) / bare.at(0.50), p.at(0.50) / naive.at(0.50));
    }

    private void many() throws Exception {
        var cpu0 = cpu.byPart();
        double ours = manyJobs(Baselines.launches("many", MANY_JOBS, ACCOUNTS, 4000));
        var used = Cpu.between(cpu0, cpu.byPart());
        double bare = manyBaseline(Baselines.launches("many bare", MANY_JOBS, ACCOUNTS, 4000), BARE_JOBS_AT_ONCE,
                baselines::bare);
        double naive = manyBaseline(Baselines.launches("many naive", MANY_JOBS, ACCOUNTS, 4000), NAIVE_JOBS_AT_ONCE,
                baselines::naive);
        double more = manyBaseline(Baselines.launches("many unbound", MANY_JOBS, ACCOUNTS, 4000),
                UNBOUND_JOBS_AT_ONCE, baselines(simulator, UNBOUND_CONNECTIONS)::bare);
        System.out.println();
        System.out.println("(b) 500 jobs of 50 + 50 at once       jobs/s  entities/s  x bare  x naive");
        manyRow("system", ours, bare, naive);
        manyRow("bare", bare, bare, naive);
        manyRow("bare, over 1,000 connections", more, bare, naive);
        manyRow("naive", naive, bare, naive);
        System.out.println();
        System.out.printf(Locale.ROOT, "(d) CPU seconds of (b) by part, %.2f in all%n",
                used.values().stream().mapToDouble(Double::doubleValue).sum());
        used.entrySet().stream()
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed())
                .filter(entry -> entry.getValue() >= 0.05)
                .forEach(
                        entry -> System.out.printf(Locale.ROOT, "    %-40s %6.2f%n", entry.getKey(), entry.getValue()));
    }

    private static void manyRow(String name, double jobs, double bare, double naive) {
        System.out.printf(Locale.ROOT, "    %-30s %9.1f %11.0f %7.2f %8.2f%n", name, jobs, jobs * ENTITIES,
                jobs / bare, jobs / naive);
    }

    /** The same with something of its own for each ad set and each ad. */
    private static List<Launch> listed(List<Launch> launches) {
        return launches.stream().map(launch -> new Launch(launch.userId(), launch.adAccountId(), launch.name(),
                launch.adSets(), true)).toList();
    }

    private Percentiles oneAtATime(String stem, int jobs, int account) throws Exception {
        return oneAtATime(stem, Baselines.launches(stem, jobs, 1, account));
    }

    private Percentiles oneAtATime(String stem, List<Launch> launches) throws Exception {
        List<Double> accepted = new ArrayList<>();
        var millis = inTurn(launches, accepted);
        System.out.printf(Locale.ROOT, "%s: accepted, as a consumer of job.events sees it, after p50 %.1f ms%n", stem,
                new Percentiles(accepted).at(0.50));
        return millis;
    }

    /** @param accepted takes the ms to each acceptance */
    private Percentiles inTurn(List<Launch> launches, List<Double> accepted) throws Exception {
        List<Double> millis = new ArrayList<>();
        try (var watch = new SettlementWatch(system.kafka().client("benchmarks"))) {
            for (var launch : launches) {
                var from = System.nanoTime();
                var jobId = publish(launch);
                watch.await(millis.size() + 1, PATIENCE);
                millis.add((watch.settlement(jobId).nanos() - from) / 1e6);
                accepted.add((watch.acceptedNanos(jobId) - from) / 1e6);
                ExactLaunch.require(simulator.world(), launch, watch.settlement(jobId));
            }
        }
        return new Percentiles(millis);
    }

    private Percentiles oneAtATimeBaseline(String stem, int jobs, int account, Function<Launch, Mono<Void>> baseline) {
        List<Double> millis = new ArrayList<>();
        for (var launch : Baselines.launches(stem, jobs, 1, account)) {
            var from = System.nanoTime();
            baseline.apply(launch).block(PATIENCE);
            millis.add((System.nanoTime() - from) / 1e6);
        }
        return new Percentiles(millis);
    }

    /** @return jobs a second, from the first publication to the last settlement */
    private double manyJobs(List<Launch> launches) throws Exception {
        try (var watch = new SettlementWatch(system.kafka().client("benchmarks"))) {
            var from = System.nanoTime();
            for (var launch : launches) {
                publish(launch);
            }
            watch.await(launches.size(), PATIENCE);
            var last = watch.settlements().values().stream().mapToLong(SettlementWatch.Settlement::nanos).max()
                    .orElseThrow();
            for (var launch : launches) {
                ExactLaunch.require(simulator.world(), launch, watch.settlement(launch.jobId()));
            }
            simulator.world().clear();
            System.out.printf(
                    "%d of %d jobs at once completed, none with one entity too many or too few by the simulator's own count%n",
                    launches.size(), launches.size());
            return launches.size() / ((last - from) / 1e9);
        }
    }

    /** @param atOnce jobs at a time: enough to keep the connection pool busy, few enough to fit into it */
    private double manyBaseline(List<Launch> launches, int atOnce, Function<Launch, Mono<Void>> baseline) {
        var from = System.nanoTime();
        Flux.fromIterable(launches).flatMap(baseline, atOnce).blockLast(PATIENCE);
        double seconds = (System.nanoTime() - from) / 1e9;
        simulator.world().clear();
        return launches.size() / seconds;
    }

    private String publish(Launch launch) {
        var record = records.createCampaign(launch.request(), "/benchmarks", Instant.now());
        producer.send(record);
        return record.key();
    }

    private void storeToken() throws Exception {
        var request = HttpRequest.newBuilder(system.api().resolve("/v1/credentials/" + Launch.CREDENTIAL))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"accessToken\":\"" + Launch.TOKEN + "\"}"))
                .build();
        try (var client = HttpClient.newHttpClient()) {
            var status = client.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
            if (status != 204) {
                throw new IllegalStateException("the token was not stored: " + status);
            }
        }
    }
}
