package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.session;

import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.market.Campaign;
import io.campaignlauncher.console.model.market.Channel;
import io.campaignlauncher.console.model.market.Happened;
import io.campaignlauncher.console.model.market.Rows;
import io.campaignlauncher.console.model.market.Target;
import io.campaignlauncher.console.model.market.Typed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Targets of a campaign: what is to be posted, where, and what became of it. */
final class MarketTargetPages implements Area {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TARGETS = "/console/market/campaigns/{campaignId}/targets";
    private static final String NEW = TARGETS + "/new";
    private static final String ONE = TARGETS + "/{targetId}";
    private static final String EDIT = ONE + "/edit";
    private static final String API = "/api/campaigns/{campaignId}/targets/{targetId}";
    private static final String MOST_ROWS = "200";
    /** As a field for a time sends it. */
    private static final Pattern MINUTES = Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}(:\\d{2})?");

    private final Asked market;
    private final Pages pages;

    MarketTargetPages(Asked market, Pages pages) {
        this.market = market;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(session("GET", NEW, ADVERTISER), pages.page(request -> draft(request,
                        MarketPages.fresh(Map.of("place", "telegram"))))),
                new Route(session("POST", NEW, ADVERTISER), pages.form(this::drafted,
                        (request, form, problem) -> draft(request, MarketPages.again(form, problem)))),
                new Route(session("GET", ONE, ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN),
                        pages.page(request -> one(request, Optional.empty()))),
                new Route(session("POST", ONE, ADVERTISER), pages.form(this::submitted,
                        (request, _, problem) -> one(request, Optional.of(problem)))),
                new Route(session("GET", EDIT, ADVERTISER),
                        pages.page(request -> target(request)
                                .flatMap(target -> edit(request, target, MarketPages.fresh(values(target)))))),
                new Route(session("POST", EDIT, ADVERTISER),
                        pages.form(this::edited, (request, form, problem) -> target(request)
                                .flatMap(target -> edit(request, target, MarketPages.again(form, problem))))));
    }

    private Mono<Target> target(ServerRequest request) {
        return market.get(API, Map.of(), request.pathVariable("campaignId"), request.pathVariable("targetId"))
                .map(Target::of);
    }

    private Mono<Campaign> campaign(ServerRequest request) {
        return market.get("/api/campaigns/{id}", Map.of(), request.pathVariable("campaignId")).map(Campaign::of);
    }

    private Mono<List<Channel>> channels() {
        return market.get("/api/channels", Map.of("limit", MOST_ROWS))
                .map(answer -> Rows.of(answer, "channels", "", Channel::of).all());
    }

    private Mono<Void> one(ServerRequest request, Optional<Problem> problem) {
        var campaignId = request.pathVariable("campaignId");
        var targetId = request.pathVariable("targetId");
        return MarketPages.asking(request).flatMap(asking -> target(request).flatMap(target -> campaign(request)
                .flatMap(campaign -> market.get(API + "/history", Map.of("limit", MOST_ROWS), campaignId, targetId)
                        .map(Happened::of)
                        .flatMap(happened -> pages.write(request.exchange(), "market/target.jte",
                                target.content().line(), Section.MARKET,
                                Map.of("target", target, "campaign", campaign, "happened", happened, "own",
                                        MarketPages.isOwner(asking, target.advertiserId()), "problem", problem))))));
    }

    private Mono<URI> submitted(ServerRequest request, MultiValueMap<String, String> form) {
        var campaignId = request.pathVariable("campaignId");
        var targetId = request.pathVariable("targetId");
        return market.send(MarketPages.post(API + "/submit", JSON.createObjectNode(), campaignId, targetId))
                .thenReturn(MarketPages.address("campaigns", campaignId, "targets", targetId));
    }

    private Mono<Void> draft(ServerRequest request, Typed typed) {
        return campaign(request).flatMap(campaign -> channels().flatMap(channels -> pages.write(request.exchange(),
                "market/target-form.jte", "New target", Section.MARKET,
                Map.of("campaign", campaign, "channels", channels, "typed", typed, "targetId", ""))));
    }

    private Mono<Void> edit(ServerRequest request, Target target, Typed typed) {
        return campaign(request).flatMap(campaign -> channels().flatMap(channels -> pages.write(request.exchange(),
                "market/target-form.jte", "Change a target", Section.MARKET,
                Map.of("campaign", campaign, "channels", channels, "typed", typed, "targetId", target.id()))));
    }

    private static Map<String, String> values(Target target) {
        var content = target.content();
        return Map.of("place", content.isLaunch() ? "facebook" : "telegram", "channelId", content.channelId(), "text",
                content.text(), "link", content.link(), "photo", content.photo(), "adAccountId", content.account(),
                "launch", content.launch(), "postAt", content.postAt().replaceFirst("(T\\d{2}:\\d{2}).*", "$1"));
    }

    private Mono<URI> drafted(ServerRequest request, MultiValueMap<String, String> form) {
        var campaignId = request.pathVariable("campaignId");
        return body(form).flatMap(body -> market
                .send(MarketPages.make("/api/campaigns/{campaignId}/targets", body, form, campaignId)))
                .map(made -> MarketPages.address("campaigns", campaignId, "targets", Launches.text(made, "id")));
    }

    private Mono<URI> edited(ServerRequest request, MultiValueMap<String, String> form) {
        var campaignId = request.pathVariable("campaignId");
        var targetId = request.pathVariable("targetId");
        return body(form).flatMap(body -> market.send(Call.of(HttpMethod.PATCH, API, body, campaignId, targetId)))
                .thenReturn(MarketPages.address("campaigns", campaignId, "targets", targetId));
    }

    /** What the service is sent; what is empty is not in it. */
    private static Mono<ObjectNode> body(MultiValueMap<String, String> form) {
        var body = JSON.createObjectNode();
        var postAt = Given.in(form, "postAt");
        if (!postAt.isEmpty()) {
            body.put("postAt", MINUTES.matcher(postAt).matches() ? postAt + "Z" : postAt);
        }
        if (!Given.in(form, "place").equals("facebook")) {
            for (var field : List.of("channelId", "text", "link", "photo")) {
                put(body, field, Given.in(form, field).replace("\r\n", "\n"));
            }
            return Mono.just(body);
        }
        put(body, "adAccountId", Given.in(form, "adAccountId"));
        var launch = Given.in(form, "launch");
        try {
            if (!launch.isEmpty()) {
                body.set("launch", JSON.readTree(launch));
            }
            return Mono.just(body);
        } catch (JacksonException e) {
            var at = e.getLocation();
            return MarketPages.mistake("launch",
                    "is not JSON" + (at == null ? "" : ": look at line " + at.getLineNr()));
        }
    }

    private static void put(ObjectNode body, String field, String value) {
        if (!value.isEmpty()) {
            body.put(field, value);
        }
    }
}
