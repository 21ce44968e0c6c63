package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.console.model.Calls;
import io.campaignlauncher.console.model.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The requests to Facebook of a launch. */
final class CallPages implements Area {

    private static final String ROWS = "150";

    private final Asked jobs;
    private final Pages pages;

    CallPages(Asked jobs, Pages pages) {
        this.jobs = jobs;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(people("GET", "/console/jobs/{jobId}/calls", LaunchPages.READERS), pages.page(this::calls)));
    }

    private Mono<Void> calls(ServerRequest request) {
        var jobId = request.pathVariable("jobId");
        var after = Given.in(request, "after");
        var query = new LinkedHashMap<>(Map.of("limit", ROWS));
        if (!after.isEmpty()) {
            query.put("after", after);
        }
        // One after the other: a refusal of one would break off the other, and with it a connection that others use.
        return jobs.get("/v1/jobs/{jobId}/calls", query, jobId)
                .flatMap(calls -> jobs.get("/v1/jobs/{jobId}/state", Map.of(), jobId)
                        .flatMap(state -> jobs.get("/v1/jobs/{jobId}/history", Map.of(), jobId)
                                .map(history -> Calls.of(calls, state, history, after))))
                .flatMap(shown -> pages.write(request.exchange(), "calls.jte", "Calls of " + shown.shownName(),
                        Section.LAUNCHES, Map.of("calls", shown)));
    }
}
