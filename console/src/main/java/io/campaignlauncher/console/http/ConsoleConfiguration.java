package io.campaignlauncher.console.http;

import io.campaignlauncher.access.http.OtherBodies;
import io.campaignlauncher.access.http.RouteTable;
import io.campaignlauncher.access.http.TracedRequests;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.access.model.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;

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
    TracedRequests tracedRequests() {
        return new TracedRequests();
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
    ServiceClient moderationService(ConsoleSettings settings, ReactorResourceFactory resources) {
        return new ServiceClient(settings.moderationService().address(), "moderation-service", resources);
    }

    @Bean
    Asked jobs(ServiceClient jobService, Renewals renewals) {
        return new Asked(jobService, renewals);
    }

    @Bean
    Asked market(ServiceClient moderationService, Renewals renewals) {
        return new Asked(moderationService, renewals);
    }

    @Bean
    Asked people(ConsoleSettings settings, ReactorResourceFactory resources, Renewals renewals) {
        return new Asked(new ServiceClient(settings.identityService().address(), "identity-service", resources),
                renewals);
    }

    @Bean
    SwitchReads switchReads(Asked jobs) {
        return new SwitchReads(jobs);
    }

    @Bean
    Theme theme(Cookies cookies) {
        return new Theme(cookies);
    }

    @Bean
    WaitingCount waitingCount(Asked jobs) {
        return new WaitingCount(jobs);
    }

    @Bean
    Pages pages(Assets assets, SwitchReads switches, WaitingCount waitingCount, Theme theme) {
        return new Pages(assets, switches, waitingCount, theme);
    }

    @Bean
    ReactiveHealthIndicator servicesHealthIndicator(ServiceClient jobService) {
        return () -> jobService.isReady().map(ready -> (ready ? Health.up() : Health.down())
                .withDetail(jobService.name(), ready ? "ready" : "away").build());
    }

    @Bean
    Area house(Assets assets, Theme theme, Pages pages) {
        return new House(assets, theme, pages);
    }

    @Bean
    LaunchReads launchReads(Asked jobs) {
        return new LaunchReads(jobs);
    }

    @Bean
    Streams streams(Asked jobs, ConsoleSettings settings) {
        return new Streams(jobs, settings.streamsMax());
    }

    @Bean
    Area launchPages(Asked jobs, LaunchReads launchReads, Streams streams, Pages pages) {
        return new LaunchPages(jobs, launchReads, streams, pages);
    }

    @Bean
    Area decisions(Asked jobs, LaunchReads launchReads, Pages pages) {
        return new Decisions(jobs, launchReads, pages);
    }

    @Bean
    Area switchPages(Asked jobs, SwitchReads switchReads, Pages pages) {
        return new SwitchPages(jobs, switchReads, pages);
    }

    @Bean
    Area launchLists(Asked jobs, Pages pages) {
        return new LaunchListPages(jobs, pages);
    }

    @Bean
    Area auditPages(Asked jobs, Asked market, Asked people, Pages pages) {
        return new AuditPages(jobs, market, people, pages);
    }

    @Bean
    Area inboxPages(Asked jobs, Asked market, WaitingCount waitingCount, Pages pages) {
        return new InboxPages(jobs, market, waitingCount, pages);
    }

    @Bean
    Area deadLetterPages(Asked jobs, Pages pages) {
        return new DeadLetterPages(jobs, pages);
    }

    @Bean
    LaunchChoices launchChoices(Asked jobs) {
        return new LaunchChoices(jobs);
    }

    @Bean
    Area newLaunchPages(Asked jobs, Pages pages, LaunchChoices choices) {
        return new NewLaunchPages(jobs, pages, choices);
    }

    @Bean
    Area filePages(Asked jobs, Pages pages, FileForms forms, LaunchChoices choices) {
        return new FilePages(jobs, pages, forms, choices);
    }

    @Bean
    Area mediaPages(Asked jobs, Pages pages, FileForms forms, LaunchChoices choices) {
        return new MediaPages(jobs, pages, forms, choices);
    }

    @Bean
    Area marketPages(Asked market, Pages pages) {
        return new MarketPages(market, pages);
    }

    @Bean
    Area callPages(Asked jobs, Pages pages) {
        return new CallPages(jobs, pages);
    }

    @Bean
    Area facebookPages(Asked jobs, Pages pages) {
        return new FacebookPages(jobs, pages);
    }

    @Bean
    Area accountPages(Asked jobs, Pages pages) {
        return new AccountPages(jobs, pages);
    }

    @Bean
    RouteTable consoleTable(List<Area> areas) {
        return new RouteTable(Stream.concat(routes(areas).map(Route::rule),
                // Spring Boot's own.
                Stream.of(RouteRule.open("GET", "/actuator/health/**"),
                        RouteRule.people("GET", "/actuator/prometheus", Role.ADMIN, Role.SUPER_ADMIN)
                                .orKeysWith(Scope.METRICS_READ)))
                .toList());
    }

    @Bean
    RouterFunction<ServerResponse> consoleRoutes(List<Area> areas) {
        var router = RouterFunctions.route();
        routes(areas).forEach(route -> router.route(route.predicate(), route.handler()));
        return router.build();
    }

    private static Stream<Route> routes(List<Area> areas) {
        return areas.stream().flatMap(area -> area.routes().stream());
    }
}
