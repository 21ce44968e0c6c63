package io.campaignlauncher.moderation.http;

import io.campaignlauncher.access.http.Answers;
import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.access.http.JsonBody;
import io.campaignlauncher.access.http.PrincipalToken;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.moderation.channels.ChannelLook;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.campaignlauncher.telegram.ChannelCheck;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Channels of publishers: looked at when they are offered. */
final class ChannelRoutes {

    private final Deciding deciding;
    private final MarketQueries queries;
    private final ChannelLook look;

    private record Offer(@Nullable String chat, @Nullable String price) {}

    ChannelRoutes(Deciding deciding, MarketQueries queries, ChannelLook look) {
        this.deciding = deciding;
        this.queries = queries;
        this.look = look;
    }

    /** Offered again it has another price, and was looked at anew. */
    Mono<ServerResponse> offer(ServerRequest request) {
        return JsonBody.of(request, Offer.class).flatMap(body -> {
            var check = new JsonBody.Check();
            var chat = check.needed("chat", body.chat()).strip();
            var price = check.needed("price", body.price());
            check.end();
            return look.at(chat).flatMap(found -> switch (found) {
                case ChannelCheck.Ready(var chatId, var title, _) -> deciding.decide(request, HttpStatus.CREATED,
                        _ -> new MarketCommand.OfferChannel(chat, price, chatId, title, List.of()),
                        asking -> queries.channel(asking.tenant(), MarketIds.channel(chatId)).orElseThrow());
                case ChannelCheck.Lacking(var reason) -> Mono.error(Page.mistake("chat", reason));
                case ChannelCheck.Unanswered(var reason) ->
                    Mono.error(HttpProblem.notNow("The channel cannot be looked at: " + reason));
            });
        });
    }

    Mono<ServerResponse> list(ServerRequest request) {
        var page = Page.of(request);
        var mine = request.queryParam("mine").filter("true"::equals).isPresent();
        return PrincipalToken.of(request).flatMap(asking -> Answers.blocking(() -> page.answer("channels",
                queries.channels(asking.tenant(), mine ? asking.subject() : null, page.after(), page.fetched()))))
                .flatMap(Answers::ok);
    }
}
