package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.OtherBodies;
import java.net.URI;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RequestPredicates;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/** The routes and what is behind them. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ConsoleSettings.class)
@Import(SecurityConfiguration.class)
public class ConsoleConfiguration {

    @Bean
    OtherBodies forms() {
        return new OtherBodies(path -> path.startsWith("/console/"));
    }

    @Bean
    Assets assets() {
        return new Assets();
    }

    @Bean
    ServiceClient jobService(ConsoleSettings settings, ReactorResourceFactory resources) {
        return new ServiceClient(settings.jobService().address(), "job-service", resources);
    }

    @Bean
    Asked jobs(ServiceClient jobService) {
        return new Asked(jobService);
    }

    @Bean
    SwitchReads switchReads(Asked jobs) {
        return new SwitchReads(jobs);
    }

    @Bean
    Pages pages(Assets assets, SwitchReads switches) {
        return new Pages(assets, switches);
    }

    @Bean
    ReactiveHealthIndicator servicesHealthIndicator(ServiceClient jobService) {
        return () -> jobService.isReady().map(ready -> (ready ? Health.up() : Health.down())
                .withDetail(jobService.name(), ready ? "ready" : "away").build());
    }

    @Bean
    RouterFunction<ServerResponse> consoleRoutes(Assets assets, Asked jobs, Pages pages) {
        var launches = new LaunchPages(jobs, pages);
        var routes = RouterFunctions.route();
        for (var route : ConsoleRoute.values()) {
            @Nullable
            HandlerFunction<ServerResponse> handler = switch (route) {
                case ROOT -> _ -> ServerResponse.status(HttpStatus.SEE_OTHER).location(URI.create("/console")).build();
                case ASSET -> assets::get;
                case THEME -> Theme::choose;
                case DESIGN -> page(pages, request -> pages.write(request.exchange(), "design.jte", "Components",
                        "design", Map.of()));
                case LAUNCHES -> page(pages, launches::list);
                case LAUNCH -> page(pages, launches::one);
                // Spring Boot's own.
                case HEALTH -> null;
            };
            if (handler != null) {
                routes.route(RequestPredicates.method(HttpMethod.valueOf(route.rule().method()))
                        .and(RequestPredicates.path(route.rule().path())), handler);
            }
        }
        return routes.build();
    }

    /** What goes wrong on the way to a page is a page. */
    private static HandlerFunction<ServerResponse> page(Pages pages, Function<ServerRequest, Mono<Void>> written) {
        return request -> ServerResponse.ok().build((exchange, _) -> Mono.defer(() -> written.apply(request))
                .onErrorResume(ServiceProblem.class, error -> shown(pages, exchange, error)));
    }

    private static Mono<Void> shown(Pages pages, ServerWebExchange exchange, ServiceProblem error) {
        if (error.retryAfter() != null) {
            exchange.getResponse().getHeaders().set("Retry-After", error.retryAfter());
        }
        return pages.problem(exchange, error.problem());
    }
}
