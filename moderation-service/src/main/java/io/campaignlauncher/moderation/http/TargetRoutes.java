package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.PathIds;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Role;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.campaignlauncher.moderation.store.ReviewQueries;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Targets of a campaign, reached only by way of it. */
final class TargetRoutes {

    static final String NO_TARGET = "No such target";

    private final Deciding deciding;
    private final MarketQueries queries;
    private final ReviewQueries reviews;

    TargetRoutes(Deciding deciding, MarketQueries queries, ReviewQueries reviews) {
        this.deciding = deciding;
        this.queries = queries;
        this.reviews = reviews;
    }

    Mono<ServerResponse> draft(ServerRequest request) {
        var campaignId = CampaignRoutes.id(request);
        return TargetBody.of(request).flatMap(body -> deciding.create(request, "target",
                (id, asking) -> new MarketCommand.DraftTarget(campaignId, id, TargetBody.place(body, id, asking)),
                (id, asking) -> target(campaignId, id, asking)));
    }

    Mono<ServerResponse> edit(ServerRequest request) {
        var campaignId = CampaignRoutes.id(request);
        var id = id(request);
        return TargetBody.of(request).flatMap(body -> deciding.decide(request, HttpStatus.OK,
                asking -> new MarketCommand.EditTarget(campaignId, id, TargetBody.place(body, id, asking)),
                asking -> target(campaignId, id, asking)));
    }

    Mono<ServerResponse> submit(ServerRequest request) {
        var campaignId = CampaignRoutes.id(request);
        var id = id(request);
        return deciding.decide(request, HttpStatus.OK, _ -> new MarketCommand.SubmitTarget(campaignId, id),
                asking -> target(campaignId, id, asking));
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var campaignId = CampaignRoutes.id(request);
        var page = Page.of(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> {
            CampaignRoutes.found(queries.campaign(campaignId, Visibility.of(asking)));
            return page.answer("targets", queries.targets(campaignId, Visibility.of(asking), reader(asking),
                    page.after(), page.fetched()));
        })).flatMap(Answers::ok);
    }

    Mono<ServerResponse> read(ServerRequest request) {
        var campaignId = CampaignRoutes.id(request);
        var id = id(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> target(campaignId, id, asking)))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> history(ServerRequest request) {
        var campaignId = CampaignRoutes.id(request);
        var id = id(request);
        var page = Page.of(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> page.answer("events",
                reviews.history(target(campaignId, id, asking).id(), page.after(), page.fetched()))))
                .flatMap(Answers::ok);
    }

    private MarketQueries.Target target(UUID campaignId, UUID id, Principal asking) {
        return queries.target(campaignId, id, Visibility.of(asking), reader(asking))
                .orElseThrow(() -> HttpProblem.noSuch(NO_TARGET));
    }

    static UUID id(ServerRequest request) {
        return PathIds.of(request, "targetId", NO_TARGET);
    }

    /** Moderators see what was submitted; admins see drafts of others as well. */
    static @Nullable String reader(Principal asking) {
        return asking.roles().contains(Role.ADMIN) || asking.roles().contains(Role.SUPER_ADMIN) ? null
                : asking.subject();
    }
}
