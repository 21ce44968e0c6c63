package io.campaignlauncher.tools.launch;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A service that answers as it was told to, one request after the other, over real HTTP. */
public final class ScriptedService implements AutoCloseable {

    /** Breaks the connection instead of answering. */
    public static final int GONE = 0;

    private final HttpServer server;
    private final Deque<Answer> answers = new ArrayDeque<>();
    private final List<Asked> asked = new ArrayList<>();

    private record Answer(int status, String body) {}

    /** A request that came in. @param authorization empty: none */
    public record Asked(String method, String path, String authorization, byte[] body) {}

    public ScriptedService() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    public ScriptedService then(int status, String body) {
        synchronized (answers) {
            answers.add(new Answer(status, body));
        }
        return this;
    }

    public List<Asked> asked() {
        synchronized (answers) {
            return List.copyOf(asked);
        }
    }

    public URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        var body = exchange.getRequestBody().readAllBytes();
        Answer answer;
        synchronized (answers) {
            asked.add(new Asked(exchange.getRequestMethod(), exchange.getRequestURI().toString(),
                    String.join("", exchange.getRequestHeaders().getOrDefault("Authorization", List.of())), body));
            answer = answers.isEmpty() ? new Answer(500, "{\"title\":\"nothing was scripted\"}") : answers.remove();
        }
        try (exchange) {
            if (answer.status() != GONE) {
                var bytes = answer.body().getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().add("Retry-After", "0");
                exchange.sendResponseHeaders(answer.status(), bytes.length == 0 ? -1 : bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
