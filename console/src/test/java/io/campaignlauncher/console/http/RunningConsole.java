package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.console.ConsoleService;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.HttpHeaders;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;

/** The console with a server behind it that says what a test tells it to, in place of the other services. */
final class RunningConsole implements AutoCloseable {

    /** A request that came to the other services. */
    record Asked(String line, HttpHeaders headers, String body) {

        String authorization() {
            return header("authorization");
        }

        /** Whom it was said to be for. */
        String address() {
            return header("x-forwarded-for");
        }

        /** By which it is done once. */
        String key() {
            return header("idempotency-key");
        }

        String traceparent() {
            return header("traceparent");
        }

        String lastEventId() {
            return header("last-event-id");
        }

        private String header(String name) {
            return headers.get(name, "");
        }
    }

    /** @param flushed whether each part goes out when it is there */
    private record Answer(int status, Map<String, String> headers, Publisher<String> body, boolean flushed) {}

    private static final Answer NO_SUCH_JOB = new Answer(404, Map.of(), Mono.just("{\"title\":\"No such job\","
            + "\"detail\":\"Nothing that you may see has this id.\"}"), false);
    private static final String IDENTITY = "--launch.console.identity-service.base-url=";

    private final HttpClient client = HttpClient.newHttpClient();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<Asked> asked = new CopyOnWriteArrayList<>();
    private final AtomicInteger flowing = new AtomicInteger();
    private final Map<String, byte[]> bodies = new ConcurrentHashMap<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicInteger brokenOff = new AtomicInteger();
    private volatile boolean away;
    private volatile @Nullable FakeIdentity judge;
    private final DisposableServer others;
    private final ConfigurableApplicationContext context;

    RunningConsole(String... arguments) {
        others = HttpServer.create().host("127.0.0.1").port(0)
                .handle((request, response) -> received(request)
                        .flatMap(sent -> {
                            if (away) {
                                response.withConnection(Connection::dispose);
                                return Mono.<Void>never();
                            }
                            var line = request.method() + " " + request.uri();
                            bodies.put(line, sent);
                            var one = new Asked(line, request.requestHeaders().copy(),
                                    new String(sent, StandardCharsets.UTF_8));
                            asked.add(one);
                            var judging = judge;
                            if (judging != null && !judging.knows(one.authorization())) {
                                return response.status(401).sendString(Mono.just("{\"title\":\"Nobody known asks\"}"))
                                        .then();
                            }
                            var answer = answers.getOrDefault(line, NO_SUCH_JOB);
                            answer.headers().forEach(response::header);
                            response.status(answer.status());
                            if (!answer.flushed()) {
                                return response.sendString(answer.body()).then();
                            }
                            flowing.incrementAndGet();
                            request.withConnection(connection -> connection.onDispose(flowing::decrementAndGet));
                            return response.send(Flux.from(answer.body())
                                    .map(part -> Unpooled.copiedBuffer(part, StandardCharsets.UTF_8)), _ -> true)
                                    .then();
                        }))
                .bindNow();
        var address = "http://127.0.0.1:" + others.port();
        var all = new ArrayList<>(List.of("--server.port=0", "--launch.console.job-service.base-url=" + address,
                "--launch.console.moderation-service.base-url=" + address));
        all.addAll(Arrays.asList(arguments));
        if (all.stream().noneMatch(argument -> argument.startsWith(IDENTITY))) {
            all.add(IDENTITY + address);
        }
        context = ConsoleService.application().run(all.toArray(String[]::new));
        switches("{\"name\":\"intake\",\"enabled\":true}", "{\"name\":\"creation\",\"enabled\":true}",
                "{\"name\":\"rollback\",\"enabled\":true}");
        answer("GET /v1/jobs?limit=50", 200, "{\"jobs\":[],\"next\":null}");
    }

