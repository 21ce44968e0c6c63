package io.campaignlauncher.chaos;

import java.io.IOException;
import java.net.ConnectException;
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
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/**
 * Callers who ask for one launch after the other over HTTP. Like a load balancer each goes on to the next instance where one is not
 * there; all other answers but a success and a 503 that says when to come again, and every answer that breaks off, are noted.
 */
final class RollCallers implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    private static final Duration NEXT_INSTANCE = Duration.ofMillis(100);
    private static final int AD_SETS = 3;
    private static final int ACCOUNTS = 7;
    private static final int UNAVAILABLE = 503;
    private static final int SUCCESS = 2;

    private final List<URI> instances;
    private final Duration every;
    private final Consumer<Launch> accepted;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final AtomicInteger numbers = new AtomicInteger();
    private final LongAdder notThere = new LongAdder();
    private final LongAdder sentElsewhere = new LongAdder();
    private final Queue<String> refused = new ConcurrentLinkedQueue<>();
    private final Queue<String> brokenOff = new ConcurrentLinkedQueue<>();
    private volatile boolean on = true;

    /** @param accepted told of each launch that was taken */
    RollCallers(List<URI> instances, int count, Duration every, Consumer<Launch> accepted) {
        this.instances = instances;
        this.every = every;
        this.accepted = accepted;
        for (int i = 0; i < count; i++) {
            int first = i;
            callers.execute(() -> callOnAndOn(first));
        }
    }

    private void callOnAndOn(int first) {
        try {
            while (on) {
                int number = numbers.incrementAndGet();
                var launch = new Launch("buyer-" + number, "act_" + (7000 + number % ACCOUNTS), "Roll " + number,
                        AD_SETS, false);
                askUntilTaken(launch, first + number);
                accepted.accept(launch);
                Thread.sleep(every);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void askUntilTaken(Launch launch, int first) throws InterruptedException {
        for (int attempt = 0;; attempt++) {
            var instance = instances.get((first + attempt) % instances.size());
            try {
                var answer = client.send(HttpRequest.newBuilder(instance.resolve("/v1/jobs")).timeout(ANSWER_MAX)
                        .header("content-type", "application/json").header("Idempotency-Key", launch.key())
                        .POST(HttpRequest.BodyPublishers.ofString(launch.body())).build(),
                        HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() / 100 == SUCCESS) {
                    return;
                }
                if (answer.statusCode() == UNAVAILABLE && answer.headers().firstValue("retry-after").isPresent()) {
                    sentElsewhere.increment();
                } else {
                    refused.add(launch.name() + ": " + answer.statusCode() + " " + answer.body());
                }
            } catch (ConnectException nobodyListens) {
                notThere.increment();
            } catch (IOException e) {
                brokenOff.add(launch.name() + " at " + instance + ": " + e);
            }
            Thread.sleep(NEXT_INSTANCE);
        }
    }

    /** Answers that nobody should get. */
    List<String> refused() {
        return List.copyOf(refused);
    }

    /** Requests whose answer broke off, so that the caller could not know what became of them. */
    int brokenOff() {
        return brokenOff.size();
    }

    List<String> brokenOffAfter(int count) {
        return brokenOff.stream().skip(count).toList();
    }

    /** Returns when every caller has been told that its last launch was taken. */
    void end(Duration atMost) throws InterruptedException {
        on = false;
        callers.shutdown();
        if (!callers.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("launches are not taken within " + atMost);
        }
    }

    @Override
    public String toString() {
        return sentElsewhere + " answers 503 with Retry-After, " + notThere + " times nobody listened, "
                + brokenOff.size()
                + " answers broke off, " + refused.size() + " refused";
    }

    @Override
    public void close() {
        callers.shutdownNow();
        client.shutdownNow();
    }
}
