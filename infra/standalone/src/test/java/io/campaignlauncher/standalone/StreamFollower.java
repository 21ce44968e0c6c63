package io.campaignlauncher.standalone;

import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Follows a job's stream as a browser does: when it is cut off, it comes back and names the last event that it has seen. */
final class StreamFollower implements AutoCloseable {

    private static final long COME_BACK_AFTER_MS = 100;

    private final RunningSystem system;
    private final String jobId;
    private final HttpClient client = HttpClient.newHttpClient();
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private final AtomicInteger connections = new AtomicInteger();
    private volatile boolean closed;

    record Event(long id, String name, JsonNode data) {}

    StreamFollower(RunningSystem system, String jobId) {
        this.system = system;
        this.jobId = jobId;
        connect();
    }

    List<Event> events() {
        return List.copyOf(events);
    }

    boolean sawTheEnd() {
        return !events.isEmpty() && events.getLast().name().equals("settled");
    }

    /** How often a stream was opened. */
    int connections() {
        return connections.get();
    }

    private void connect() {
        if (closed || sawTheEnd()) {
            return;
        }
        CompletableFuture.supplyAsync(() -> {
            var request = HttpRequest
                    .newBuilder(system.standalone().api().resolve("/v1/jobs/" + jobId + "/stream"));
            if (!events.isEmpty()) {
                request.header("Last-Event-ID", Long.toString(events.getLast().id()));
            }
            return request.build();
        }).thenCompose(request -> client.sendAsync(request, BodyHandlers.ofLines())).thenAcceptAsync(this::read)
                .whenComplete((_, _) -> CompletableFuture
                        .delayedExecutor(COME_BACK_AFTER_MS, TimeUnit.MILLISECONDS).execute(this::connect));
    }

    private void read(HttpResponse<Stream<String>> response) {
        if (response.statusCode() != 200) {
            return;
        }
        connections.incrementAndGet();
        var fields = new String[3];
        response.body().forEach(line -> {
            if (line.isEmpty() && fields[0] != null) {
                events.add(new Event(Long.parseLong(fields[0]), fields[1], JsonMapper.shared().readTree(fields[2])));
                fields[0] = null;
            } else if (line.startsWith("id:")) {
                fields[0] = line.substring(3).strip();
            } else if (line.startsWith("event:")) {
                fields[1] = line.substring(6).strip();
            } else if (line.startsWith("data:")) {
                fields[2] = line.substring(5).strip();
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        client.shutdownNow();
    }
}
