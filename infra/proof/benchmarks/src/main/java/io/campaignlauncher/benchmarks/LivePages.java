package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Launch;
import io.campaignlauncher.schemas.CreateCampaign;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What people cost who look at a launch: pages that stay open while nothing happens, and while it goes on. */
final class LivePages implements AutoCloseable {

    private static final int PAGES = 200;
    private static final Duration QUIET = Duration.ofSeconds(10);
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final URI system;
    private final Api api;
    private final Cpu cpu;
    private final Consumer<CreateCampaign> publish;
    private final HttpClient browsers = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    LivePages(URI system, Cpu cpu, Consumer<CreateCampaign> publish) {
        this.system = system;
        this.api = new Api(system);
        this.cpu = cpu;
        this.publish = publish;
    }

    /** @param launches which may be made, one after the other */
    void measure(Iterable<Launch> launches) throws Exception {
        System.out.printf(Locale.ROOT,
                "%n(l) CPU of everything but the browsers     without   with %d pages   for a page%n",
                PAGES);
        var rounds = launches.iterator();
        round(rounds.next(), 0);
        round(rounds.next(), PAGES);
        var without = round(rounds.next(), 0);
        var with = round(rounds.next(), PAGES);
        row("waiting, % of a core", 100 * without.quiet() / QUIET.toSeconds(), 100 * with.quiet() / QUIET.toSeconds());
        row("a launch of 50 + 50, CPU ms", 1000 * without.launch(), 1000 * with.launch());
    }

    private static void row(String what, double without, double with) {
        System.out.printf(Locale.ROOT, "    %-36s %9.1f %16.1f %12.3f%n", what, without, with,
                (with - without) / PAGES);
    }

    /** CPU seconds of the quiet time, and of the launch from its start to its end. */
    private record Used(double quiet, double launch) {}

    private Used round(Launch launch, int pages) throws Exception {
        var waiting = CreateCampaign.newBuilder(launch.request())
                .setStartAt(Instant.now().plus(1, ChronoUnit.HOURS).truncatedTo(ChronoUnit.SECONDS).toString()).build();
        publish.accept(waiting);
        await(launch, "waiting for its start", job -> !job.path("timeZone").asString("").isEmpty());
        var open = new CountDownLatch(pages);
        var ended = new CountDownLatch(pages);
        for (int i = 0; i < pages; i++) {
            open(launch, open).whenComplete((_, _) -> ended.countDown());
        }
        requireDone(open, "pages are open");
        double before = seconds();
        Thread.sleep(QUIET);
        double begin = seconds();
        api.put("/v1/jobs/" + launch.jobId() + "/start",
                Map.of("startAt", "now", "reason", "now", "userId", "benchmark"));
        await(launch, "completed", job -> "completed".equals(job.path("status").asString()));
        requireDone(ended, "pages hear the end");
        return new Used(begin - before, seconds() - begin);
    }

    private CompletableFuture<Void> open(Launch launch, CountDownLatch open) {
        var page = HttpRequest.newBuilder(system.resolve("/console/jobs/" + launch.jobId() + "/stream?after=0"))
                .build();
        return browsers.<Void>sendAsync(page, answer -> {
            if (answer.statusCode() == Api.OK) {
                open.countDown();
            }
            return BodySubscribers.discarding();
        }).thenAccept(_ -> {});
    }

    private static void requireDone(CountDownLatch latch, String what) throws InterruptedException {
        if (!latch.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            throw new IllegalStateException("not all " + what + ", " + latch.getCount() + " of them");
        }
    }

    private void await(Launch launch, String what, Predicate<JsonNode> condition) throws Exception {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(api.look("/v1/jobs/" + launch.jobId()))) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(launch.name() + " still not " + what);
            }
            Thread.sleep(20);
        }
    }

    private double seconds() {
        return cpu.byPart().entrySet().stream().filter(part -> !part.getKey().equals(Cpu.BENCHMARK_CLIENT))
                .mapToDouble(Map.Entry::getValue).sum();
    }

    @Override
    public void close() {
        browsers.shutdownNow();
        browsers.close();
        api.close();
    }
}
