package io.campaignlauncher.market.messages;

import static io.campaignlauncher.market.messages.Values.cause;
import static io.campaignlauncher.market.messages.Values.money;
import static io.campaignlauncher.market.messages.Values.uuid;

import io.campaignlauncher.market.model.CampaignEvent;
import io.campaignlauncher.schemas.CampaignActivated;
import io.campaignlauncher.schemas.CampaignCancelled;
import io.campaignlauncher.schemas.CampaignCompleted;
import io.campaignlauncher.schemas.CampaignDrafted;
import io.campaignlauncher.schemas.CampaignPaused;
import io.campaignlauncher.schemas.CampaignResumed;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** Events of campaigns. */
final class CampaignMessages {

    private CampaignMessages() {}

    static SpecificRecord message(CampaignEvent event) {
        var campaignId = event.campaignId().toString();
        var by = cause(event.by());
        return switch (event) {
            case CampaignEvent.CampaignDrafted e -> new CampaignDrafted(campaignId, by, e.name(),
                    e.totalBudget().toString());
            case CampaignEvent.CampaignActivated _ -> new CampaignActivated(campaignId, by);
            case CampaignEvent.CampaignPaused _ -> new CampaignPaused(campaignId, by);
            case CampaignEvent.CampaignResumed _ -> new CampaignResumed(campaignId, by);
            case CampaignEvent.CampaignCancelled _ -> new CampaignCancelled(campaignId, by);
            case CampaignEvent.CampaignCompleted _ -> new CampaignCompleted(campaignId, by);
        };
    }

    /** Null where it is none of a campaign. */
    static @Nullable CampaignEvent event(SpecificRecord message) {
        return switch (message) {
            case CampaignDrafted m -> new CampaignEvent.CampaignDrafted(uuid(m.getCampaignId()), cause(m.getBy()),
                    m.getName(), money(m.getTotalBudget()));
            case CampaignActivated m -> new CampaignEvent.CampaignActivated(uuid(m.getCampaignId()), cause(m.getBy()));
            case CampaignPaused m -> new CampaignEvent.CampaignPaused(uuid(m.getCampaignId()), cause(m.getBy()));
            case CampaignResumed m -> new CampaignEvent.CampaignResumed(uuid(m.getCampaignId()), cause(m.getBy()));
            case CampaignCancelled m -> new CampaignEvent.CampaignCancelled(uuid(m.getCampaignId()), cause(m.getBy()));
            case CampaignCompleted m -> new CampaignEvent.CampaignCompleted(uuid(m.getCampaignId()), cause(m.getBy()));
            default -> null;
        };
    }
}
