package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.console.model.Launch;
import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.State;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** The list of launches, and one of them. */
final class LaunchPages implements Area {

    private static final String ROWS = "50";
    /** Whom the job-service shows launches. */
    private static final Role[] READERS = { Role.ADVERTISER, Role.MODERATOR, Role.ADMIN, Role.SUPER_ADMIN };

    private final Asked jobs;
    private final Pages pages;

    LaunchPages(Asked jobs, Pages pages) {
        this.jobs = jobs;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(people("GET", "/console", READERS), pages.page(this::list)),
                new Route(people("GET", "/console/jobs/{jobId}", READERS), pages.page(this::one)));
    }

    private Mono<Void> list(ServerRequest request) {
        var exchange = request.exchange();
        var status = State.of(Given.in(request, "status"));
        var userId = Given.in(request, "userId");
        var after = Given.in(request, "after");
        var query = new LinkedHashMap<>(Map.of("limit", ROWS));
        if (State.ofLaunches().contains(status)) {
            query.put("status", status.code());
        }
        if (!userId.isEmpty()) {
            query.put("userId", userId);
        }
        if (!after.isEmpty()) {
            query.put("after", after);
        }
        return jobs.get("/v1/jobs", query)
                .map(answer -> Launches.of(answer, query.getOrDefault("status", ""), userId, after))
                .flatMap(launches -> pages.write(exchange, "launches.jte", "Launches", Section.LAUNCHES,
                        Map.of("launches", launches)));
    }

    private Mono<Void> one(ServerRequest request) {
        var exchange = request.exchange();
        return launch(request.pathVariable("jobId"), Given.in(request, "at"))
                .flatMap(launch -> pages.write(exchange, "launch.jte", launch.shownName(), Section.LAUNCHES,
                        Map.of("launch", launch)));
    }

    /** @param at a version; empty: now */
    private Mono<Launch> launch(String jobId, String at) {
        var state = jobs.get("/v1/jobs/{jobId}/state", at.isEmpty() ? Map.of() : Map.of("at", at), jobId);
        var history = jobs.get("/v1/jobs/{jobId}/history", Map.of(), jobId);
        // One after the other: a refusal of one would break off the other, and with it a connection that others use.
        return state.flatMap(then -> history.map(all -> Launch.of(then, all, !at.isEmpty())));
    }
}
