package io.campaignlauncher.access.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.RouteRule;
import java.time.Duration;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.authorization.ExceptionTranslationWebFilter;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import reactor.core.publisher.Mono;

/**
 * Puts the rule of every route before it: 401 where nobody known asks, 403 where somebody known may not, 404 where there is no
 * rule, whether there is a route or not.
 */
public final class RuledRoutes {

    private static final Duration JUDGED_AGAIN_EVERY = Duration.ofSeconds(10);

    private final RouteTable table;
    private final BearerAuthentication bearers;
    private final Predicate<ServerHttpRequest> localOperator;
    private final Refused refused;

    /** Told of whoever asks for what is not theirs, or for what is for somebody known. */
    @FunctionalInterface
    public interface Refused {

        /**
         * @param rule   null: there is none
         * @param asking null: nobody known
         * @return completes when it was taken note of; the answer does not depend on how that goes
         */
        Mono<Void> note(ServerWebExchange exchange, @Nullable RouteRule rule, @Nullable Principal asking);
    }

    /** @param localOperator whether a request that brings nothing is the local operator's */
    public RuledRoutes(RouteTable table, BearerAuthentication bearers, Predicate<ServerHttpRequest> localOperator,
            Refused refused) {
        this.table = table;
        this.bearers = bearers;
        this.localOperator = localOperator;
        this.refused = refused;
    }

    public SecurityWebFilterChain of(ServerHttpSecurity http) {
        return http
                .csrf(ServerHttpSecurity.CsrfSpec::disable)
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                // The front door writes them, also on what it refuses.
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(NoOpServerSecurityContextRepository.getInstance())
                .oauth2ResourceServer(server -> server
                        .authenticationManagerResolver(_ -> Mono.just(bearers))
                        .bearerTokenConverter(converter())
                        // Asked instead of those below for whatever comes with a token.
                        .authenticationEntryPoint(this::unknown)
                        .accessDeniedHandler(this::refuse))
                // In place of what Spring Security makes of its own rules, which writes a request's address into the log.
                .addFilterAt(translated(), SecurityWebFiltersOrder.EXCEPTION_TRANSLATION)
                .addFilterAt(new AuthorizationWebFilter(table::judge), SecurityWebFiltersOrder.AUTHORIZATION)
                .addFilterAfter(new LongAnswers(bearers, JUDGED_AGAIN_EVERY), SecurityWebFiltersOrder.AUTHORIZATION)
                .build();
    }

    private WebFilter translated() {
        var translation = new ExceptionTranslationWebFilter();
        translation.setAuthenticationEntryPoint(this::unknown);
        translation.setAccessDeniedHandler(this::refuse);
        return translation;
    }

    /** Who logs in or refreshes may well send an old access token along; where anybody may ask it does not count. */
    private ServerAuthenticationConverter converter() {
        var bearer = new ServerBearerTokenAuthenticationConverter();
        return exchange -> {
            var request = exchange.getRequest();
            if (table.rule(request).filter(RouteRule::isForAnybody).isPresent()) {
                return Mono.empty();
            }
            return isLocal(request) ? Mono.just(new PrincipalToken(Principal.LOCAL_OPERATOR))
                    : bearer.convert(exchange);
        };
    }

    /** From this machine, with nothing brought that says who it is: whatever is brought counts, and be it wrong. */
    private boolean isLocal(ServerHttpRequest request) {
        return !request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)
                && localOperator.test(request);
    }

    private Mono<Void> unknown(ServerWebExchange exchange, AuthenticationException error) {
        return error instanceof BearerAuthentication.Unavailable
                ? Problems.write(exchange,
                        HttpProblem.notNow("Whether the token is good cannot be told now; try again."))
                : refused.note(exchange, table.rule(exchange.getRequest()).orElse(null), null)
                        .onErrorComplete()
                        .then(Problems.write(exchange, HttpProblem.nobodyKnown()));
    }

    private Mono<Void> refuse(ServerWebExchange exchange, AccessDeniedException denied) {
        var rule = table.rule(exchange.getRequest());
        if (rule.isEmpty()) {
            return Problems.write(exchange, HttpProblem.noAddress());
        }
        return exchange.getPrincipal().ofType(PrincipalToken.class)
                .flatMap(token -> refused.note(exchange, rule.get(), token.getPrincipal()))
                .onErrorComplete()
                .then(Problems.write(exchange, HttpProblem.notAllowed("Your roles or scopes do not cover this.")));
    }
}
