package io.campaignlauncher.market.tables;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.market.model.Actor;
import io.campaignlauncher.market.model.Decision;
import io.campaignlauncher.market.model.MarketCommand;
import io.campaignlauncher.market.model.MarketIds;
import io.campaignlauncher.market.model.MarketPolicy;
import io.campaignlauncher.market.model.MemoryMarket;
import io.campaignlauncher.market.model.Message;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The same small marketplace each time: one target of every kind, so that each guard and each invariant has something to look at. */
final class Story {

    static final UUID CAMPAIGN = new UUID(0, 1);
    static final UUID DRAFT_CAMPAIGN = new UUID(0, 2);
    static final UUID DRAFT = new UUID(1, 1);
    static final UUID SUBMITTED = new UUID(1, 2);
    static final UUID QUEUED = new UUID(1, 3);
    static final UUID POSTED = new UUID(1, 4);
    static final UUID RELEASED = new UUID(1, 5);
    static final UUID REFUNDED = new UUID(1, 6);
    private static final long CHAT = -1;
    private static final Actor ANNA = actor("anna", Role.ADVERTISER);
    private static final Actor MODERATOR = actor("mora", Role.MODERATOR);
    private static final Actor ADMIN = actor("adam", Role.ADMIN);
    private static final Actor SYSTEM = Actor.system("local");
    private static final Instant T0 = Instant.parse("2026-03-01T12:00:00Z");

    private final MemoryMarket market = new MemoryMarket(MarketPolicy.DEFAULT, T0);

    private Story() {}

    static MemoryMarket market() {
        var story = new Story();
        story.tell(ADMIN, new MarketCommand.Deposit("anna", "100.00", "bank-1"));
        story.tell(actor("paula", Role.PUBLISHER), new MarketCommand.OfferChannel("@p", "10.00", CHAT, "P", List.of()));
        story.tell(ANNA, new MarketCommand.DraftCampaign(DRAFT_CAMPAIGN, "Later", "50.00"));
        story.tell(ANNA, new MarketCommand.DraftCampaign(CAMPAIGN, "Spring", "50.00"));
        story.tell(ANNA, new MarketCommand.ActivateCampaign(CAMPAIGN));
        for (var target : List.of(DRAFT, SUBMITTED, QUEUED, POSTED, RELEASED, REFUNDED)) {
            story.tell(ANNA, new MarketCommand.DraftTarget(CAMPAIGN, target,
                    new Place.TelegramPost(MarketIds.channel(CHAT), "Buy", null, null, null)));
        }
        for (var target : List.of(SUBMITTED, QUEUED, POSTED, RELEASED, REFUNDED)) {
            story.tell(ANNA, new MarketCommand.SubmitTarget(CAMPAIGN, target));
        }
        for (var target : List.of(QUEUED, POSTED, RELEASED, REFUNDED)) {
            story.tell(MODERATOR, new MarketCommand.ApproveTarget(target, 1));
        }
        for (var target : List.of(POSTED, RELEASED)) {
            story.tell(SYSTEM, new MarketCommand.StartPosting(target, 1));
            story.tell(SYSTEM, new MarketCommand.ReportPosted(target, 1,
                    new Message(CHAT, target.getLeastSignificantBits(), "https://t.me/p")));
        }
        story.tell(SYSTEM, new MarketCommand.ReportLastLook(RELEASED, T0, true));
        story.tell(SYSTEM, new MarketCommand.StartPosting(REFUNDED, 1));
        story.tell(SYSTEM, new MarketCommand.ReportFailed(REFUNDED, 1, "text refused"));
        return story.market;
    }

    private void tell(Actor actor, MarketCommand command) {
        market.later(Duration.ofSeconds(1));
        assertThat(market.tell(actor, command)).as("%s", command).isInstanceOf(Decision.Accepted.class);
    }

    private static Actor actor(String name, Role role) {
        return new Actor("local", name, Set.of(role));
    }
}
