package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.ProxySettings;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.messaging.SecurityMode;
import io.campaignlauncher.messaging.Settings;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.authorization.ExceptionTranslationWebFilter;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Puts the rule of every route before it, and before every form the token that only our own pages have. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

    private static final String CSRF_COOKIE = "console-csrf";

    @Bean
    Visits visits(Environment environment) {
        return new Visits(SecurityMode.of(environment) == SecurityMode.LOCAL,
                Settings.of(environment, ProxySettings.class).peers());
    }

    @Bean
    ServerCsrfTokenRepository csrfTokens(ConsoleSettings settings) {
        var tokens = new CookieServerCsrfTokenRepository();
        tokens.setCookieName(CSRF_COOKIE);
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookieCustomizer(
                cookie -> cookie.path("/console").httpOnly(true).sameSite("Strict").secure(settings.https()));
        return tokens;
    }

    @Bean
    SecurityWebFilterChain consoleRules(ServerHttpSecurity http, RouteTable table, Visits visits,
            ServerCsrfTokenRepository tokens, Pages pages) {
        var translation = new ExceptionTranslationWebFilter();
        translation.setAuthenticationEntryPoint((exchange, error) -> unknown(exchange, error, pages));
        translation.setAccessDeniedHandler((exchange, _) -> table.rule(exchange.getRequest()).isEmpty()
                ? pages.problem(exchange, Problem.here(404, "There is no such page", "Nothing answers this address."))
                : pages.problem(exchange,
                        Problem.here(403, "This is not for you", "None of your roles covers it.")));
        return http
                .csrf(csrf -> csrf.csrfTokenRepository(tokens).accessDeniedHandler((exchange, _) -> pages.problem(
                        exchange, Problem.here(403, "This form is too old",
                                "Go back, load the page anew and send it once more. Nothing was changed."))))
                .cors(ServerHttpSecurity.CorsSpec::disable)
                .httpBasic(ServerHttpSecurity.HttpBasicSpec::disable)
                .formLogin(ServerHttpSecurity.FormLoginSpec::disable)
                .logout(ServerHttpSecurity.LogoutSpec::disable)
                // The front door writes them, and each page its own.
                .headers(ServerHttpSecurity.HeaderSpec::disable)
                .requestCache(cache -> cache.requestCache(NoOpServerRequestCache.getInstance()))
                .securityContextRepository(visits)
                .addFilterAt(translation, SecurityWebFiltersOrder.EXCEPTION_TRANSLATION)
                .addFilterAt(new AuthorizationWebFilter(table::judge), SecurityWebFiltersOrder.AUTHORIZATION)
                .build();
    }

    private static Mono<Void> unknown(ServerWebExchange exchange, AuthenticationException error, Pages pages) {
        return pages.problem(exchange, Problem.here(401, "Nobody known asks",
                "Everybody shows here who they are."));
    }
}