    /** Whose log-ins are known by this one, and whose other services believe nobody else. */
    static RunningConsole knowing(FakeIdentity identity, String... arguments) {
        var all = new ArrayList<>(List.of(IDENTITY + identity.address()));
        all.addAll(Arrays.asList(arguments));
        var console = new RunningConsole(all.toArray(String[]::new));
        console.believe(identity);
        return console;
    }

    /** The other services know those that this one knows, and nobody else. */
    void believe(FakeIdentity identity) {
        judge = identity;
    }

    /** How each stands. */
    void switches(String... each) {
        answer("GET /v1/kill-switches", 200, "{\"killSwitches\":[" + String.join(",", each) + "]}");
    }

    private Mono<byte[]> received(HttpServerRequest request) {
        var whole = new AtomicBoolean();
        request.withConnection(connection -> connection.channel().closeFuture().addListener(_ -> {
            if (!whole.get()) {
                brokenOff.incrementAndGet();
            }
        }));
        return request.receive().asByteArray().doOnNext(part -> bytes.addAndGet(part.length))
                .reduceWith(ByteArrayOutputStream::new, (all, part) -> {
                    all.writeBytes(part);
                    return all;
                })
                .map(ByteArrayOutputStream::toByteArray)
                .doOnNext(_ -> whole.set(true));
    }

    /** That came to the other services so far, of requests that are not whole too. */
    long bytes() {
        return bytes.get();
    }

    /** How many requests to them ended before they were whole. */
    int brokenOff() {
        return brokenOff.get();
    }

    /** Of the last request of this line. */
    byte[] body(String line) {
        return Objects.requireNonNull(bodies.get(line));
    }

    void answer(String line, int status, String body) {
        answer(line, status, body, Map.of());
    }

    void answer(String line, int status, String body, Map<String, String> headers) {
        answers.put(line, new Answer(status, headers, Mono.just(body), false));
    }

    /** A stream of events, on connections of its own. */
    void flow(String line, Publisher<String> events) {
        answers.put(line, new Answer(200, Map.of("content-type", "text/event-stream"), events, true));
    }

    /** How many streams have a connection right now. */
    int flowing() {
        return flowing.get();
    }

    Streams streams() {
        return context.getBean(Streams.class);
    }

    /** Ends the console; the others go on. */
    void stop() {
        context.close();
    }

    /** Of all its routes. */
    List<RouteRule> rules() {
        return context.getBean(RouteTable.class).rules();
    }

    /** What came to the other services, in order. */
    List<Asked> asked() {
        return asked;
    }

    /** The same without how much waits, which is asked beside every few pages. */
    List<Asked> askedForPages() {
        return asked.stream().filter(one -> !one.line().equals("GET /v1/attention")).toList();
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

    /** As somebody who loads the page, and fills its form in. @param headers of the form; a cookie goes beside the page's own */
    HttpResponse<String> logIn(String name, String password, String next, String... headers) {
        var page = get("/console/login");
        var all = new ArrayList<>(Arrays.asList(headers));
        int cookie = all.indexOf("cookie");
        if (cookie < 0) {
            all.addAll(List.of("cookie", ConsoleTest.cookie(page)));
        } else {
            all.set(cookie + 1, all.get(cookie + 1) + "; " + ConsoleTest.cookie(page));
        }
        return post("/console/login", "_csrf=" + ConsoleTest.token(page) + "&username=" + encoded(name) + "&password="
                + encoded(password) + "&next=" + encoded(next), all.toArray(String[]::new));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private HttpRequest.Builder request(String path, String... headers) {
        var request = HttpRequest.newBuilder(address().resolve(path));
        return headers.length == 0 ? request : request.headers(headers);
    }

    CompletableFuture<HttpResponse<String>> getLater(String path, String... headers) {
        return client.sendAsync(request(path, headers).GET().build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, BodyHandlers.ofString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    URI address() {
        var server = Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer());
        return URI.create("http://127.0.0.1:" + server.getPort());
    }

    @Override
    public void close() {
        context.close();
        others.disposeNow();
    }
}
