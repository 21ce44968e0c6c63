package io.campaignlauncher.benchmarks;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** What it costs that everybody is somebody: the check of a token on each request, and people who log in while jobs are launched. */
final class AccessCost implements AutoCloseable {

    private static final String PASSWORD = "tidy otter 7";
    private static final String USER = "benchmark";
    private static final int ROUNDS = 20;
    private static final int ASKED_A_ROUND = 100;
    private static final int LOG_INS_A_SECOND = 50;
    private static final int LAUNCH_ROUNDS = 3;

    private final Api api;

    AccessCost(URI address) {
        this.api = new Api(address);
    }

    /**
     * Prints what one request takes by who asks; all in turns, because a machine is not as fast all the time.
     *
     * @param adminPassword of the first super_admin, who sees what whoever sits at the machine sees: the query is the same
     */
    void ofChecks(String adminPassword) throws Exception {
        var token = api.logIn("admin", adminPassword);
        var key = api.post("/api/auth/keys", Map.of("name", "benchmark", "scopes", List.of("jobs:read")), token,
                Api.CREATED).path("key").asString();
        var nobody = new ArrayList<Double>();
        var byToken = new ArrayList<Double>();
        var byKey = new ArrayList<Double>();
        for (int round = 0; round < 2 * ROUNDS; round++) {
            if (round == ROUNDS) {
                List.of(nobody, byToken, byKey).forEach(List::clear);
            }
            ask(null, nobody);
            ask(token, byToken);
            ask(key, byKey);
        }
        System.out.println("(f) a list of jobs, ms                     p50      p99   p50 beyond no token");
        var base = new Percentiles(nobody);
        row("without a token", base, base);
        row("with an access token", new Percentiles(byToken), base);
        row("with an API key", new Percentiles(byKey), base);
    }

    /** Prints (a) with people who log in beside it, and without, in turns. @param jobs runs some, one at a time */
    void ofLogIns(Callable<Percentiles> jobs) throws Exception {
        api.post("/api/auth/register", Map.of("username", USER, "password", PASSWORD), null, Api.CREATED);
        var alone = new ArrayList<Double>();
        var beside = new ArrayList<Double>();
        var done = new LongAdder();
        var refused = new LongAdder();
        var from = System.nanoTime();
        double seconds = 0;
        for (int round = 0; round < LAUNCH_ROUNDS; round++) {
            alone.add(jobs.call().at(0.50));
            from = System.nanoTime();
            try (var people = Executors.newScheduledThreadPool(1)) {
                people.scheduleAtFixedRate(() -> logInLater(done, refused), 0, 1_000_000 / LOG_INS_A_SECOND,
                        TimeUnit.MICROSECONDS);
                beside.add(jobs.call().at(0.50));
                people.shutdownNow();
            }
            seconds += (System.nanoTime() - from) / 1e9;
        }
        var before = new Percentiles(alone).at(0.50);
        var with = new Percentiles(beside).at(0.50);
        System.out.printf(Locale.ROOT, "(g) one job at a time, p50 ms: %.1f alone, %.1f beside log-ins, %.2f x;"
                + " %.1f log-ins a second answered, %d refused%n", before, with, with / before, done.sum() / seconds,
                refused.sum());
    }

    private void logInLater(LongAdder done, LongAdder refused) {
        api.postLater("/api/auth/login", Map.of("username", USER, "password", PASSWORD), null)
                .thenAccept(status -> (status == Api.OK ? done : refused).increment());
    }

    private static void row(String who, Percentiles p, Percentiles base) {
        System.out.printf(Locale.ROOT, "    %-32s %9.2f %8.2f %12.2f%n", who, p.at(0.50), p.at(0.99),
                p.at(0.50) - base.at(0.50));
    }

    private void ask(@Nullable String token, List<Double> millis) throws Exception {
        for (int i = 0; i < ASKED_A_ROUND; i++) {
            var from = System.nanoTime();
            api.get("/v1/jobs?limit=1", token);
            millis.add((System.nanoTime() - from) / 1e6);
        }
    }

    @Override
    public void close() {
        api.close();
    }
}
