package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.session;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.console.model.Launches;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.market.Campaign;
import io.campaignlauncher.console.model.market.Rows;
import io.campaignlauncher.console.model.market.Target;
import io.campaignlauncher.console.model.market.Typed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Campaigns with their budgets. */
final class MarketCampaignPages implements Area {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String ONE = "/console/market/campaigns/{campaignId}";
    private static final String NEW = "/console/market/campaigns/new";
    private static final Set<String> CHANGES = Set.of("activate", "pause", "resume", "cancel", "complete");

    private final Asked market;
    private final Pages pages;

    MarketCampaignPages(Asked market, Pages pages) {
        this.market = market;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(session("GET", MarketPages.BASE), pages.page(this::list)),
                new Route(session("GET", NEW, ADVERTISER),
                        pages.page(request -> create(request, MarketPages.fresh(Map.of())))),
                new Route(session("POST", NEW, ADVERTISER), pages.form(this::created,
                        (request, form, problem) -> create(request, MarketPages.again(form, problem)))),
                new Route(session("GET", ONE, ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN),
                        pages.page(request -> one(request, Optional.empty()))),
                new Route(session("POST", ONE, ADVERTISER, ADMIN, SUPER_ADMIN), pages.form(this::changed,
                        (request, _, problem) -> one(request, Optional.of(problem)))));
    }

    private Mono<Void> list(ServerRequest request) {
        return MarketPages.asking(request).flatMap(asking -> MarketPages.seesCampaigns(asking)
                ? market.get("/api/campaigns", MarketPages.query(request))
                        .map(answer -> Rows.of(answer, "campaigns", Given.in(request, "after"), Campaign::of))
                        .flatMap(campaigns -> pages.write(request.exchange(), "market/campaigns.jte", "Campaigns",
                                Section.MARKET, Map.of("campaigns", campaigns)))
                : elsewhere(request));
    }

    /** Who has channels alone has no campaigns. */
    private static Mono<Void> elsewhere(ServerRequest request) {
        var response = request.exchange().getResponse();
        response.setStatusCode(HttpStatus.SEE_OTHER);
        response.getHeaders().setLocation(MarketPages.address("channels"));
        return response.setComplete();
    }

    private Mono<Void> create(ServerRequest request, Typed typed) {
        return pages.write(request.exchange(), "market/campaign-new.jte", "New campaign", Section.MARKET,
                Map.of("typed", typed));
    }

    private Mono<URI> created(ServerRequest request, MultiValueMap<String, String> form) {
        var body = JSON.createObjectNode().put("name", Given.in(form, "name"))
                .put("totalBudget", Given.in(form, "totalBudget"));
        return market.send(MarketPages.make("/api/campaigns", body, form))
                .map(made -> MarketPages.address("campaigns", Launches.text(made, "id")));
    }

    private Mono<Void> one(ServerRequest request, Optional<Problem> problem) {
        var id = request.pathVariable("campaignId");
        return MarketPages.asking(request).flatMap(asking -> market.get("/api/campaigns/{id}", Map.of(), id)
                .map(Campaign::of)
                .flatMap(campaign -> market
                        .get("/api/campaigns/{id}/targets", MarketPages.query(request), id)
                        .map(answer -> Rows.of(answer, "targets", Given.in(request, "after"), Target::of))
                        .flatMap(targets -> pages.write(request.exchange(), "market/campaign.jte", campaign.name(),
                                Section.MARKET,
                                contents(campaign, targets, asking, problem)))));
    }

    private static Map<String, Object> contents(Campaign campaign, Rows<Target> targets, Principal asking,
            Optional<Problem> problem) {
        boolean own = MarketPages.isOwner(asking, campaign.advertiserId());
        return Map.of("campaign", campaign, "targets", targets, "own", own, "mayChange",
                own || asking.roles().contains(ADMIN) || asking.roles().contains(SUPER_ADMIN), "problem", problem);
    }

    private Mono<URI> changed(ServerRequest request, MultiValueMap<String, String> form) {
        var id = request.pathVariable("campaignId");
        var change = Given.in(form, "change");
        if (!CHANGES.contains(change)) {
            return MarketPages.mistake("change", "is none that there is");
        }
        return market.send(MarketPages.post("/api/campaigns/{id}/{change}", JSON.createObjectNode(), id, change))
                .thenReturn(MarketPages.address("campaigns", id));
    }
}
