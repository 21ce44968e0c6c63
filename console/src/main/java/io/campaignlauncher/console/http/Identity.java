package io.campaignlauncher.console.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
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

    /** @param token an access token or an API key */
    Mono<Principal> me(String token, String address) {
        return service.send(Call.get("/api/auth/me", Map.of()).of(address), token).map(this::principal);
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
                words(answer, "roles", Role::named), answer.path("keyId").isString()
                        ? new Principal.Key(id(answer, "keyId"), words(answer, "scopes", Scope::named))
                        : new Principal.Session(id(answer, "sessionId")));
    }

    private static <T> Set<T> words(JsonNode answer, String field, Function<String, Optional<T>> named) {
        return answer.path(field).valueStream().map(JsonNode::asString).map(named).flatMap(Optional::stream)
                .collect(Collectors.toUnmodifiableSet());
    }

    private UUID id(JsonNode answer, String field) {
        return UUID.fromString(needed(answer, field));
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
