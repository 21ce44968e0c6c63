package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PathIds;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.moderation.store.MarketQueries;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Campaigns of advertisers. */
final class CampaignRoutes {

    private static final String NO_CAMPAIGN = "No such campaign";

    private final Deciding deciding;
    private final MarketQueries queries;

    private record NewCampaign(@Nullable String name, @Nullable String totalBudget) {}

    CampaignRoutes(Deciding deciding, MarketQueries queries) {
        this.deciding = deciding;
        this.queries = queries;
    }

    Mono<ServerResponse> draft(ServerRequest request) {
        return JsonBody.of(request, NewCampaign.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var name = check.needed("name", body.name());
            var budget = check.needed("totalBudget", body.totalBudget());
            check.end();
            return deciding.create(request, "campaign", (id, _) -> new MarketCommand.DraftCampaign(id, name, budget),
                    this::campaign);
        });
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var page = Page.of(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(
                () -> page.answer("campaigns", queries.campaigns(Visibility.of(asking), page.after(), page.fetched()))))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> read(ServerRequest request) {
        var id = id(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> campaign(id, asking)))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> change(ServerRequest request, Function<UUID, MarketCommand> command) {
        var id = id(request);
        return deciding.decide(request, HttpStatus.OK, _ -> command.apply(id),
                asking -> Map.of("id", id, "status", campaign(id, asking).status()));
    }

    private MarketQueries.Campaign campaign(UUID id, Principal asking) {
        return found(queries.campaign(id, Visibility.of(asking)));
    }

    static UUID id(ServerRequest request) {
        return PathIds.of(request, "campaignId", NO_CAMPAIGN);
    }

    static <T> T found(Optional<T> row) {
        return row.orElseThrow(() -> HttpProblem.noSuch(NO_CAMPAIGN));
    }
}
