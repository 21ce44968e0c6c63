package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.audit.Callers;
import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Scope;
import io.campaignlauncher.identity.store.Sessions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Who one is, where one is logged in, and the end of that. */
final class SessionRoutes {

    private final Sessions sessions;
    private final Callers callers;

    SessionRoutes(Sessions sessions, Callers callers) {
        this.sessions = sessions;
        this.callers = callers;
    }

    Mono<ServerResponse> me(ServerRequest request) {
        return PrincipalToken.of(request).map(SessionRoutes::described).flatMap(Answers::ok);
    }

    private static Map<String, Object> described(Principal principal) {
        var body = new LinkedHashMap<String, Object>();
        body.put("userId", principal.subject());
        body.put("username", principal.username());
        body.put("tenant", principal.tenant());
        body.put("roles", Role.words(principal.roles()));
        switch (principal.means()) {
            case Principal.Session(UUID sessionId) -> body.put("sessionId", sessionId.toString());
            case Principal.ForeignToken _,Principal.ThisMachine _ -> {
            }
            case Principal.Key(UUID keyId, var scopes) -> {
                body.put("keyId", keyId.toString());
                body.put("scopes", Scope.words(scopes));
            }
        }
        return body;
    }

    Mono<ServerResponse> list(ServerRequest request) {
        return PrincipalToken.of(request)
                .flatMap(principal -> Answers.blocking(() -> Map.of("sessions",
                        sessions.of(principal.userId()).stream().map(seen -> shown(seen, principal)).toList())))
                .flatMap(Answers::ok);
    }

    private static Map<String, Object> shown(Sessions.Seen seen, Principal principal) {
        return Map.of("sessionId", seen.sessionId().toString(), "createdAt", seen.createdAt().toString(), "lastUsedAt",
                seen.lastUsedAt().toString(), "expiresAt", seen.expiresAt().toString(), "thisOne",
                principal.means().equals(new Principal.Session(seen.sessionId())));
    }

    Mono<ServerResponse> logOut(ServerRequest request) {
        return PrincipalToken.of(request)
                .flatMap(principal -> callers.of(request, principal).flatMap(caller -> Answers.blocking(() -> {
                    if (principal.means() instanceof Principal.Session(UUID sessionId)) {
                        sessions.end(principal, sessionId, caller);
                    }
                    return principal;
                })))
                .then(Mono.defer(Answers::nothing));
    }

    Mono<ServerResponse> logOutAll(ServerRequest request) {
        return PrincipalToken.of(request)
                .flatMap(principal -> callers.of(request, principal).flatMap(caller -> Answers.blocking(() -> {
                    sessions.endAll(principal, caller);
                    return principal;
                })))
                .then(Mono.defer(Answers::nothing));
    }
}
