package io.campaignlauncher.console.http;

import static io.campaignlauncher.access.model.Role.ADMIN;
import static io.campaignlauncher.access.model.Role.ADVERTISER;
import static io.campaignlauncher.access.model.Role.MODERATOR;
import static io.campaignlauncher.access.model.Role.SUPER_ADMIN;

import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.console.model.Problem;
import io.campaignlauncher.console.model.market.Typed;
import java.net.URI;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.springframework.http.HttpMethod;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** The marketplace, for people who are logged in. Every form is sent to the address of the page that it stands on. */
final class MarketPages implements Area {

    static final String BASE = "/console/market";
    private static final String ROWS = "50";
    private static final Set<Role> OF_CAMPAIGNS = Set.of(ADVERTISER, MODERATOR, ADMIN, SUPER_ADMIN);

    private final List<Area> areas;

    MarketPages(Asked market, Pages pages) {
        areas = List.of(new MarketCampaignPages(market, pages), new MarketTargetPages(market, pages),
                new MarketQueuePages(market, pages), new MarketMoneyPages(market, pages),
                new MarketPostPages(market, pages), new MarketChannelPages(market, pages));
    }

    @Override
    public List<Route> routes() {
        return areas.stream().flatMap(area -> area.routes().stream()).toList();
    }

    static Mono<Principal> asking(ServerRequest request) {
        return PrincipalToken.of(request);
    }

    static boolean seesCampaigns(Principal asking) {
        return asking.roles().stream().anyMatch(OF_CAMPAIGNS::contains);
    }

    /** Whether it is theirs, and they may still act on it. */
    static boolean isOwner(Principal asking, String advertiserId) {
        return advertiserId.equals(asking.subject()) && asking.roles().contains(ADVERTISER);
    }

    /** A list of the service, from where the page before ended. */
    static Map<String, String> query(ServerRequest request) {
        var query = new LinkedHashMap<>(Map.of("limit", ROWS));
        var after = Given.in(request, "after");
        if (!after.isEmpty()) {
            query.put("after", after);
        }
        return query;
    }

    /** A request that makes something, once for each form. */
    static Call make(String path, JsonNode body, MultiValueMap<String, String> form, Object... variables) {
        var key = Given.in(form, "key");
        var call = Call.of(HttpMethod.POST, path, body, variables);
        return key.isEmpty() ? call : call.with("Idempotency-Key", key);
    }

    static Call post(String path, JsonNode body, Object... variables) {
        return Call.of(HttpMethod.POST, path, body, variables);
    }

    /** A form that nobody has sent yet. */
    static Typed fresh(Map<String, String> values) {
        return new Typed(values, null, UUID.randomUUID().toString());
    }

    /** What was typed, with what is wrong with it. A key stays: what was sent may have been done. */
    static Typed again(MultiValueMap<String, String> form, Problem problem) {
        var values = new HashMap<String, String>();
        form.forEach((field, all) -> {
            if (!field.equals("_csrf")) {
                values.put(field, all.isEmpty() || all.getFirst() == null ? "" : all.getFirst());
            }
        });
        var key = values.getOrDefault("key", "");
        return new Typed(values, problem, key.isEmpty() ? UUID.randomUUID().toString() : key);
    }

    /** Fails with a mistake of one field. */
    static <T> Mono<T> mistake(String field, String message) {
        return Mono.error(new ServiceProblem(new Problem(400, "This cannot be saved yet", "",
                List.of(new Problem.Mistake(field, message)), ""), null));
    }

    static URI address(String... segments) {
        return URI.create(BASE + Stream.of(segments).map(segment -> "/" + segment).reduce("", String::concat));
    }
}
