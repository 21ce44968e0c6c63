package io.campaignlauncher.chaos;

import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Apps that ask for launches over HTTP. One that is not told that its request was taken, because there is no answer or a bad one,
 * sends it again under the same key, to the next instance.
 */
final class HttpApps implements AutoCloseable {

    private static final int TAKEN = 202;

    private final AskedAgain instances;
    private final ExecutorService apps = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<String> refusals = new ConcurrentLinkedQueue<>();

    /** @param instances where the API is */
    HttpApps(List<URI> instances) {
        this.instances = new AskedAgain(instances);
    }

    /** @param first which instance is asked first */
    void ask(Launch launch, int first) {
        apps.execute(() -> {
            try {
                var answer = instances.ask(first, instance -> HttpRequest.newBuilder(instance.resolve("/v1/jobs"))
                        .header("content-type", "application/json").header("Idempotency-Key", launch.key())
                        .POST(HttpRequest.BodyPublishers.ofString(launch.body())));
                if (answer.statusCode() != TAKEN) {
                    refusals.add(launch.name() + ": " + answer.statusCode() + " " + answer.body());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }

    /** How often a request was sent again. */
    long again() {
        return instances.again();
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
        instances.close();
    }
}
