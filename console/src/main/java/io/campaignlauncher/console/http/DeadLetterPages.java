package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.access.model.RouteRule;
import io.campaignlauncher.console.model.DeadLetters;
import io.campaignlauncher.console.model.Letter;
import io.campaignlauncher.console.model.Redriven;
import io.campaignlauncher.console.model.Section;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Records that services gave up, by reason and one by one, and their redrive. */
final class DeadLetterPages implements Area {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ROWS = "50";

    private final Asked jobs;
    private final Pages pages;

    DeadLetterPages(Asked jobs, Pages pages) {
        this.jobs = jobs;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(operators("GET", "/console/dead-letters"), pages.page(this::list)),
                new Route(operators("GET", "/console/dead-letters/{topic}/{partition}/{offset}"),
                        pages.page(this::one)),
                // Its answer says what became of each letter; sent again, what was redriven is left alone.
                new Route(operators("POST", "/console/dead-letters/redrive"), pages
                        .page(request -> request.formData().flatMap(form -> redrive(request, form)))));
    }

    private static RouteRule operators(String method, String path) {
        return people(method, path, ADMIN, SUPER_ADMIN);
    }

    private Mono<Void> list(ServerRequest request) {
        var filter = DeadLetters.Filter.of(Given.in(request, "topic"), Given.in(request, "reasonKind"),
                Given.in(request, "jobId"));
        var query = new LinkedHashMap<>(Map.of("limit", filter.isEmpty() ? "1" : ROWS));
        put(query, "topic", filter.topic());
        put(query, "reasonKind", filter.reasonKind());
        put(query, "jobId", filter.jobId());
        put(query, "after", Given.in(request, "after"));
        return jobs.get("/v1/dead-letters", query).map(answer -> DeadLetters.of(answer, filter))
                .flatMap(letters -> pages.write(request.exchange(), "dead-letters.jte", letters.title(), Section.INBOX,
                        Map.of("dead", letters)));
    }

    private static void put(Map<String, String> query, String name, String value) {
        if (!value.isEmpty()) {
            query.put(name, value);
        }
    }

    private Mono<Void> one(ServerRequest request) {
        var masked = Given.in(request, "view").equals("masked");
        return jobs.get("/v1/dead-letters/{topic}/{partition}/{offset}", masked ? Map.of("view", "masked") : Map.of(),
                request.pathVariable("topic"), request.pathVariable("partition"), request.pathVariable("offset"))
                .map(Letter::of)
                .flatMap(letter -> pages.write(request.exchange(), "dead-letter.jte", "A dead letter", Section.INBOX,
                        Map.of("letter", letter, "masked", masked)));
    }

    private Mono<Void> redrive(ServerRequest request, MultiValueMap<String, String> form) {
        var filter = DeadLetters.Filter.of(Given.in(form, "topic"), Given.in(form, "reasonKind"),
                Given.in(form, "jobId"));
        return jobs.send(Call.of(HttpMethod.POST, "/v1/dead-letters/redrive", wish(form, filter)))
                .map(answer -> Redriven.of(answer, Given.in(form, "offset").isEmpty() ? filter.address()
                        : DeadLetters.Filter.of("", "", "").address()))
                .flatMap(redriven -> pages.write(request.exchange(), "redriven.jte", "Redriven", Section.INBOX,
                        Map.of("redriven", redriven)));
    }

    private static ObjectNode wish(MultiValueMap<String, String> form, DeadLetters.Filter filter) {
        var wish = JSON.createObjectNode();
        if (Given.in(form, "offset").isEmpty()) {
            var named = wish.putObject("filter");
            put(named, "topic", filter.topic());
            put(named, "reasonKind", filter.reasonKind());
            put(named, "jobId", filter.jobId());
            number(form, "count", wish);
        } else {
            var letter = wish.putObject("letter");
            letter.put("topic", filter.topic());
            number(form, "partition", letter);
            number(form, "offset", letter);
        }
        return wish.put("again", Given.in(form, "again").equals("true")).put("reason", Given.in(form, "reason"));
    }

    private static void put(ObjectNode object, String name, String value) {
        if (!value.isEmpty()) {
            object.put(name, value);
        }
    }

    /** What is no number is for the service to refuse. */
    private static void number(MultiValueMap<String, String> form, String name, ObjectNode object) {
        var text = Given.in(form, name);
        if (text.matches("\\d{1,18}")) {
            object.put(name, Long.parseLong(text));
        }
    }
}
