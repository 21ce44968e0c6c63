package io.campaignlauncher.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Followers of launches, each of one after the other from its first event to its last, over whatever instance is there. Notes every
 * event that came out of its order.
 */
final class RollStreams implements AutoCloseable {

    private static final Duration COME_BACK_AFTER = Duration.ofMillis(300);
    private static final int OK = 200;
    private static final int SEEN = 204;

    private final List<URI> instances;
    private final HttpClient client = HttpClient.newHttpClient();
    private final ExecutorService followers = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<Launch> wanted = new LinkedBlockingQueue<>();
    private final LongAdder events = new LongAdder();
    private final LongAdder cameBack = new LongAdder();
    private final LongAdder followed = new LongAdder();
    private final Queue<String> gaps = new ConcurrentLinkedQueue<>();
    private volatile boolean on = true;

    private static final class Place {
        private long last = -1;
        private boolean settled;
    }

    RollStreams(List<URI> instances, int count) {
        this.instances = instances;
        for (int i = 0; i < count; i++) {
            int first = i;
            followers.execute(() -> followOnAndOn(first));
        }
    }

    /** Somebody follows this launch as soon as there is somebody. */
    void follow(Launch launch) {
        wanted.add(launch);
    }

    private void followOnAndOn(int first) {
        try {
            while (on || !wanted.isEmpty()) {
                var launch = wanted.poll(COME_BACK_AFTER.toMillis(), TimeUnit.MILLISECONDS);
                if (launch != null) {
                    follow(launch, first);
                    followed.increment();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void follow(Launch launch, int first) throws InterruptedException {
        var place = new Place();
        for (int attempt = 0; !place.settled; attempt++) {
            try {
                read(launch, instances.get((first + attempt) % instances.size()), place);
            } catch (IOException brokenOff) {
                // As a browser does: it comes back after what it saw last.
            }
            if (!place.settled) {
                cameBack.increment();
                Thread.sleep(COME_BACK_AFTER);
            }
        }
    }

    private void read(Launch launch, URI instance, Place place) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(instance.resolve("/v1/jobs/" + launch.jobId() + "/stream"));
        if (place.last >= 0) {
            request.header("Last-Event-ID", Long.toString(place.last));
        }
        var answer = client.send(request.build(), HttpResponse.BodyHandlers.ofLines());
        try (var lines = answer.body()) {
            if (answer.statusCode() == SEEN) {
                place.settled = true;
            } else if (answer.statusCode() == OK) {
                lines.forEach(line -> take(launch, line, place));
            }
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void take(Launch launch, String line, Place place) {
        if (line.startsWith("id:")) {
            long id = Long.parseLong(line.substring(3).strip());
            if (id != place.last + 1) {
                gaps.add(launch.name() + ": event " + id + " after " + place.last);
            }
            place.last = id;
            events.increment();
        } else if (line.startsWith("event:")) {
            place.settled |= line.substring(6).strip().equals("settled");
        }
    }

    /** Events that were left out, or came again. */
    List<String> gaps() {
        return List.copyOf(gaps);
    }

    /** Returns when every launch was followed to its end. */
    void end(Duration atMost) throws InterruptedException {
        on = false;
        followers.shutdown();
        if (!followers.awaitTermination(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new IllegalStateException("launches cannot be followed to their ends within " + atMost);
        }
    }

    @Override
    public String toString() {
        return followed + " launches followed, " + events + " events, " + cameBack + " times came back, gaps " + gaps;
    }

    @Override
    public void close() {
        followers.shutdownNow();
        client.shutdownNow();
    }
}
