package io.campaignlauncher.console.http;

import io.netty.handler.codec.http.HttpHeaderNames;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.netty.Connection;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What an identity-service does with log-ins and refresh tokens, which are good once, and what can go wrong with it. */
final class FakeIdentity implements AutoCloseable {

    static final String PASSWORD = "tidy otter 7";

    private static final Map<String, Object> AUDITED = Map.of("at", "2026-01-01T00:00:00Z", "actor", "-", "action",
            "log-in", "subject", "-", "outcome", "refused");

    /** What becomes of the next refresh. */
    enum Fault {
        NONE, LOST_BEFORE, LOST_AFTER, LATE, UNAVAILABLE, TOO_MANY
    }

    private record Live(String name, String sessionId) {}

    private record Done(int status, Map<String, Object> body) {}

    private final Map<String, List<String>> users = new ConcurrentHashMap<>();
    private final Map<String, Live> access = new ConcurrentHashMap<>();
    private final Map<String, Live> refresh = new ConcurrentHashMap<>();
    private final Map<String, Live> used = new ConcurrentHashMap<>();
    private final Map<String, String> keys = new ConcurrentHashMap<>();
    private final List<String> addresses = new CopyOnWriteArrayList<>();
    private final AtomicInteger refreshes = new AtomicInteger();
    private final AtomicInteger reuses = new AtomicInteger();
    private final Sinks.Empty<Void> released = Sinks.empty();
    private volatile Fault fault = Fault.NONE;
    private DisposableServer server;

    FakeIdentity() {
        server = serve(0);
    }

    private DisposableServer serve(int port) {
        return HttpServer.create().host("127.0.0.1").port(port)
                .handle((request, response) -> request.receive().aggregate().asString().defaultIfEmpty("")
                        .flatMap(body -> answer(request, response, body)))
                .bindNow();
    }

    String address() {
        return "http://127.0.0.1:" + server.port();
    }

    void user(String name, String... roles) {
        users.put(name, List.of(roles));
    }

    /** Whether another service would let this header in. */
    boolean knows(String authorization) {
        return access.containsKey(authorization.replace("Bearer ", ""));
    }

    Optional<String> nameOf(String authorization) {
        return Optional.ofNullable(access.get(authorization.replace("Bearer ", ""))).map(Live::name);
    }

    /** Access tokens have lived for ten minutes. */
    void timeGoesOn() {
        access.clear();
    }

    /** Somebody has ended all sessions. */
    void endAll() {
        access.clear();
        used.putAll(refresh);
        refresh.clear();
    }

    void next(Fault fault) {
        this.fault = fault;
    }

    /** What was held back is answered now. */
    void release() {
        released.tryEmitEmpty();
    }

    int refreshes() {
        return refreshes.get();
    }

    /** How often a refresh token came again. */
    int reuses() {
        return reuses.get();
    }

    int live() {
        return refresh.size();
    }

    /** Whom requests were said to be for, in order. */
    List<String> addresses() {
        return addresses;
    }

    void goAway() {
        server.disposeNow();
    }

    void comeBack() {
        server = serve(server.port());
    }

    private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, String text) {
        addresses.add(String.valueOf(request.requestHeaders().get("x-forwarded-for")));
        var body = text.isEmpty() ? JsonMapper.shared().createObjectNode() : JsonMapper.shared().readTree(text);
        var bearer = String.valueOf(request.requestHeaders().get(HttpHeaderNames.AUTHORIZATION))
                .replace("Bearer ", "");
        return switch (request.uri()) {
            case "/api/auth/login" -> send(response, logIn(body));
            case "/api/auth/me" -> send(response, me(bearer));
            case "/api/auth/logout" -> send(response, logOut(bearer));
            case "/api/auth/audit?limit=50&action=log-in" -> send(response, access.containsKey(bearer)
                    ? new Done(200, Map.of("entries", List.of(AUDITED), "next", 3)) : new Done(401, Map.of()));
            case "/api/auth/refresh" -> refreshed(response, body.path("refreshToken").asString(""));
            default -> send(response, new Done(404, Map.of("title", "No such address")));
        };
    }

    private Mono<Void> refreshed(HttpServerResponse response, String token) {
        refreshes.incrementAndGet();
        var now = fault;
        fault = Fault.NONE;
        return switch (now) {
            case NONE -> send(response, refresh(token));
            case LOST_BEFORE -> lost(response);
            case LOST_AFTER -> {
                refresh(token);
                yield lost(response);
            }
            case LATE -> {
                var done = refresh(token);
                yield released.asMono().then(Mono.defer(() -> send(response, done)));
            }
            case UNAVAILABLE -> send(response, new Done(503, Map.of("title", "Not possible at the moment")));
            case TOO_MANY -> send(response.header("retry-after", "7"), new Done(429, Map.of("title", "Too many")));
        };
    }

    private static Mono<Void> lost(HttpServerResponse response) {
        response.withConnection(Connection::dispose);
        return Mono.never();
    }

    private synchronized Done logIn(JsonNode body) {
        var name = body.path("username").asString("");
        return users.containsKey(name) && body.path("password").asString("").equals(PASSWORD)
                ? pair(new Live(name, UUID.randomUUID().toString()))
                : new Done(401, Map.of("title", "Log-in refused", "detail", "no"));
    }

    /** A key that is good. */
    void key(String key, String scope) {
        keys.put(key, scope);
    }

    private Done me(String token) {
        var scope = keys.get(token);
        if (scope != null) {
            return new Done(200, Map.of("userId", "id-of-boss", "username", "boss", "tenant", "local", "roles",
                    List.of("super_admin"), "keyId", UUID.randomUUID().toString(), "scopes", List.of(scope)));
        }
        var live = access.get(token);
        return live == null ? new Done(401, Map.of("title", "Nobody known asks"))
                : new Done(200, Map.of("userId", "id-of-" + live.name(), "username", live.name(), "tenant", "local",
                        "roles", Objects.requireNonNull(users.get(live.name())), "sessionId", live.sessionId()));
    }

    private synchronized Done logOut(String token) {
        var live = access.get(token);
        if (live == null) {
            return new Done(401, Map.of("title", "Nobody known asks"));
        }
        end(live.sessionId());
        return new Done(204, Map.of());
    }

    private synchronized Done refresh(String token) {
        var live = refresh.remove(token);
        if (live != null) {
            used.put(token, live);
            return pair(live);
        }
        var before = used.get(token);
        if (before != null) {
            reuses.incrementAndGet();
            end(before.sessionId());
        }
        return new Done(401, Map.of("title", "Refresh refused"));
    }

    private void end(String sessionId) {
        access.values().removeIf(live -> live.sessionId().equals(sessionId));
        refresh.values().removeIf(live -> live.sessionId().equals(sessionId));
    }

    private Done pair(Live live) {
        var body = new LinkedHashMap<String, Object>();
        body.put("accessToken", "access-" + UUID.randomUUID());
        body.put("refreshToken", "refresh-" + UUID.randomUUID());
        body.put("expiresIn", 600);
        access.put((String) body.get("accessToken"), live);
        refresh.put((String) body.get("refreshToken"), live);
        return new Done(200, body);
    }

    private static Mono<Void> send(HttpServerResponse response, Done done) {
        response.status(done.status());
        return done.status() == 204 ? response.send()
                : response.header("content-type", "application/json")
                        .sendString(Mono.just(JsonMapper.shared().writeValueAsString(done.body()))).then();
    }

    @Override
    public void close() {
        server.disposeNow();
    }
}
