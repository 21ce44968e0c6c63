package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.Story;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;

/** One launch, live and at any time of its past. */
final class LaunchPages implements Area {

    /** Whom the job-service shows launches, and whose decisions it takes. */
    static final Role[] READERS = { Role.ADVERTISER, Role.MODERATOR, Role.ADMIN, Role.SUPER_ADMIN };
    private static final String ONE = "/console/jobs/{jobId}";
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final Pattern VERSION = Pattern.compile("\\d{1,18}");

    private final Asked jobs;
    private final LaunchReads launches;
    private final Streams streams;
    private final Pages pages;

    LaunchPages(Asked jobs, LaunchReads launches, Streams streams, Pages pages) {
        this.jobs = jobs;
        this.launches = launches;
        this.streams = streams;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(people("GET", ONE, READERS), pages.page(this::one)),
                new Route(people("GET", ONE + "/now", READERS), pages.page(this::part)),
                new Route(people("GET", ONE + "/story", READERS), pages.page(this::story)),
                new Route(people("GET", ONE + "/events/{version}", READERS), pages.page(this::event)),
                new Route(people("GET", ONE + "/history", READERS), pages.page(this::history)),
                new Route(people("GET", ONE + "/stream", READERS), pages.page(this::stream)));
    }

    private Mono<Void> one(ServerRequest request) {
        return launches.at(jobId(request), Given.in(request, "at"))
                .flatMap(launch -> pages.write(request.exchange(), "launch.jte", launch.shownName(), Section.LAUNCHES,
                        Map.of("launch", launch)));
    }

    /** What a page that is open already puts in the place of what it shows; the address becomes that of the whole page. */
    private Mono<Void> part(ServerRequest request) {
        return launches.at(jobId(request), Given.in(request, "at")).flatMap(launch -> {
            request.exchange().getResponse().getHeaders().set("HX-Push-Url",
                    launch.address() + (launch.past() ? "?at=" + launch.version() : ""));
            return pages.part(request.exchange(), "part.jte", Map.of("launch", launch));
        });
    }

    /** What happened after a version, the latest first. */
    private Mono<Void> story(ServerRequest request) {
        var jobId = jobId(request);
        return jobs.get("/v1/jobs/{jobId}/history", version("after", Given.in(request, "after")), jobId)
                .flatMap(history -> pages.part(request.exchange(), "story.jte",
                        Map.of("jobId", jobId, "moments", Story.of(history))));
    }

    private Mono<Void> event(ServerRequest request) {
        var jobId = jobId(request);
        var version = request.pathVariable("version");
        return launches.event(jobId, version)
                .flatMap(event -> pages.write(request.exchange(), "event.jte", "Event " + version, Section.LAUNCHES,
                        Map.of("jobId", jobId, "moment", Story.moment(event), "json", event.toPrettyString())));
    }

    private Mono<Void> history(ServerRequest request) {
        var jobId = jobId(request);
        request.exchange().getResponse().getHeaders().set(HttpHeaders.CONTENT_DISPOSITION,
                "attachment; filename=\"launch-history.json\"");
        return streams.pass(request.exchange(), Call.get("/v1/jobs/{jobId}/history", Map.of(), jobId));
    }

    /** A browser that comes back says what it saw last; one that comes for the first time, what its page shows. */
    private Mono<Void> stream(ServerRequest request) {
        var call = Call.get("/v1/jobs/{jobId}/stream", Map.of(), jobId(request));
        var seen = request.headers().firstHeader(LAST_EVENT_ID);
        var after = seen == null ? Given.in(request, "after") : seen.strip();
        return streams.pass(request.exchange(),
                VERSION.matcher(after).matches() ? call.with(LAST_EVENT_ID, after) : call);
    }

    private static Map<String, String> version(String name, String text) {
        return text.isEmpty() ? Map.of() : Map.of(name, text);
    }

    private static String jobId(ServerRequest request) {
        return request.pathVariable("jobId");
    }
}
