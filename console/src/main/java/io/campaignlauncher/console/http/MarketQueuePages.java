package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.session;

import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.market.Queue;
import io.campaignlauncher.console.model.market.Review;
import io.campaignlauncher.console.model.market.Rows;
import io.campaignlauncher.console.model.market.Target;
import io.campaignlauncher.console.model.market.Typed;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** What waits for a moderator, with one case opened. */
final class MarketQueuePages implements Area {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String QUEUE = "/console/market/queue";
    private static final String CASE = "/api/admin/moderation/targets/{targetId}";

    private final Asked market;
    private final Pages pages;

    MarketQueuePages(Asked market, Pages pages) {
        this.market = market;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(session("GET", QUEUE, MODERATOR, ADMIN, SUPER_ADMIN), pages.page(this::show)),
                new Route(session("POST", QUEUE, MODERATOR, ADMIN, SUPER_ADMIN),
                        pages.form(this::decided, this::refused)));
    }

    private Mono<Void> show(ServerRequest request) {
        return shown(request, Given.in(request, "target"), Given.in(request, "decided"),
                MarketPages.fresh(Map.of()));
    }

    /** What was decided on is looked at anew: it may be another version by now, or somebody else's decision. */
    private Mono<Void> refused(ServerRequest request, MultiValueMap<String, String> form, Problem problem) {
        return shown(request, Given.in(form, "target"), "", MarketPages.again(form, problem));
    }

    private Mono<Void> shown(ServerRequest request, String open, String decided, Typed typed) {
        return MarketPages.asking(request).flatMap(asking -> market
                .get("/api/admin/moderation/pending", MarketPages.query(request))
                .map(answer -> Rows.of(answer, "targets", Given.in(request, "after"), Target::of))
                .flatMap(waiting -> {
                    var queue = new Queue(waiting, asking.subject(), open);
                    return review(queue.open(), asking.subject(), seen(typed))
                            .flatMap(review -> review(decided, asking.subject(), 0)
                                    .flatMap(before -> pages.write(request.exchange(), "market/queue.jte", "Queue",
                                            Section.MARKET,
                                            Map.of("queue", queue, "review", review, "before", before, "typed",
                                                    typed))));
                }));
    }

    private static int seen(Typed typed) {
        var seen = typed.value("version");
        return seen.matches("[0-9]{1,9}") ? Integer.parseInt(seen) : 0;
    }

    /** Empty: none is asked for. */
    private Mono<Optional<Review>> review(String targetId, String userId, int seen) {
        return targetId.isEmpty() ? Mono.just(Optional.empty())
                : market.get(CASE, Map.of(), targetId).map(answer -> Optional.of(Review.of(answer, userId, seen)));
    }

    private Mono<URI> decided(ServerRequest request, MultiValueMap<String, String> form) {
        var id = Given.in(form, "target");
        var body = JSON.createObjectNode();
        var version = Given.in(form, "version");
        if (version.matches("[0-9]{1,9}")) {
            body.put("version", Integer.parseInt(version));
        }
        var decision = Given.in(form, "decision");
        if (decision.equals("reject")) {
            body.put("reason", Given.in(form, "reason"));
        } else if (!decision.equals("approve")) {
            return MarketPages.mistake("decision", "is neither approve nor reject");
        }
        var next = Given.in(form, "next");
        return market.send(MarketPages.post(CASE + "/" + decision, body, id))
                .thenReturn(URI.create(QUEUE + "?decided=" + encoded(id)
                        + (next.isEmpty() ? "" : "&target=" + encoded(next))));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
