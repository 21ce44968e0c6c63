package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.console.model.Account;
import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.Section;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** Ad accounts: how much room they have, what waits, and by which credentials they are reached. */
final class AccountPages implements Area {

    private static final String ROWS = "50";

    private final Asked jobs;
    private final Pages pages;

    AccountPages(Asked jobs, Pages pages) {
        this.jobs = jobs;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(people("GET", "/console/accounts", ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN),
                        pages.page(this::list)),
                new Route(people("GET", "/console/accounts/{adAccountId}", ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN),
                        pages.page(this::one)));
    }

    private Mono<Void> list(ServerRequest request) {
        var after = Given.in(request, "after");
        var query = new LinkedHashMap<>(Map.of("limit", ROWS));
        if (!after.isEmpty()) {
            query.put("after", after);
        }
        return jobs.get("/v1/accounts", query)
                .flatMap(answer -> pages.write(request.exchange(), "accounts.jte", "Ad accounts", Section.ACCOUNTS,
                        Map.of("accounts", Account.all(answer, Instant.now()), "first", after.isEmpty(),
                                "next", Launches.text(answer, "next"))));
    }

    private Mono<Void> one(ServerRequest request) {
        return jobs.get("/v1/accounts/{adAccountId}", Map.of(), request.pathVariable("adAccountId"))
                .map(answer -> Account.of(answer, Instant.now()))
                .flatMap(account -> pages.write(request.exchange(), "account.jte", account.id(), Section.ACCOUNTS,
                        Map.of("account", account)));
    }
}
