package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Principal;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * Ends an answer that goes on, such as a stream, when who gets it is no longer who they were: when their token or key has ended, or
 * their roles are others. They may come back and are judged anew. Where it cannot be told, the answer goes on.
 */
final class LongAnswers implements WebFilter {

    private static final String BEARER = "Bearer ";

    private final BearerAuthentication bearers;
    private final Duration every;

    LongAnswers(BearerAuthentication bearers, Duration every) {
        this.bearers = bearers;
        this.every = every;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var brought = exchange.getRequest().getHeaders().getFirst(HttpHeaders.AUTHORIZATION);
        if (brought == null || !brought.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return chain.filter(exchange);
        }
        var token = brought.substring(BEARER.length()).strip();
        var answer = chain.filter(exchange);
        return exchange.getPrincipal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .map(principal -> answer.takeUntilOther(anotherThan(principal, token)))
                .defaultIfEmpty(answer)
                .flatMap(whole -> whole);
    }

    private Mono<Boolean> anotherThan(Principal principal, String token) {
        return Flux.interval(every).onBackpressureDrop()
                .concatMap(_ -> bearers.principal(token).map(now -> !now.equals(principal))
                        .onErrorResume(BearerAuthentication.Unavailable.class, _ -> Mono.just(false))
                        .onErrorResume(AuthenticationException.class, _ -> Mono.just(true)), 1)
                .filter(another -> another)
                .next();
    }
}
