package io.campaignlauncher.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Apps that ask for launches over HTTP. One that is not told that its request was taken, because there is no answer or a bad one,
 * sends it again under the same key, to the next instance.
 */
final class HttpApps implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int TAKEN = 202;
    private static final int SERVERS_FAULT = 500;

    private final List<URI> instances;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final ExecutorService apps = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();
    private final LongAdder again = new LongAdder();

    /** @param instances where the API is */
    HttpApps(List<URI> instances) {
        this.instances = List.copyOf(instances);
    }

    /** @param first which instance is asked first */
    void ask(Launch launch, int first) {
        apps.execute(() -> {
            try {
                for (int attempt = 0; !isTaken(launch,
                        instances.get((first + attempt) % instances.size())); attempt++) {
                    again.increment();
                    Thread.sleep(PAUSE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** @return also true where it is refused for good, which is a defect here */
    private boolean isTaken(Launch launch, URI instance) throws InterruptedException {
        var request = HttpRequest.newBuilder(instance.resolve("/v1/jobs")).timeout(ANSWER_MAX)
                .header("content-type", "application/json").header("Idempotency-Key", launch.key())
                .POST(HttpRequest.BodyPublishers.ofString(launch.body())).build();
        try {
            var response = client.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != TAKEN && response.statusCode() < SERVERS_FAULT) {
                refusals.add(launch.name() + ": " + response.statusCode() + " " + response.body());
                return true;
            }
            return response.statusCode() == TAKEN;
        } catch (IOException noAnswer) {
            return false;
        }
    }

    /** How often a request was sent again. */
    long again() {
        return again.sum();
    }

    /** Answers that no app should get: everything that was asked for is right. */
    List<String> refusals() {
        return List.copyOf(refusals);
    }

    /** Returns when every app has been told that its request was taken. @throws IllegalStateException where that takes too long */
    void await(Duration atMost) throws InterruptedException {
        apps.shutdown();
        if (!apps.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("requests over HTTP are not taken within " + atMost);
        }
    }

    @Override
    public void close() {
        apps.shutdownNow();
        client.shutdownNow();
    }
}
