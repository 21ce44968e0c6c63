package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.campaignlauncher.moderation.store.ReviewQueries;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** What moderators decide, and posts that wait for a person. */
final class ModerationRoutes {

    private final Deciding deciding;
    private final MarketQueries queries;
    private final ReviewQueries reviews;

    private record Approval(@Nullable Integer version) {}

    private record Rejection(@Nullable Integer version, @Nullable String reason) {}

    private record Verdict(@Nullable Boolean posted, @Nullable Long chatId, @Nullable Long messageId,
            @Nullable String link, @Nullable String reason) {}

    ModerationRoutes(Deciding deciding, MarketQueries queries, ReviewQueries reviews) {
        this.deciding = deciding;
        this.queries = queries;
        this.reviews = reviews;
    }

    Mono<ServerResponse> pending(ServerRequest request) {
        var page = Page.of(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(
                () -> page.answer("targets", queries.pending(everybodys(asking), page.after(), page.fetched()))))
                .flatMap(Answers::ok);
    }

    /** A target with what was handed in before, and what was decided on it. */
    Mono<ServerResponse> review(ServerRequest request) {
        var id = TargetRoutes.id(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> {
            var target = queries.target(null, id, everybodys(asking), TargetRoutes.reader(asking))
                    .orElseThrow(() -> HttpProblem.noSuch(TargetRoutes.NO_TARGET));
            var review = reviews.review(id);
            return Map.of("target", target, "versions", review.versions(), "decisions", review.decisions());
        })).flatMap(Answers::ok);
    }

    Mono<ServerResponse> approve(ServerRequest request) {
        var id = TargetRoutes.id(request);
        return JsonBody.of(request, Approval.class).flatMap(body -> {
            var version = version(body.version(), new JsonBody.Check());
            return deciding.decide(request, HttpStatus.OK, _ -> new MarketCommand.ApproveTarget(id, version),
                    asking -> approved(target(id, asking)));
        });
    }

    Mono<ServerResponse> reject(ServerRequest request) {
        var id = TargetRoutes.id(request);
        return JsonBody.of(request, Rejection.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var reason = check.needed("reason", body.reason());
            var version = version(body.version(), check);
            return deciding.decide(request, HttpStatus.OK, _ -> new MarketCommand.RejectTarget(id, version, reason),
                    asking -> Map.of("targetId", id, "status", target(id, asking).status()));
        });
    }

    Mono<ServerResponse> unknownPosts(ServerRequest request) {
        var page = Page.of(request);
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(
                () -> page.answer("targets", queries.unknownPosts(everybodys(asking), page.after(), page.fetched()))))
                .flatMap(Answers::ok);
    }

    Mono<ServerResponse> decidePost(ServerRequest request) {
        var id = TargetRoutes.id(request);
        return JsonBody.of(request, Verdict.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var reason = check.needed("reason", body.reason());
            check.rule("posted", body.posted() == null ? "is needed" : null);
            check.rule("messageId", (body.chatId() == null) == (body.messageId() == null) ? null
                    : "comes with chatId, and chatId with it");
            check.end();
            var message = body.chatId() == null || body.messageId() == null ? null
                    : new Message(body.chatId(), body.messageId(), Objects.requireNonNullElse(body.link(), ""));
            return deciding.decide(request, HttpStatus.OK, _ -> new MarketCommand.DecideUnknownPost(id,
                    Boolean.TRUE.equals(body.posted()), message, reason), asking -> target(id, asking));
        });
    }

    private static int version(@Nullable Integer version, JsonBody.Check check) {
        check.rule("version", version == null ? "is needed: the one that was looked at" : null);
        check.end();
        return Objects.requireNonNull(version);
    }

    private static Map<String, Object> approved(MarketQueries.Target target) {
        var answer = new HashMap<String, Object>();
        answer.put("targetId", target.id());
        answer.put("status", target.status());
        answer.put("escrowId", Objects.requireNonNull(target.escrow()).id());
        answer.put("postJobId", Objects.requireNonNull(target.postJob()).id());
        return answer;
    }

    private MarketQueries.Target target(UUID id, Principal asking) {
        return queries.target(null, id, everybodys(asking), null)
                .orElseThrow(() -> HttpProblem.noSuch(TargetRoutes.NO_TARGET));
    }

    /** Whoever decides here sees everybody's of their tenant. */
    private static Visibility everybodys(Principal asking) {
        return new Visibility(asking.tenant(), null);
    }
}
