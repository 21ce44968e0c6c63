package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PathIds;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.ApiKeyText;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.identity.model.ApiKeyRules;
import io.campaignlauncher.identity.store.ApiKeys;
import java.security.SecureRandom;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** API keys for the apps of whoever asks. */
final class KeyRoutes {

    private final ApiKeys keys;
    private final Callers callers;
    private final SecureRandom random;

    private record KeyBody(@Nullable String name, @Nullable List<@Nullable String> scopes,
            @Nullable Integer expiresInDays) {}

    private record Wanted(String name, Set<Scope> scopes, int days) {}

    KeyRoutes(ApiKeys keys, Callers callers, SecureRandom random) {
        this.keys = keys;
        this.callers = callers;
        this.random = random;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return PrincipalToken.of(request)
                .flatMap(principal -> Answers.blocking(() -> Map.of("keys",
                        keys.of(principal.userId()).stream().map(KeyRoutes::shown).toList())))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> make(ServerRequest request) {
        return Mono.zip(PrincipalToken.of(request), JsonBody.of(request, KeyBody.class)).flatMap(both -> {
            var owner = both.getT1();
            var wanted = wanted(both.getT2());
            if (!Scope.within(owner.roles()).containsAll(wanted.scopes())) {
                return Mono.error(Problem.forbidden("A scope is meant that your roles do not cover."));
            }
            var key = ApiKeyText.next(random);
            return callers.of(request, owner)
                    .flatMap(caller -> Answers.blocking(() -> switch (keys.make(owner, UUID.randomUUID(), key,
                            wanted.name(), wanted.scopes(), wanted.days(), caller)) {
                        case ApiKeys.Outcome.Made(var made) -> {
                            var body = shown(made);
                            // Never again: only its hash is stored.
                            body.put("key", key.text());
                            yield body;
                        }
                        case ApiKeys.Outcome.Refused(var refusal) -> throw refused(refusal);
                    }))
                    .flatMap(body -> Answers.of(HttpStatus.CREATED, body));
        });
    }

    Mono<ServerResponse> revoke(ServerRequest request) {
        var keyId = PathIds.of(request, "keyId", "No such key");
        return PrincipalToken.of(request)
                .flatMap(owner -> callers.of(request, owner)
                        .flatMap(caller -> Answers.blocking(() -> keys.revoke(owner, keyId, caller))))
                .flatMap(there -> there ? Answers.nothing() : Mono.error(Problem.notFound("No such key")));
    }

    private static Wanted wanted(KeyBody body) {
        var check = new JsonBody.Check();
        var name = check.needed("name", body.name());
        check.rule("name", ApiKeyRules.nameMistake(name));
        var scopes = EnumSet.noneOf(Scope.class);
        for (var word : body.scopes() == null ? List.<@Nullable String>of() : body.scopes()) {
            Scope.named(String.valueOf(word)).ifPresentOrElse(scopes::add,
                    () -> check.rule("scopes", "may hold " + String.join(", ", Scope.words(Set.of(Scope.values())))));
        }
        if (scopes.isEmpty()) {
            check.rule("scopes", "is needed");
        }
        int days = body.expiresInDays() == null ? ApiKeyRules.DAYS : body.expiresInDays();
        if (days < 1 || days > ApiKeyRules.DAYS_MAX) {
            check.wrong("expiresInDays", "must be 1 to " + ApiKeyRules.DAYS_MAX);
        }
        check.end();
        return new Wanted(name, scopes, days);
    }

    private static Problem refused(ApiKeyRules.Refusal refusal) {
        return switch (refusal) {
            case TWO_OF_THIS_NAME -> Problem.conflict("Two keys of this name are good",
                    "Revoke one of them first, or choose another name.");
            case TOO_MANY -> Problem.conflict("Too many keys",
                    "Nobody can have more than " + ApiKeyRules.LIVE_PER_USER_MAX + "; revoke one first.");
        };
    }

    private static Map<String, Object> shown(ApiKeys.Seen key) {
        var body = new LinkedHashMap<String, Object>();
        body.put("keyId", key.keyId().toString());
        body.put("name", key.name());
        body.put("prefix", key.prefix());
        body.put("scopes", Scope.words(key.scopes()));
        body.put("createdAt", key.createdAt().toString());
        body.put("expiresAt", key.expiresAt().toString());
        if (key.lastUsedAt() != null) {
            body.put("lastUsedAt", key.lastUsedAt().toString());
        }
        return body;
    }
}
