package io.campaignlauncher.console.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.springframework.http.HttpMethod;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The identity-service, asked for a browser: what becomes of each try it counts by the browser's address, where it believes us. */
final class Identity {

    /** An answer with a new pair counts whenever it comes; after this it never does. */
    private static final Duration REFRESH_MAX = Duration.ofMinutes(1);

    private final ServiceClient service;

    Identity(ServiceClient service) {
        this.service = service;
    }

    Mono<Tokens> logIn(String name, String password, String address) {
        return service.send(post("/api/auth/login", Map.of("username", name, "password", password)).of(address))
                .map(this::tokens);
    }

    Mono<Principal> me(String access, String address) {
        return service.send(Call.get("/api/auth/me", Map.of()).of(address), access).map(this::principal);
    }

    Mono<Tokens> refresh(String refresh, String address) {
        return service.send(post("/api/auth/refresh", Map.of("refreshToken", refresh)).of(address), null, REFRESH_MAX)
                .map(this::tokens);
    }

    /** The session ends there too. */
    Mono<JsonNode> logOut(String access, String address) {
        return service.send(Call.of(HttpMethod.POST, "/api/auth/logout", null).of(address), access);
    }

    private static Call post(String path, Map<String, String> body) {
        return Call.of(HttpMethod.POST, path, JsonMapper.shared().valueToTree(body));
    }

    private Tokens tokens(JsonNode answer) {
        return new Tokens(needed(answer, "accessToken"), needed(answer, "refreshToken"));
    }

    private Principal principal(JsonNode answer) {
        return new Principal(needed(answer, "tenant"), needed(answer, "userId"), needed(answer, "username"),
                answer.path("roles").valueStream().map(JsonNode::asString).map(Role::named).flatMap(Optional::stream)
                        .collect(Collectors.toUnmodifiableSet()),
                new Principal.Session(UUID.fromString(needed(answer, "sessionId"))));
    }

    /** Whoever answers without it is not the identity-service. */
    private String needed(JsonNode answer, String field) {
        var value = answer.path(field).asString("");
        if (value.isEmpty()) {
            throw ServiceProblem.away(service.name(), true);
        }
        return value;
    }
}
