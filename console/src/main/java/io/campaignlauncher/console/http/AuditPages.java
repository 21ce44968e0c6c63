package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.people;

import io.campaignlauncher.console.model.AuditPage;
import io.campaignlauncher.console.model.AuditSource;
import io.campaignlauncher.console.model.Days;
import io.campaignlauncher.console.model.Section;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Who did what. */
final class AuditPages implements Area {

    private static final String ROWS = "50";

    private final Asked jobs;
    private final Asked market;
    private final Asked people;
    private final Pages pages;

    AuditPages(Asked jobs, Asked market, Asked people, Pages pages) {
        this.jobs = jobs;
        this.market = market;
        this.people = people;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(people("GET", "/console/audit", ADMIN, SUPER_ADMIN), pages.page(this::list)));
    }

    private Mono<Void> list(ServerRequest request) {
        var source = AuditSource.of(Given.in(request, "of"));
        var asked = new LinkedHashMap<String, String>();
        source.asked().stream().filter(name -> !Given.in(request, name).isEmpty())
                .forEach(name -> asked.put(name, Given.in(request, name)));
        if (Given.isRedundant(request)) {
            return Pages.lead(request.exchange(), URI.create(AuditPage.address(source, asked)));
        }
        var after = Given.in(request, "after");
        var answered = lines(source, query(asked, after)).map(answer -> AuditPage.of(source, answer, asked, after));
        return Pages.besideForm(request, answered, problem -> AuditPage.none(source, asked, problem))
                .flatMap(audit -> pages.write(request.exchange(), "audit.jte", "Audit", Section.AUDIT,
                        Map.of("audit", audit)));
    }

    private Mono<JsonNode> lines(AuditSource source, Map<String, String> query) {
        return switch (source) {
            case LAUNCHES -> jobs.get("/v1/audit", query);
            case MARKET -> market.get("/api/admin/audit", query);
            case PEOPLE -> people.get("/api/auth/audit", query);
        };
    }

    private static Map<String, String> query(Map<String, String> asked, String after) {
        var query = new LinkedHashMap<>(Map.of("limit", ROWS));
        query.putAll(asked);
        Days.asMoments(query);
        if (!after.isEmpty()) {
            query.put("after", after);
        }
        return query;
    }
}
