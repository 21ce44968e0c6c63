package io.campaignlauncher.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/** Requests over HTTP that are sent again, to the next instance, until there is an answer that tells of no fault of the server. */
final class AskedAgain implements AutoCloseable {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int SERVERS_FAULT = 500;

    private final List<URI> instances;
    private final HttpClient client = HttpClient.newBuilder().connectTimeout(ANSWER_MAX).build();
    private final LongAdder again = new LongAdder();

    /** @param instances where the API is */
    AskedAgain(List<URI> instances) {
        this.instances = List.copyOf(instances);
    }

    /**
     * @param first   which instance is asked first
     * @param request for an instance, the same each time
     */
    HttpResponse<String> ask(int first, Function<URI, HttpRequest.Builder> request) throws InterruptedException {
        for (int attempt = 0;; attempt++) {
            try {
                var answer = once(first + attempt, request);
                if (answer.statusCode() < SERVERS_FAULT) {
                    return answer;
                }
            } catch (IOException noAnswer) {
                // As after a bad one.
            }
            again.increment();
            Thread.sleep(PAUSE);
        }
    }

    private HttpResponse<String> once(int attempt, Function<URI, HttpRequest.Builder> request)
            throws IOException, InterruptedException {
        var instance = instances.get(attempt % instances.size());
        return client.send(request.apply(instance).timeout(ANSWER_MAX).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** How often a request was sent again. */
    long again() {
        return again.sum();
    }

    @Override
    public void close() {
        client.shutdownNow();
    }
}
