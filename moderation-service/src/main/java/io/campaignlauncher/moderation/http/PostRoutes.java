package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.market.model.PostStatus;
import io.campaignlauncher.moderation.store.MarketQueries;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Posts, with the money that is held for them. */
final class PostRoutes {

    private final MarketQueries queries;

    PostRoutes(MarketQueries queries) {
        this.queries = queries;
    }

    /** Of one's own campaigns and in one's own channels; of moderators and admins their tenant's. */
    Mono<ServerResponse> list(ServerRequest request) {
        var page = Page.of(request);
        var status = status(request.queryParam("status").orElse(""));
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> page.answer("posts",
                queries.posts(Visibility.of(asking), status, asking.subject(), page.after(), page.fetched()))))
                .flatMap(Answers::ok);
    }

    private static @Nullable PostStatus status(String given) {
        if (given.isEmpty()) {
            return null;
        }
        return Arrays.stream(PostStatus.values()).filter(one -> one.word().equals(given)).findFirst()
                .orElseThrow(() -> Page.mistake("status", "must be one of " + Arrays.stream(PostStatus.values())
                        .map(PostStatus::word).collect(Collectors.joining(", "))));
    }
}
