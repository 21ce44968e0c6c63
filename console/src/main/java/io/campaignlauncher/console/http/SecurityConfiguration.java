package io.campaignlauncher.console.http;

import com.github.benmanes.caffeine.cache.Ticker;
import io.campaignlauncher.access.http.Buckets;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.http.Problems;
import io.campaignlauncher.access.http.ProxySettings;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.http.SecuritySettings;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Quota;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.messaging.SecurityMode;
import io.campaignlauncher.messaging.Settings;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.SecurityWebFiltersOrder;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.authorization.AuthorizationWebFilter;
import org.springframework.security.web.server.authorization.ExceptionTranslationWebFilter;
import org.springframework.security.web.server.csrf.CookieServerCsrfTokenRepository;
import org.springframework.security.web.server.csrf.CsrfWebFilter;
import org.springframework.security.web.server.csrf.ServerCsrfTokenRepository;
import org.springframework.security.web.server.savedrequest.NoOpServerRequestCache;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** Puts the rule of every route before it, and before every form the token that only our own pages have. */
@Configuration(proxyBeanMethods = false)
@EnableWebFluxSecurity
class SecurityConfiguration {

    /** Of a page; an answer that comes later counts for the next one. */
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Bean
    Cookies cookies(ConsoleSettings settings) {
        return new Cookies(settings.https());
    }

    @Bean
    LogInFigures logInFigures(MeterRegistry meters) {
        return new LogInFigures(meters);
    }

    @Bean
    Sessions sessions(ConsoleSettings settings, LogInFigures figures) {
        return new Sessions(settings.sessions(), figures, Ticker.systemTicker());
    }

    @Bean
    Identity identity(ConsoleSettings settings, ReactorResourceFactory resources) {
        return new Identity(ServiceClient.sendingOnce(settings.identityService().address(), "identity-service",
                resources));
    }

    @Bean
    Renewals renewals(Identity identity, Sessions sessions) {
        return new Renewals(identity, sessions, PATIENCE);
    }

    @Bean
    Visits visits(Environment environment, Sessions sessions, Identity identity, Cookies cookies) {
        return new Visits(SecurityMode.of(environment) == SecurityMode.LOCAL,
                Settings.of(environment, ProxySettings.class).peers(), sessions, identity, cookies);
    }

    @Bean
    ServerCsrfTokenRepository csrfTokens(Cookies cookies) {
        var pattern = cookies.of("csrf", "", null);
        var tokens = new CookieServerCsrfTokenRepository();
        tokens.setCookieName(pattern.getName());
        tokens.setHeaderName("X-CSRF-TOKEN");
        tokens.setCookieCustomizer(cookie -> cookie.path(pattern.getPath()).httpOnly(true).sameSite(pattern
                .getSameSite()).secure(pattern.isSecure()));
        return tokens;
    }

    @Bean
    Area logInPages(Identity identity, Sessions sessions, Renewals renewals, Visits visits, Cookies cookies,
            ServerCsrfTokenRepository csrfTokens, ConsoleSettings settings, LogInFigures figures,
            Environment environment, Pages pages) {
        var limit = new Quota("log-ins", settings.logIns().tries(), settings.logIns().within());
        return new LogInPages(identity, sessions, renewals, visits, cookies, csrfTokens,
                new Buckets(limit, settings.logIns().remembered()), SecuritySettings.of(environment).isForeign(),
                figures, pages);
    }

    @Bean
    FileForms fileForms(ServerCsrfTokenRepository csrfTokens) {
        return new FileForms(csrfTokens);
    }

    @Bean
    SecurityWebFilterChain consoleRules(ServerHttpSecurity http, RouteTable table, Visits visits,
            ServerCsrfTokenRepository tokens, Pages pages) {
        var translation = new ExceptionTranslationWebFilter();
        translation.setAuthenticationEntryPoint((exchange, _) -> table.rule(exchange.getRequest())
                .map(rule -> unknown(exchange, rule, pages)).orElseGet(() -> none(exchange, pages)));
        translation.setAccessDeniedHandler((exchange, _) -> table.rule(exchange.getRequest())
                .map(rule -> refused(exchange, rule, pages)).orElseGet(() -> none(exchange, pages)));
        return http
                .csrf(csrf -> csrf.csrfTokenRepository(tokens).accessDeniedHandler((exchange, _) -> pages.problem(
                        exchange, Problem.OLD_FORM))
                        .requireCsrfProtectionMatcher(
                                FileForms.others(CsrfWebFilter.DEFAULT_CSRF_MATCHER)))
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

    private static Mono<Void> none(ServerWebExchange exchange, Pages pages) {
        return pages.problem(exchange, Problem.here(404, "There is no such page", "Nothing answers this address."));
    }

    private static Mono<Void> unknown(ServerWebExchange exchange, RouteRule rule, Pages pages) {
        return isForMachines(rule) ? Problems.write(exchange, HttpProblem.nobodyKnown()) : pages.logInFirst(exchange);
    }

    private static Mono<Void> refused(ServerWebExchange exchange, RouteRule rule, Pages pages) {
        if (isForMachines(rule)) {
            return Problems.write(exchange, HttpProblem.notAllowed("Your roles or scopes do not cover this."));
        }
        return exchange.getPrincipal().ofType(PrincipalToken.class).map(PrincipalToken::getPrincipal)
                .flatMap(who -> refused(exchange, rule, who.means() instanceof Principal.Session, pages));
    }

    private static Mono<Void> refused(ServerWebExchange exchange, RouteRule rule, boolean loggedIn, Pages pages) {
        var roles = rule.roles().isEmpty() ? "" : " with one of these roles: " + String.join(", ", Role.words(
                rule.roles()));
        return loggedIn
                ? pages.problem(exchange, Problem.here(403, "This is not for you", "It is for people" + roles + "."))
                : pages.problem(exchange, Problem.here(403, "Log in first", "It is for people who are logged in"
                        + roles + "."), true);
    }

    private static boolean isForMachines(RouteRule rule) {
        return rule.path().startsWith(Visits.OPERATIONS);
    }
}
