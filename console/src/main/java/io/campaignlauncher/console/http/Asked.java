package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.context.ReactiveSecurityContextHolder;
import org.springframework.web.reactive.function.client.ClientResponse;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** A service that is asked for what a page shows, as whoever looks at it: never as anybody else, and never as nobody. */
final class Asked {

    /** A question that costs little. */
    private static final Call ANYTHING = Call.get("/v1/jobs", Map.of("limit", "1"));

    private final ServiceClient service;
    private final Renewals renewals;

    Asked(ServiceClient service, Renewals renewals) {
        this.service = service;
        this.renewals = renewals;
    }

    Mono<JsonNode> get(String path, Map<String, String> query, Object... variables) {
        return send(Call.get(path, query, variables));
    }

    /** Has the service do something. Fails with {@link LogInNeeded} where nobody is logged in whom it knows. */
    Mono<JsonNode> send(Call call) {
        return asWhoLooks(call, service::send);
    }

    /** An answer as it comes, however long it takes. @param taken reads its body, or ends it */
    Mono<Void> pass(Call call, Function<ClientResponse, Mono<Void>> taken) {
        return asWhoLooks(call, (sent, token) -> service.pass(sent, token, taken));
    }

    /** A way to send something, with a token or without. */
    @FunctionalInterface
    private interface Way<T> {

        Mono<T> send(Call call, @Nullable String token);
    }

    private <T> Mono<T> asWhoLooks(Call call, Way<T> way) {
        return ReactiveSecurityContextHolder.getContext().ofType(Visit.class)
                .switchIfEmpty(Mono.error(LogInNeeded::new))
                .flatMap(visit -> {
                    var sent = call.of(visit.address());
                    var session = visit.session();
                    return session == null
                            ? way.send(sent, null).onErrorMap(Asked::isUnknown, _ -> new LogInNeeded())
                            : inSession(sent, way, session, visit.address());
                });
    }

    /** What was refused for its token was not done, so it may be sent again. */
    private <T> Mono<T> inSession(Call call, Way<T> way, Session session, String address) {
        var tokens = session.tokens();
        return way.send(call, tokens.access())
                .onErrorResume(Asked::isUnknown, _ -> renewals.after(session, tokens, address)
                        .flatMap(next -> way.send(call, next.access()).onErrorMap(Asked::isUnknown, _ -> strange())));
    }

    /** Whether whoever answered does not know who asks. */
    static boolean isUnknown(Throwable error) {
        return error instanceof ServiceProblem problem
                && problem.problem().status() == HttpStatus.UNAUTHORIZED.value();
    }

    /** Another log-in would not help. */
    private ServiceProblem strange() {
        return new ServiceProblem(Problem.here(HttpStatus.BAD_GATEWAY.value(),
                "The " + service.name() + " does not take your log-in",
                "You are logged in, but the service does not know it. Tell whoever runs this."), null);
    }

    /**
     * The same with a file, which passes on as it comes. Its bytes are there once, so what needs another token is asked before, not
     * after a refusal.
     */
    Mono<JsonNode> upload(Call call, FormWithFile.Upload file) {
        return freshened().then(asWhoLooks(call, (sent, token) -> service.upload(sent, token, file)
                .onErrorMap(Asked::isUnknown, _ -> new LogInNeeded())));
    }

    /** Only who is logged in has a token that may have ended. */
    private Mono<Void> freshened() {
        return ReactiveSecurityContextHolder.getContext().ofType(Visit.class)
                .filter(visit -> visit.session() != null)
                .flatMap(_ -> send(ANYTHING)).onErrorComplete(ServiceProblem.class).then();
    }
}
