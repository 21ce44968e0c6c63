package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;
import static io.campaignlauncher.access.model.RouteRule.session;

import io.campaignlauncher.console.model.Section;
import io.campaignlauncher.console.model.market.Amount;
import io.campaignlauncher.console.model.market.Correction;
import io.campaignlauncher.console.model.market.Entry;
import io.campaignlauncher.console.model.market.Rows;
import io.campaignlauncher.console.model.market.Typed;
import io.campaignlauncher.console.model.market.Wallet;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Wallets: one's own, and for admins everybody's, with payments and corrections. */
final class MarketMoneyPages implements Area {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String WALLET = "/console/market/wallet";
    private static final String WALLETS = "/console/market/wallets";
    private static final String CORRECTIONS = "/console/market/corrections";

    private final Asked market;
    private final Pages pages;

    MarketMoneyPages(Asked market, Pages pages) {
        this.market = market;
        this.pages = pages;
    }

    @Override
    public List<Route> routes() {
        return List.of(new Route(session("GET", WALLET), pages.page(this::wallet)),
                new Route(session("GET", WALLETS, ADMIN, SUPER_ADMIN), pages.page(request -> wallets(request,
                        MarketPages.fresh(Map.of("userId", Given.in(request, "userId")))))),
                new Route(session("POST", WALLETS, ADMIN, SUPER_ADMIN), pages.form(this::deposited,
                        (request, form, problem) -> wallets(request, MarketPages.again(form, problem)))),
                new Route(session("GET", CORRECTIONS, ADMIN, SUPER_ADMIN),
                        pages.page(request -> corrections(request, MarketPages.fresh(
                                Map.of("fromWalletId", Given.in(request, "from")))))),
                new Route(session("POST", CORRECTIONS, ADMIN, SUPER_ADMIN), pages.form(this::corrected,
                        (request, form, problem) -> corrections(request, MarketPages.again(form, problem)))));
    }

    private Mono<Void> wallet(ServerRequest request) {
        return market.get("/api/wallet", Map.of()).flatMap(wallet -> market
                .get("/api/wallet/entries", MarketPages.query(request))
                .map(answer -> Rows.of(answer, "entries", Given.in(request, "after"), Entry::of))
                .flatMap(entries -> pages.write(request.exchange(), "market/wallet.jte", "Wallet", Section.MARKET,
                        Map.of("balance", Amount.in(wallet, "balance"), "held", Amount.in(wallet, "held"), "entries",
                                entries))));
    }

    private Mono<Void> wallets(ServerRequest request, Typed typed) {
        var query = MarketPages.query(request);
        var userId = Given.in(request, "userId");
        if (!userId.isEmpty()) {
            query.put("userId", userId);
        }
        return market.get("/api/admin/wallets", query)
                .map(answer -> Rows.of(answer, "wallets", Given.in(request, "after"), Wallet::of))
                .flatMap(wallets -> pages.write(request.exchange(), "market/wallets.jte", "Wallets", Section.MARKET,
                        Map.of("wallets", wallets, "typed", typed, "userId", userId)));
    }

    /** A payment is known by its number elsewhere: that counts once however often the form is sent. */
    private Mono<URI> deposited(ServerRequest request, MultiValueMap<String, String> form) {
        var userId = Given.in(form, "userId");
        if (userId.isEmpty()) {
            return MarketPages.mistake("userId", "is needed");
        }
        var body = JSON.createObjectNode().put("amount", Given.in(form, "amount"))
                .put("externalId", Given.in(form, "externalId"));
        return market.send(MarketPages.post("/api/admin/wallets/{userId}/deposits", body, userId))
                .thenReturn(URI.create(WALLETS));
    }

    private Mono<Void> corrections(ServerRequest request, Typed typed) {
        return MarketPages.asking(request).flatMap(asking -> market
                .get("/api/admin/corrections", MarketPages.query(request))
                .map(answer -> Rows.of(answer, "corrections", Given.in(request, "after"), Correction::of))
                .flatMap(corrections -> pages.write(request.exchange(), "market/corrections.jte", "Corrections",
                        Section.MARKET, Map.of("corrections", corrections, "typed", typed, "userId",
                                asking.subject()))));
    }

    private Mono<URI> corrected(ServerRequest request, MultiValueMap<String, String> form) {
        return market.send(correction(form)).thenReturn(URI.create(CORRECTIONS));
    }

    /** One that is approved, or a new one. */
    private static Call correction(MultiValueMap<String, String> form) {
        var approved = Given.in(form, "approve");
        if (!approved.isEmpty()) {
            return MarketPages.post("/api/admin/corrections/{id}/approve", JSON.createObjectNode(), approved);
        }
        JsonNode body = JSON.createObjectNode().put("fromWalletId", Given.in(form, "fromWalletId"))
                .put("toWalletId", Given.in(form, "toWalletId")).put("amount", Given.in(form, "amount"))
                .put("reason", Given.in(form, "reason"));
        return MarketPages.make("/api/admin/corrections", body, form);
    }
}
