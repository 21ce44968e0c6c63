package io.campaignlauncher.market.model;

import static io.campaignlauncher.market.model.MarketScenario.ADMIN;
import static io.campaignlauncher.market.model.MarketScenario.BERT;
import static io.campaignlauncher.market.model.MarketScenario.CHANNEL;
import static io.campaignlauncher.market.model.MarketScenario.CHAT;
import static io.campaignlauncher.market.model.MarketScenario.MODERATOR;
import static io.campaignlauncher.market.model.MarketScenario.PAULA;
import static io.campaignlauncher.market.model.MarketScenario.SYSTEM;
import static io.campaignlauncher.market.model.MarketScenario.by;
import static io.campaignlauncher.market.model.MarketScenario.bySystem;
import static io.campaignlauncher.market.model.MarketScenario.drafted;
import static io.campaignlauncher.market.model.MarketScenario.id;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How a channel comes onto the market, and whether the bot may post in it. */
class ChannelRulesTest {

    private static final Cause BY_PAULA = by(PAULA, Role.PUBLISHER);

    @Test
    void a_publisher_offers_a_channel_in_which_the_bot_may_post() {
        drafted().when(BERT, offer(-7, "3.00", "Bert's"))
                .then(new ChannelEvent.ChannelOffered(MarketIds.channel(-7), by(BERT, Role.PUBLISHER), -7, "@paula",
                        "Bert's", Money.of("3")));
    }

    @Test
    void what_the_bot_lacks_is_named() {
        drafted().when(BERT, new MarketCommand.OfferChannel("@b", "1", -7, "B", List.of("can_post_messages")))
                .thenInvalid("chat")
                .when(BERT, offer(-7, "1.005", "B")).thenInvalid("price");
    }

    @Test
    void the_owner_offers_again_at_another_price() {
        drafted().when(PAULA, offer(CHAT, "10", "Paula's")).thenNothing()
                .when(PAULA, offer(CHAT, "12", "Paula's"))
                .then(new ChannelEvent.ChannelPriced(CHANNEL, BY_PAULA, Money.of("12")))
                .when(PAULA, offer(CHAT, "13", "Renamed"))
                .then(new ChannelEvent.ChannelPriced(CHANNEL, BY_PAULA, Money.of("13")),
                        new ChannelEvent.ChannelRefreshed(CHANNEL, BY_PAULA, "Renamed", List.of()));
    }

    @Test
    void one_chat_has_one_publisher() {
        drafted().when(BERT, offer(CHAT, "1", "Paula's")).thenRefused(409, new Refusal.ChannelTaken());
    }

    @Test
    void what_was_seen_of_a_channel_is_recorded_where_it_is_news() {
        drafted().when(SYSTEM, refresh(List.of("can_post_messages")))
                .then(new ChannelEvent.ChannelRefreshed(CHANNEL, bySystem(), "Paula's", List.of("can_post_messages")))
                .when(SYSTEM, refresh(List.of("can_post_messages"))).thenNothing()
                .when(PAULA, refresh(List.of()))
                .then(new ChannelEvent.ChannelRefreshed(CHANNEL, BY_PAULA, "Paula's", List.of()))
                .when(ADMIN, refresh(List.of())).thenNothing();
    }

    @Test
    void a_foreign_channel_is_not_refreshed() {
        drafted().when(BERT, refresh(List.of())).thenRefused(400, new Refusal.NotOwner(Refusal.Subject.CHANNEL))
                .when(MODERATOR, refresh(List.of())).thenRefused(403, new Refusal.RoleMissing(Action.REFRESH_CHANNEL))
                .when(BERT, new MarketCommand.RefreshChannel(id("none"), "x", List.of()))
                .thenRefused(404, new Refusal.NoSuch(Refusal.Subject.CHANNEL));
    }

    private static MarketCommand offer(long chatId, String price, String title) {
        return new MarketCommand.OfferChannel("@paula", price, chatId, title, List.of());
    }

    private static MarketCommand refresh(List<String> lacking) {
        return new MarketCommand.RefreshChannel(CHANNEL, "Paula's", lacking);
    }
}
