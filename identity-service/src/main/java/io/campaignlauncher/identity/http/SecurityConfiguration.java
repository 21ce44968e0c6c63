package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.identity.model.AuthRoute;
import io.campaignlauncher.identity.store.ApiKeys;
import io.campaignlauncher.identity.store.Audit;
import io.campaignlauncher.identity.store.Sessions;
import io.campaignlauncher.identity.token.AccessTokens;
import java.util.Arrays;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationResult;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.server.authentication.ServerBearerTokenAuthenticationConverter;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authentication.ServerAuthenticationConverter;
import org.springframework.security.web.server.authorization.AuthorizationContext;
import org.springframework.security.web.server.context.NoOpServerSecurityContextRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.security.web.server.util.matcher.OrServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.PathPatternParserServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatcher;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Puts the rule of every route before it. What has no rule is for nobody. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
public class SecurityConfiguration {

    private static final String ROUTE = SecurityConfiguration.class.getName() + ".route";

    @Bean
    SecurityWebFilterChain rules(ServerHttpSecurity http, AccessTokens tokens, Sessions sessions, ApiKeys keys,
            Audit audit, Callers callers) {
        var manager = new BearerAuthentication(tokens.decoder(), sessions, keys);
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
                        .authenticationManagerResolver(_ -> Mono.just(manager))
                        .bearerTokenConverter(unlessOpen())
                        // Asked instead of those below for whatever comes with a token.
                        .authenticationEntryPoint(SecurityConfiguration::unknown)
                        .accessDeniedHandler((exchange, denied) -> refused(exchange, denied, audit, callers)))
                .exceptionHandling(handling -> handling.authenticationEntryPoint(SecurityConfiguration::unknown)
                        .accessDeniedHandler((exchange, denied) -> refused(exchange, denied, audit, callers)))
                .authorizeExchange(exchanges -> {
                    for (var route : AuthRoute.values()) {
                        exchanges.pathMatchers(HttpMethod.valueOf(route.method()), route.path())
                                .access((asking, context) -> judged(route, asking, context));
                    }
                    exchanges.anyExchange().denyAll();
                })
                .build();
    }

    private static Mono<AuthorizationResult> judged(AuthRoute route, Mono<Authentication> asking,
            AuthorizationContext context) {
        context.getExchange().getAttributes().put(ROUTE, route);
        return asking.ofType(PrincipalToken.class)
                .map(token -> route.judge(token.getPrincipal()))
                .switchIfEmpty(Mono.fromSupplier(() -> route.judge(null)))
                .map(verdict -> new AuthorizationDecision(verdict == AuthRoute.Verdict.ALLOWED));
    }

    /** Who logs in or refreshes may well send an old access token along; it does not count there. */
    private static ServerAuthenticationConverter unlessOpen() {
        var bearer = new ServerBearerTokenAuthenticationConverter();
        var open = new OrServerWebExchangeMatcher(Arrays.stream(AuthRoute.values()).filter(AuthRoute::isForAnybody)
                .<ServerWebExchangeMatcher>map(route -> new PathPatternParserServerWebExchangeMatcher(route.path(),
                        HttpMethod.valueOf(route.method())))
                .toList());
        return exchange -> open.matches(exchange)
                .flatMap(found -> found.isMatch() ? Mono.empty() : bearer.convert(exchange));
    }

    private static Mono<Void> unknown(ServerWebExchange exchange, AuthenticationException error) {
        return Answers.write(exchange, error instanceof BearerAuthentication.Unavailable
                ? Problem.unavailable("Whether the token is good cannot be told now; try again.")
                : Problem.unauthenticated());
    }

    /** Somebody known asked for what is not theirs, which the audit keeps; the answer does not depend on that. */
    private static Mono<Void> refused(ServerWebExchange exchange, AccessDeniedException denied, Audit audit,
            Callers callers) {
        var route = exchange.getAttribute(ROUTE) instanceof AuthRoute known ? known.name() : "?";
        return exchange.getPrincipal().ofType(PrincipalToken.class)
                .flatMap(token -> callers.of(exchange.getRequest(), token.getPrincipal()))
                .flatMap(caller -> Answers.blocking(() -> {
                    audit.note(caller, "access", route, "refused");
                    return caller;
                }))
                .onErrorComplete()
                .then(Answers.write(exchange, Problem.forbidden("Your roles or scopes do not cover this.")));
    }
}
