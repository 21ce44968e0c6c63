package io.campaignlauncher.moderation.posts;

import io.campaignlauncher.market.messages.PostReportMessages;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.moderation.channels.ChannelLook;
import io.campaignlauncher.moderation.store.MarketQueries;
import io.campaignlauncher.schemas.PostReported;
import io.campaignlauncher.telegram.ChannelCheck;
import java.util.List;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Channels in which the posting service can post no more. Each is looked at again, for the report may be old; where nobody can look, the
 * report counts. One that lacks something gets no new posts until its publisher offers it again.
 */
final class HeldChannels {

    private final MarketQueries queries;
    private final ChannelLook look;

    HeldChannels(MarketQueries queries, ChannelLook look) {
        this.queries = queries;
        this.look = look;
    }

    /** Empty where there is no such channel. */
    Mono<MarketCommand> command(String tenant, PostReported report) {
        return Mono.fromCallable(() -> queries.channelOfTarget(tenant, PostReportMessages.target(report)))
                .subscribeOn(Schedulers.boundedElastic()).flatMap(Mono::justOrEmpty)
                .flatMap(channel -> look.at(Long.toString(channel.chatId())).map(found -> switch (found) {
                    case ChannelCheck.Ready(_, var title, _) ->
                        new MarketCommand.RefreshChannel(channel.id(), title, List.of());
                    case ChannelCheck.Lacking(var reason) ->
                        new MarketCommand.RefreshChannel(channel.id(), channel.title(), List.of(reason));
                    case ChannelCheck.Unanswered _ -> new MarketCommand.RefreshChannel(channel.id(), channel.title(),
                            List.of(PostReportMessages.text(report.getDetail())));
                }));
    }
}
