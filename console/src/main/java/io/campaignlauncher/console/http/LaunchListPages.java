package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.console.model.Found;
import io.campaignlauncher.console.model.LaunchFilter;
import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.Section;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The list of launches, and the field that finds them. */
final class LaunchListPages implements Area {

    private static final String ROWS = "50";
    private static final String BEFORE = "before";

    private final Asked jobs;
    private final Pages pages;

    LaunchListPages(Asked jobs, Pages pages) {
        this.jobs = jobs;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(people("GET", "/console", LaunchPages.READERS), pages.page(this::list)),
                new Route(people("GET", "/console/find", LaunchPages.READERS), pages.page(this::find)));
    }

    private Mono<Void> list(ServerRequest request) {
        var filter = LaunchFilter.of(name -> Given.allIn(request, name));
        if (Given.isRedundant(request)) {
            return Pages.lead(request.exchange(), URI.create(filter.address()));
        }
        var query = new LinkedHashMap<>(Map.of("limit", ROWS));
        query.putAll(filter.query());
        for (var place : List.of("after", BEFORE)) {
            if (!Given.in(request, place).isEmpty()) {
                query.put(place, Given.in(request, place));
            }
        }
        var answered = jobs.get("/v1/jobs", query).map(answer -> Launches.of(answer, filter));
        return Pages.besideForm(request, answered, problem -> Launches.none(filter, problem))
                .flatMap(launches -> isBeginning(query, launches)
                        ? Pages.lead(request.exchange(), URI.create(filter.address()))
                        : pages.write(request.exchange(), "launches.jte", "Launches", Section.LAUNCHES,
                                Map.of("launches", launches)));
    }

    /** Whoever goes back as far as that sees the first page whole. */
    private static boolean isBeginning(Map<String, String> query, Launches launches) {
        return query.containsKey(BEFORE) && launches.problem() == null && launches.newer().isEmpty();
    }

    private Mono<Void> find(ServerRequest request) {
        var text = Given.in(request, "q");
        var answered = text.isEmpty() ? Mono.just(Found.nothing("", null))
                : jobs.get("/v1/search", Map.of("q", text)).map(answer -> Found.of(answer, text));
        return Pages.besideForm(request, answered, problem -> Found.nothing(text, problem))
                .flatMap(found -> found.leadsTo().map(address -> Pages.lead(request.exchange(), URI.create(address)))
                        .orElseGet(() -> pages.write(request.exchange(), "find.jte", "Find", Section.NONE,
                                Map.of("found", found))));
    }
}
