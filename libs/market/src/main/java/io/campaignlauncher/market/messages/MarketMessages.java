package io.campaignlauncher.market.messages;

import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.market.model.ChannelEvent;
import io.campaignlauncher.market.model.CorrectionEvent;
import io.campaignlauncher.market.model.LedgerEvent;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.model.TargetEvent;
import org.apache.avro.specific.SpecificRecord;

/** Events as messages, and back. What is stored is what is published. */
public final class MarketMessages {

    private MarketMessages() {}

    public static SpecificRecord message(MarketEvent event) {
        return switch (event) {
            case CampaignEvent of -> CampaignMessages.message(of);
            case TargetEvent of -> TargetMessages.message(of);
            case ChannelEvent of -> ChannelMessages.message(of);
            case LedgerEvent of -> LedgerMessages.message(of);
            case CorrectionEvent of -> LedgerMessages.message(of);
        };
    }

    /** @throws RuntimeException where the message is no event of the marketplace, or breaks its form */
    public static MarketEvent event(SpecificRecord message) {
        MarketEvent event = CampaignMessages.event(message);
        if (event == null) {
            event = TargetMessages.event(message);
        }
        if (event == null) {
            event = ChannelMessages.event(message);
        }
        if (event == null) {
            event = LedgerMessages.event(message);
        }
        if (event == null) {
            throw new IllegalArgumentException(message.getSchema().getName() + " is no event of the marketplace");
        }
        return event;
    }
}
