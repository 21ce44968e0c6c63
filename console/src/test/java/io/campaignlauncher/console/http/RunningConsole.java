package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.console.ConsoleService;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;

/** The console with a server behind it that says what a test tells it to, in place of the other services. */
final class RunningConsole implements AutoCloseable {

    /** A request that came to the other services. */
    record Asked(String line) {}

    private record Answer(int status, Map<String, String> headers, String body) {}

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private final DisposableServer others;
    private final ConfigurableApplicationContext context;

    RunningConsole(String... arguments) {
        others = HttpServer.create().host("127.0.0.1").port(0)
                .handle((request, response) -> request.receive().then().then(Mono.defer(() -> {
                    if (away) {
                        response.withConnection(Connection::dispose);
                        return Mono.<Void>never();
                    }
                    var line = request.method() + " " + request.uri();
                    asked.add(new Asked(line));
                    var answer = answers.getOrDefault(line,
                            new Answer(404, Map.of(), "{\"title\":\"No such job\",\"detail\":\"Nothing that you"
                                    + " may see has this id.\"}"));
                    answer.headers().forEach(response::header);
                    return response.status(answer.status()).sendString(Mono.just(answer.body())).then();
                })))
                .bindNow();
        var address = "http://127.0.0.1:" + others.port();
        var all = new ArrayList<>(List.of("--server.port=0", "--launch.console.job-service.base-url=" + address,
                "--launch.console.identity-service.base-url=" + address,
                "--launch.console.moderation-service.base-url=" + address));
        all.addAll(Arrays.asList(arguments));
        context = ConsoleService.application().run(all.toArray(String[]::new));
        answer("GET /v1/kill-switches/intake", 200, "{\"name\":\"intake\",\"enabled\":true}");
        answer("GET /v1/kill-switches/creation", 200, "{\"name\":\"creation\",\"enabled\":true}");
        answer("GET /v1/kill-switches/rollback", 200, "{\"name\":\"rollback\",\"enabled\":true}");
        answer("GET /v1/jobs?limit=50", 200, "{\"jobs\":[],\"next\":null}");
    }

    void answer(String line, int status, String body) {
        answer(line, status, body, Map.of());
    }

    void answer(String line, int status, String body, Map<String, String> headers) {
        answers.put(line, new Answer(status, headers, body));
    }

    /** Of all its routes. */
    List<RouteRule> rules() {
        return context.getBean(RouteTable.class).rules();
    }

    /** What came to the other services, in order. */
    List<Asked> asked() {
        return asked;
    }

    /** They answer nothing from now on: connections end. */
    void endOthers() {
        away = true;
    }

    HttpResponse<String> get(String path, String... headers) {
        return send(request(path, headers).GET().build());
    }

    /** @param form as a browser sends one */
    HttpResponse<String> post(String path, String form, String... headers) {
        return send(request(path, headers).header("content-type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form)).build());
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(address().resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private URI address() {
        var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        context.close();
        others.disposeNow();
    }
}
