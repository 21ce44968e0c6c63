package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.console.model.Matters;
import io.campaignlauncher.console.model.Section;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** What waits for whoever looks. */
final class InboxPages implements Area {

    private static final Duration MARKET_MAX = Duration.ofSeconds(3);
    private static final Map<String, String> FIRST_PAGE = Map.of("limit", "50");

    private final Asked jobs;
    private final Asked market;
    private final WaitingCount waiting;
    private final Pages pages;

    InboxPages(Asked jobs, Asked market, WaitingCount waiting, Pages pages) {
        this.jobs = jobs;
        this.market = market;
        this.waiting = waiting;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(people("GET", "/console/inbox", ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN),
                pages.page(this::inbox)));
    }

    private Mono<Void> inbox(ServerRequest request) {
        var exchange = request.exchange();
        return jobs.get("/v1/attention", Map.of())
                .flatMap(answer -> ofMarket(request).map(others -> Matters.of(answer, others)))
                .delayUntil(matters -> waiting.heard(exchange, matters.total()))
                .flatMap(matters -> pages.write(exchange, "inbox.jte", "Needs you", Section.INBOX,
                        Map.of("matters", matters)));
    }

    private Mono<List<Matters.Matter>> ofMarket(ServerRequest request) {
        return PrincipalToken.of(request).filter(asking -> asking.means() instanceof Principal.Session)
                .flatMap(asking -> Flux.merge(
                        asked(asking.roles(), Set.of(ADMIN, SUPER_ADMIN), "/api/admin/posts/unknown",
                                Matters::unknownPosts),
                        asked(asking.roles(), Set.of(MODERATOR, ADMIN, SUPER_ADMIN), "/api/admin/moderation/pending",
                                Matters::pending))
                        .flatMapIterable(found -> found).collectList())
                .defaultIfEmpty(List.of());
    }

    /** Where the marketplace is away, or knows nobody who is not logged in, the page comes without it. */
    private Mono<List<Matters.Matter>> asked(Set<Role> roles, Set<Role> needed, String path,
            Function<JsonNode, List<Matters.Matter>> read) {
        return roles.stream().noneMatch(needed::contains) ? Mono.empty()
                : market.get(path, FIRST_PAGE).map(read).timeout(MARKET_MAX).onErrorResume(_ -> Mono.empty());
    }
}
