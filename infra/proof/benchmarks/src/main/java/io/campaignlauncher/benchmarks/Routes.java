package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Launch;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Requests as a well-behaved app sends them: one that is told to come again waits as long as it was told, and a stream that was cut off goes
 * on after what it saw. Notes how long each took, and whatever else goes wrong.
 */
final class Routes implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration STREAM_PATIENCE = Duration.ofMinutes(15);
    private static final int SHOWN_ERRORS = 20;
    private static final int TOO_MANY = 429;
    private static final int UNAVAILABLE = 503;

    private final URI address;
    private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Map<String, ConcurrentLinkedQueue<Double>> millis = new ConcurrentSkipListMap<>();
    private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
    private final AtomicInteger toldToComeAgain = new AtomicInteger();
    private final AtomicInteger cutOff = new AtomicInteger();

    Routes(URI address) {
        this.address = address;
    }

    void awaitReady(Duration patience) throws InterruptedException {
        await("ready", "/actuator/health/readiness", null, patience);
    }

    /** The service that made the key tells the others. */
    void awaitKnown(String key, Duration patience) throws InterruptedException {
        await("told of a key", "/v1/jobs?limit=1", key, patience);
    }

    private void await(String what, String path, @Nullable String key, Duration patience) throws InterruptedException {
        var until = System.nanoTime() + patience.toNanos();
        while (!isOk(path, key)) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the system is not " + what);
            }
            Thread.sleep(100);
        }
    }

    private boolean isOk(String path, @Nullable String key) throws InterruptedException {
        try {
            return client.send(request(path, key).build(), BodyHandlers.discarding()).statusCode() == Api.OK;
        } catch (IOException notYet) {
            return false;
        }
    }

    JsonNode get(String route, String path, String key) throws Exception {
        return send(route, request(path, key).build());
    }

    JsonNode post(String route, String path, Map<String, ?> body, @Nullable String key, Map<String, String> headers)
            throws Exception {
        var request = request(path, key).POST(json(body));
        headers.forEach(request::header);
        return send(route, request.build());
    }

    void put(String route, String path, Map<String, ?> body, String key) throws Exception {
        send(route, request(path, key).PUT(json(body)).build());
    }

    /** @return the job's id */
    String launch(Launch launch, String credential, String key) throws Exception {
        var request = launch.request();
        var body = Map.of("userId", launch.userId(), "adAccountId", launch.adAccountId(), "credentialId", credential,
                "strategy", request.getStrategy().toString(), "adSetCount", launch.adSets(), "pageId",
                request.getPageId(), "pixelId", request.getPixelId(),
                "campaign", Map.of("name", launch.name(), "objective", request.getCampaign().getObjective()),
                "adSet", Map.of("dailyBudget", request.getAdSet().getDailyBudget(),
                        "billingEvent", request.getAdSet().getBillingEvent(),
                        "optimizationGoal", request.getAdSet().getOptimizationGoal(),
                        "targeting", JsonMapper.shared().readTree(Launch.TARGETING)),
                "ad", Map.of("creative", JsonMapper.shared().readTree(Launch.CREATIVE)));
        return post("launch", "/v1/jobs", body, key, Map.of("Idempotency-Key", launch.name().replace(' ', '_')))
                .path("jobId").asString();
    }

    /** To its end. Each version has to come, and once. */
    void follow(String jobId, String key) throws Exception {
        var from = System.nanoTime();
        int seen = -1;
        var settled = false;
        while (!settled) {
            var request = HttpRequest.newBuilder(address.resolve("/v1/jobs/" + jobId + "/stream"))
                    .timeout(STREAM_PATIENCE).header("authorization", "Bearer " + key);
            if (seen >= 0) {
                request.header("Last-Event-ID", String.valueOf(seen));
            }
            var answer = client.send(request.build(), BodyHandlers.ofLines());
            if (answer.statusCode() != Api.OK) {
                answer.body().close();
                comeAgain("follow", answer);
                continue;
            }
            try (var lines = answer.body()) {
                for (var line : (Iterable<String>) lines::iterator) {
                    if (line.startsWith("id:")) {
                        int id = Integer.parseInt(line.substring(3).strip());
                        if (id != seen + 1) {
                            errors.add("follow: " + id + " after " + seen + " of " + jobId);
                        }
                        seen = id;
                    }
                    settled |= line.startsWith("event:settled");
                    if (line.startsWith("data:") && settled && !line.contains("\"status\":\"completed\"")) {
                        errors.add("follow: " + jobId + " ended otherwise: " + line);
                    }
                }
            } catch (java.io.UncheckedIOException broken) {
                cutOff.incrementAndGet();
            }
        }
        note("launch to its end", from);
    }

    private JsonNode send(String route, HttpRequest request) throws Exception {
        while (true) {
            var from = System.nanoTime();
            var answer = client.send(request, BodyHandlers.ofString());
            note(route, from);
            if (answer.statusCode() < 300) {
                return answer.body().isEmpty() ? JsonMapper.shared().createObjectNode()
                        : JsonMapper.shared().readTree(answer.body());
            }
            comeAgain(route, answer);
        }
    }

    private void comeAgain(String route, HttpResponse<?> answer) throws InterruptedException {
        var after = answer.headers().firstValue("retry-after");
        if (answer.statusCode() != TOO_MANY && answer.statusCode() != UNAVAILABLE || after.isEmpty()) {
            errors.add(route + ": " + answer.statusCode() + " " + answer.body());
            throw new IllegalStateException(route + ": " + answer.statusCode() + " " + answer.body());
        }
        if (answer.statusCode() == UNAVAILABLE) {
            errors.add(route + ": 503");
        }
        toldToComeAgain.incrementAndGet();
        Thread.sleep(Duration.ofSeconds(Long.parseLong(after.get())));
    }

    private void note(String route, long from) {
        millis.computeIfAbsent(route, _ -> new ConcurrentLinkedQueue<>()).add((System.nanoTime() - from) / 1e6);
    }

    private HttpRequest.Builder request(String path, @Nullable String key) {
        var request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE)
                .header("content-type", "application/json");
        return key == null ? request : request.header("authorization", "Bearer " + key);
    }

    private static HttpRequest.BodyPublisher json(Map<String, ?> body) {
        return BodyPublishers.ofString(JsonMapper.shared().writeValueAsString(new HashMap<>(body)));
    }

    void print() {
        System.out.printf(Locale.ROOT, "    %-24s %9s %8s %8s %8s%n", "ms", "requests", "p50", "p95", "p99");
        millis.forEach((route, all) -> {
            var p = new Percentiles(List.copyOf(all));
            System.out.printf(Locale.ROOT, "    %-24s %9d %8.1f %8.1f %8.1f%n", route, all.size(), p.at(0.50),
                    p.at(0.95),
                    p.at(0.99));
        });
        System.out.printf("    told to come again %d times, streams cut off %d times, errors %d%n",
                toldToComeAgain.get(), cutOff.get(), errors.size());
        errors.stream().limit(SHOWN_ERRORS).forEach(error -> System.out.println("    " + error));
    }

    void requireNoErrors() {
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.size() + " errors");
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
