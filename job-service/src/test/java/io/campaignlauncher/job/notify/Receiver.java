package io.campaignlauncher.job.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Somebody's server that is told of jobs: keeps what it got, and answers as the test says. */
final class Receiver implements AutoCloseable {

    /** How a request is answered; it may also take its time or break off. */
    interface Answering {
        void answer(HttpExchange exchange, int nth) throws IOException, InterruptedException;
    }

    /** What was received. */
    record Received(String method, String path, String contentType, String userAgent, String id, String timestamp,
            String signature, String traceparent, byte[] body, Map<String, List<String>> headers) {}

    /** The trace context of what the tests tell of. */
    static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final HttpServer server;

    private Receiver(int port, Answering answering) {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/", exchange -> handle(exchange, answering));
        server.start();
    }

    /** On a free port. */
    static Receiver answering(Answering answering) {
        return new Receiver(0, answering);
    }

    static Receiver answering(int... statuses) {
        return new Receiver(0, statuses(statuses));
    }

    static Receiver answeringOn(int port, int... statuses) {
        return new Receiver(port, statuses(statuses));
    }

    /** One after the other; the last one from then on. */
    private static Answering statuses(int... statuses) {
        return (exchange, nth) -> exchange.sendResponseHeaders(statuses[Math.min(nth, statuses.length) - 1], -1);
    }

    private void handle(HttpExchange exchange, Answering answering) throws IOException {
        try (exchange) {
            var headers = exchange.getRequestHeaders();
            received.add(new Received(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    headers.getFirst("content-type"), headers.getFirst("user-agent"),
                    headers.getFirst("Launch-Webhook-Id"), headers.getFirst("Launch-Webhook-Timestamp"),
                    headers.getFirst("Launch-Webhook-Signature"), headers.getFirst("traceparent"),
                    exchange.getRequestBody().readAllBytes(), Map.copyOf(headers)));
            answering.answer(exchange, received.size());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    int port() {
        return server.getAddress().getPort();
    }

    String address() {
        return "http://127.0.0.1:" + port() + "/hook?key=" + SECRET_PART;
    }

    /** Part of every address: it may appear in no log. */
    static final String SECRET_PART = "s3cret-of-the-receiver";

    List<Received> received() {
        return List.copyOf(received);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
