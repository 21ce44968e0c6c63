package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.PUBLISHER;
import static io.campaignlauncher.access.model.RouteRule.session;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.market.Channel;
import io.campaignlauncher.console.model.market.Rows;
import io.campaignlauncher.console.model.market.Typed;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Channels: those that one offers, and those that there are to choose from. */
final class MarketChannelPages implements Area {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String CHANNELS = "/console/market/channels";

    private final Asked market;
    private final Pages pages;

    MarketChannelPages(Asked market, Pages pages) {
        this.market = market;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(
                new Route(session("GET", CHANNELS),
                        pages.page(request -> list(request, MarketPages.fresh(Map.of())))),
                new Route(session("POST", CHANNELS, PUBLISHER), pages.form(this::offered,
                        (request, form, problem) -> list(request, MarketPages.again(form, problem)))));
    }

    private Mono<Void> list(ServerRequest request, Typed typed) {
        return MarketPages.asking(request).flatMap(asking -> mine(asking).flatMap(mine -> market
                .get("/api/channels", MarketPages.query(request))
                .map(answer -> Rows.of(answer, "channels", Given.in(request, "after"), Channel::of))
                .flatMap(all -> pages.write(request.exchange(), "market/channels.jte", "Channels", Section.MARKET,
                        Map.of("mine", mine, "all", all, "typed", typed)))));
    }

    private Mono<List<Channel>> mine(Principal asking) {
        return asking.roles().contains(PUBLISHER)
                ? market.get("/api/channels", Map.of("mine", "true", "limit", "200"))
                        .map(answer -> Rows.of(answer, "channels", "", Channel::of).all())
                : Mono.just(List.of());
    }

    /** Offered again, a channel is looked at anew, and may have another price. */
    private Mono<URI> offered(ServerRequest request, MultiValueMap<String, String> form) {
        var body = JSON.createObjectNode().put("chat", Given.in(form, "chat")).put("price", Given.in(form, "price"));
        return market.send(MarketPages.post("/api/channels", body)).thenReturn(URI.create(CHANNELS));
    }
}
