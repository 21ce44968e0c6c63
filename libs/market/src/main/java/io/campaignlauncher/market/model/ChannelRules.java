package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.Refusal.Subject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How a channel comes onto the market, and whether the bot may post in it. */
final class ChannelRules {

    private ChannelRules() {}

    static Decision offer(Case c, IssuedCommand issued, MarketCommand.OfferChannel command) {
        return Gate.own(issued, Action.OFFER_CHANNEL,
                by -> new Fields().line("chat", command.chat(), Fields.LINE_MAX).amount("price", command.price())
                        .refusal().orElseGet(() -> offered(c, command, by)));
    }

    /** Offered again by its owner, it has another price, or is ready again. */
    private static Decision offered(Case c, MarketCommand.OfferChannel command, Cause by) {
        if (!command.lacking().isEmpty()) {
            return Decision.refuse(Refusal.Invalid.of("chat",
                    "is a chat where the bot lacks " + String.join(", ", command.lacking())));
        }
        var price = Money.of(command.price());
        var channel = c.channel();
        if (channel == null) {
            return Decision.accept(new ChannelEvent.ChannelOffered(MarketIds.channel(command.chatId()), by,
                    command.chatId(), command.chat(), command.title(), price));
        }
        if (!channel.tenant().equals(by.tenant()) || !channel.publisherId().equals(by.userId())) {
            return Decision.refuse(new Refusal.ChannelTaken());
        }
        var events = new ArrayList<MarketEvent>();
        if (!channel.price().equals(price)) {
            events.add(new ChannelEvent.ChannelPriced(channel.id(), by, price));
        }
        refresh(channel, command.title(), List.of(), by).ifPresent(events::add);
        return new Decision.Accepted(events);
    }

    static Decision refresh(Case c, IssuedCommand issued, MarketCommand.RefreshChannel command) {
        if (!Action.REFRESH_CHANNEL.openTo(issued.actor())) {
            return Decision.refuse(new Refusal.RoleMissing(Action.REFRESH_CHANNEL));
        }
        var channel = c.channel();
        if (channel == null || !channel.tenant().equals(issued.actor().tenant())) {
            return Decision.refuse(new Refusal.NoSuch(Subject.CHANNEL));
        }
        return Gate.owned(issued, Action.REFRESH_CHANNEL, Subject.CHANNEL, channel.publisherId(),
                by -> refresh(channel, command.title(), command.lacking(), by).map(Decision::accept)
                        .orElseGet(Decision::accept));
    }

    private static Optional<MarketEvent> refresh(ChannelState channel, String title, List<String> lacking, Cause by) {
        return channel.title().equals(title) && channel.lacking().equals(lacking) ? Optional.empty()
                : Optional.of(new ChannelEvent.ChannelRefreshed(channel.id(), by, title, lacking));
    }
}
