package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.Refusal.Subject;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** How a campaign begins, and how it is switched on and off. */
final class CampaignRules {

    private CampaignRules() {}

    static Decision draft(Case c, IssuedCommand issued, MarketCommand.DraftCampaign command) {
        return Gate.own(issued, Action.DRAFT_CAMPAIGN,
                by -> new Fields().line("name", command.name(), Fields.LINE_MAX)
                        .amount("totalBudget", command.totalBudget())
                        .refusal().orElseGet(() -> drafted(c, command, by)));
    }

    private static Decision drafted(Case c, MarketCommand.DraftCampaign command, Cause by) {
        var budget = Money.of(command.totalBudget());
        var campaign = c.campaign();
        if (campaign == null) {
            return Decision
                    .accept(new CampaignEvent.CampaignDrafted(command.campaignId(), by, command.name(), budget));
        }
        boolean same = campaign.tenant().equals(by.tenant()) && campaign.advertiserId().equals(by.userId())
                && campaign.name().equals(command.name()) && campaign.totalBudget().equals(budget);
        return same ? Decision.accept() : Decision.refuse(new Refusal.DifferentRequest());
    }

    static Decision activate(Case c, IssuedCommand issued) {
        return turn(c, issued, Action.ACTIVATE_CAMPAIGN, CampaignEvent.CampaignActivated::new);
    }

    static Decision pause(Case c, IssuedCommand issued) {
        return turn(c, issued, Action.PAUSE_CAMPAIGN, CampaignEvent.CampaignPaused::new);
    }

    static Decision resume(Case c, IssuedCommand issued) {
        return turn(c, issued, Action.RESUME_CAMPAIGN, CampaignEvent.CampaignResumed::new);
    }

    private static Decision turn(Case c, IssuedCommand issued, Action action,
            BiFunction<UUID, Cause, MarketEvent> event) {
        return Gate.campaign(c, issued, action,
                (campaign, by) -> along(campaign, action, () -> Decision.accept(event.apply(campaign.id(), by))));
    }

    /** Where the table of states has an arrow from here, the rule; where the campaign is there already, nothing. */
    static Decision along(CampaignState campaign, Action action, Supplier<Decision> rule) {
        if (Arrow.to(action, campaign.status()).isPresent()) {
            return rule.get();
        }
        return Arrow.leadsTo(action, campaign.status()) ? Decision.accept()
                : Decision.refuse(new Refusal.WrongState(Subject.CAMPAIGN, campaign.status().word()));
    }
}
