package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.PathIds;
import io.campaignlauncher.moderation.store.MarketQueries;
import java.net.URI;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Where the links of posts lead their readers: each post is known by a link of its own, and what it advertises is behind that. */
final class PostLinks {

    private static final String NO_SUCH = "No such post";

    private final MarketQueries queries;

    PostLinks(MarketQueries queries) {
        this.queries = queries;
    }

    /** To what was approved; a post that advertises no address leads to itself. */
    Mono<ServerResponse> follow(ServerRequest request) {
        var postJob = PathIds.of(request, "postJobId", NO_SUCH);
        return Answers.blocking(() -> queries.linkOf(postJob).orElseThrow(() -> HttpProblem.noSuch(NO_SUCH)))
                .flatMap(link -> ServerResponse.status(HttpStatus.FOUND).location(URI.create(link))
                        .cacheControl(CacheControl.noStore()).build());
    }
}
