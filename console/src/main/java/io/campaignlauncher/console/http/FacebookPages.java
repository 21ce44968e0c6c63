package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.Look;
import io.campaignlauncher.console.model.Section;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.util.UriComponentsBuilder;
import reactor.core.publisher.Mono;

/** What is known of a launch beside what Facebook shows of it. */
final class FacebookPages implements Area {

    private static final String PAGE = "/console/jobs/{jobId}/facebook";
    private static final String LOOKS = "/v1/jobs/{jobId}/looks";
    private static final int DIGITS_MAX = 6;

    private final Asked jobs;
    private final Pages pages;

    FacebookPages(Asked jobs, Pages pages) {
        this.jobs = jobs;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(people("GET", PAGE, ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN), pages.page(this::show)),
                new Route(people("POST", PAGE, ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN),
                        pages.form((request, _) -> look(request))));
    }

    private Mono<Void> show(ServerRequest request) {
        var exchange = request.exchange();
        var jobId = request.pathVariable("jobId");
        boolean all = Given.in(request, "all").equals("1");
        return jobs.get("/v1/jobs/{jobId}", Map.of(), jobId)
                .flatMap(job -> jobs.get(LOOKS, Map.of(), jobId)
                        .map(look -> Look.of(look, Launches.text(job, "campaignName"), all, from(request),
                                Instant.now())))
                .flatMap(look -> pages.write(exchange, "facebook.jte", look.name() + " on Facebook", Section.LAUNCHES,
                        Map.of("look", look)));
    }

    private static int from(ServerRequest request) {
        var from = Given.in(request, "from");
        return from.matches("\\d{1," + DIGITS_MAX + "}") ? Integer.parseInt(from) : 0;
    }

    private Mono<URI> look(ServerRequest request) {
        var jobId = request.pathVariable("jobId");
        return jobs.send(Call.of(HttpMethod.POST, LOOKS, null, jobId))
                .map(_ -> UriComponentsBuilder.fromPath(PAGE).encode().buildAndExpand(jobId).toUri());
    }
}
