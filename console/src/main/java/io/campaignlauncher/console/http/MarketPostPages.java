package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.session;

import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.market.Placement;
import io.campaignlauncher.console.model.market.Rows;
import io.campaignlauncher.console.model.market.Typed;
import io.campaignlauncher.console.model.market.UnknownPost;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Posts with the money that is held for them, and those that wait for a person. */
final class MarketPostPages implements Area {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String POSTS = "/console/market/posts";
    private static final String UNKNOWN = POSTS + "/unknown";
    private static final Set<String> STATES = Set.of("queued", "posting", "posted", "failed");

    private final Asked market;
    private final Pages pages;

    MarketPostPages(Asked market, Pages pages) {
        this.market = market;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(session("GET", POSTS), pages.page(this::list)),
                new Route(session("GET", UNKNOWN, ADMIN, SUPER_ADMIN),
                        pages.page(request -> unknown(request, MarketPages.fresh(Map.of())))),
                new Route(session("POST", UNKNOWN, ADMIN, SUPER_ADMIN), pages.form(this::decided,
                        (request, form, problem) -> unknown(request, MarketPages.again(form, problem)))));
    }

    private Mono<Void> list(ServerRequest request) {
        var query = MarketPages.query(request);
        var status = STATES.contains(Given.in(request, "status")) ? Given.in(request, "status") : "";
        if (!status.isEmpty()) {
            query.put("status", status);
        }
        return market.get("/api/posts", query)
                .map(answer -> Rows.of(answer, "posts", Given.in(request, "after"), Placement::of))
                .flatMap(posts -> pages.write(request.exchange(), "market/posts.jte", "Posts", Section.MARKET,
                        Map.of("posts", posts, "status", status)));
    }

    private Mono<Void> unknown(ServerRequest request, Typed typed) {
        return market.get("/api/admin/posts/unknown", MarketPages.query(request))
                .map(answer -> Rows.of(answer, "targets", Given.in(request, "after"), UnknownPost::of))
                .flatMap(posts -> pages.write(request.exchange(), "market/unknown.jte", "Posts that wait for a person",
                        Section.MARKET, Map.of("posts", posts, "typed", typed)));
    }

    private Mono<URI> decided(ServerRequest request, MultiValueMap<String, String> form) {
        var posted = Given.in(form, "posted");
        if (!posted.equals("true") && !posted.equals("false")) {
            return MarketPages.mistake("posted", "is needed: say whether it is there");
        }
        var body = JSON.createObjectNode().put("posted", posted.equals("true")).put("reason",
                Given.in(form, "reason"));
        if (posted.equals("true")) {
            for (var field : List.of("chatId", "messageId")) {
                var number = Given.in(form, field);
                if (!number.matches("-?[0-9]{0,18}")) {
                    return MarketPages.mistake(field, "must be a number");
                }
                if (!number.isEmpty() && !number.equals("-")) {
                    body.put(field, Long.parseLong(number));
                }
            }
            var link = Given.in(form, "link");
            if (!link.isEmpty()) {
                body.put("link", link);
            }
        }
        return market.send(MarketPages.post("/api/admin/posts/{id}/decide", body, Given.in(form, "target")))
                .thenReturn(URI.create(UNKNOWN));
    }
}
