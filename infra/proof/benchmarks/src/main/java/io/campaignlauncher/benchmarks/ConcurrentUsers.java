package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Launch;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Many people at once: each launches, follows its launch, looks around, thinks, and begins anew, against Facebook's own limits. The
 * system is one process and the simulator another, so that what grows is whose it is.
 */
final class ConcurrentUsers implements AutoCloseable {

    private static final int USERS = 500;
    private static final int ACCOUNTS = 100;
    private static final int AD_SETS_MAX = 10;
    private static final int REGISTERED_AT_ONCE = 4;
    private static final Duration THINKS_MAX = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SAMPLED_EVERY = Duration.ofSeconds(5);
    private static final String PASSWORD = "tidy otter 7";
    private static final List<String> SCOPES = List.of("jobs:launch", "jobs:read", "credentials:write");

    private final Path folder;
    private final List<Process> processes = new ArrayList<>();
    private final URI graph;
    private final URI address;
    private final Routes routes;

    private ConcurrentUsers() throws Exception {
        folder = Files.createTempDirectory("concurrent-users");
        int graphPort = freePort();
        graph = start("io.campaignlauncher.simulator.SimulatorMain", graphPort, "--port=" + graphPort,
                "--latency-ms=20", "--batch-latency-ms=40");
        int port = freePort();
        address = start("io.campaignlauncher.standalone.Standalone", port, "--no-demo", "--server.port=" + port,
                "--graph.base-url=" + graph, "--standalone.data-dir=" + folder.resolve("data"),
                "--launch.identity.limits.address-tries=1000000");
        routes = new Routes(address);
    }

    /** @param length how long they go on */
    static void run(Duration length) throws Exception {
        try (var users = new ConcurrentUsers()) {
            users.measure(length);
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private URI start(String program, int port, String... arguments) throws IOException {
        var command = new ArrayList<>(List.of(ProcessHandle.current().info().command().orElseThrow(), "-Xmx768m",
                "-XX:+UseParallelGC", "-cp", System.getProperty("java.class.path"), program));
        command.addAll(List.of(arguments));
        processes.add(new ProcessBuilder(command).redirectErrorStream(true)
                .redirectOutput(folder.resolve(program + ".out").toFile()).start());
        return URI.create("http://127.0.0.1:" + port);
    }

    private void measure(Duration length) throws Exception {
        routes.awaitReady(PATIENCE);
        var people = together(REGISTERED_AT_ONCE,
                IntStream.range(0, USERS).<Callable<Person>>mapToObj(i -> () -> person(i)).toList());
        try (var gauges = new Gauges(address, processes.getLast().pid(), SAMPLED_EVERY)) {
            long end = System.nanoTime() + length.toNanos();
            var launched = together(USERS, IntStream.range(0, USERS)
                    .<Callable<Integer>>mapToObj(i -> () -> user(i, people.get(i), end)).toList());
            int launches = launched.stream().mapToInt(Integer::intValue).sum();
            System.out.printf(Locale.ROOT,
                    "(m) %d users for %d s: %d launches, %.1f a second, each followed to its end%n",
                    USERS, length.toSeconds(), launches, launches / (double) length.toSeconds());
            routes.print();
            gauges.print();
        }
        routes.requireNoErrors();
    }

    private static <T> List<T> together(int atOnce, List<Callable<T>> tasks) throws Exception {
        try (var executor = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
            var results = new ArrayList<T>();
            for (Future<T> each : executor.invokeAll(tasks)) {
                results.add(each.get());
            }
            return results;
        }
    }

    /** @param key an access token is good for ten minutes, a key for longer */
    private record Person(String userId, String key) {}

    private Person person(int user) throws Exception {
        var name = "user-" + user;
        var userId = routes.post("register", "/api/auth/register", Map.of("username", name, "password", PASSWORD), null,
                Map.of()).path("userId").asString();
        var token = routes.post("log in", "/api/auth/login", Map.of("username", name, "password", PASSWORD), null,
                Map.of()).path("accessToken").asString();
        var key = routes.post("make a key", "/api/auth/keys", Map.of("name", "users", "scopes", SCOPES), token,
                Map.of()).path("key").asString();
        routes.awaitKnown(key, PATIENCE);
        routes.put("store a token", "/v1/credentials/of-" + name, Map.of("accessToken", Launch.TOKEN + user), key);
        return new Person(userId, key);
    }

    /** @return launches */
    private int user(int number, Person person, long end) throws Exception {
        var key = person.key();
        var random = ThreadLocalRandom.current();
        think();
        int launched = 0;
        while (System.nanoTime() < end) {
            int adSets = random.nextInt(1, AD_SETS_MAX + 1);
            var name = "User " + number + " launch " + launched;
            var launch = new Launch(person.userId(), "act_" + (7000 + number % ACCOUNTS), name, adSets,
                    false);
            var jobId = routes.launch(launch, "of-user-" + number, key);
            launched++;
            routes.follow(jobId, key);
            routes.get("a job", "/v1/jobs/" + jobId, key);
            routes.get("its slots", "/v1/jobs/" + jobId + "/slots", key);
            routes.get("its history", "/v1/jobs/" + jobId + "/history", key);
            routes.get("its calls", "/v1/jobs/" + jobId + "/calls", key);
            routes.get("a list of jobs", "/v1/jobs?limit=20", key);
            routes.get("a search", "/v1/search?q=launch+" + launched, key);
            routes.get("accounts", "/v1/accounts", key);
            think();
        }
        return launched;
    }

    private static void think() throws InterruptedException {
        Thread.sleep(ThreadLocalRandom.current().nextLong(THINKS_MAX.toMillis()));
    }

    @Override
    public void close() throws Exception {
        routes.close();
        for (var process : processes.reversed()) {
            process.destroy();
            process.waitFor();
        }
    }
}
