package io.campaignlauncher.market.model;

import io.campaignlauncher.market.model.Refusal.Subject;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** How a target is written, changed and handed to the moderators. */
final class TargetRules {

    private TargetRules() {}

    static Decision draft(Case c, IssuedCommand issued, MarketCommand.DraftTarget command) {
        return Gate.campaign(c, issued, Action.DRAFT_TARGET, (campaign, by) -> priced(c, by, command.place(),
                terms -> drafted(c, command, campaign, terms, by)));
    }

    private static Decision drafted(Case c, MarketCommand.DraftTarget command, CampaignState campaign, Terms terms,
            Cause by) {
        var target = c.target();
        if (target != null) {
            // The price may have changed since: the target keeps the one that it was drafted with.
            boolean same = target.campaignId().equals(campaign.id()) && target.version() == 1
                    && target.contentHash().equals(terms.hash());
            return same ? Decision.accept() : Decision.refuse(new Refusal.DifferentRequest());
        }
        if (campaign.ended()) {
            return Decision.refuse(new Refusal.WrongState(Subject.CAMPAIGN, campaign.status().word()));
        }
        if (c.targets() >= MarketPolicy.TARGETS_MAX) {
            return Decision.refuse(new Refusal.TooManyTargets(MarketPolicy.TARGETS_MAX));
        }
        return Decision.accept(new TargetEvent.TargetDrafted(command.targetId(), campaign.id(), by, command.place(),
                terms.amount(), terms.publisherId(), terms.hash()));
    }

    static Decision edit(Case c, IssuedCommand issued, MarketCommand.EditTarget command) {
        return Gate.target(c, issued, Action.EDIT_TARGET, (campaign, target, by) -> priced(c, by, command.place(),
                terms -> edited(c, command, campaign, target, terms, by)));
    }

    /** The same content again is no edit, whatever the price is now. */
    private static Decision edited(Case c, MarketCommand.EditTarget command, CampaignState campaign,
            TargetState target, Terms terms, Cause by) {
        if (target.contentHash().equals(terms.hash())) {
            return Decision.accept();
        }
        return switch (target.status()) {
            case DRAFT, REJECTED -> campaign.ended()
                    ? Decision.refuse(new Refusal.WrongState(Subject.CAMPAIGN, campaign.status().word()))
                    : edited(c, command, target, terms, by, false);
            case SUBMITTED -> campaign.status() == CampaignStatus.ACTIVE
                    ? edited(c, command, target, terms, by, true)
                    : Decision.refuse(new Refusal.CampaignNotActive(campaign.status()));
            case APPROVED, POSTED, REFUNDED ->
                Decision.refuse(new Refusal.WrongState(Subject.TARGET, target.status().word()));
        };
    }

    private static Decision edited(Case c, MarketCommand.EditTarget command, TargetState target, Terms terms, Cause by,
            boolean queued) {
        return Decision.accept(new TargetEvent.TargetEdited(target.id(), target.campaignId(), by,
                target.version() + 1, command.place(), terms.amount(), terms.publisherId(), terms.hash(),
                queued ? c.now().plus(c.policy().reviewTime()) : null));
    }

    static Decision submit(Case c, IssuedCommand issued, MarketCommand.SubmitTarget command) {
        return Gate.target(c, issued, Action.SUBMIT_TARGET, (campaign, target, by) -> switch (target.status()) {
            case SUBMITTED -> Decision.accept();
            case APPROVED, POSTED, REFUNDED ->
                Decision.refuse(new Refusal.WrongState(Subject.TARGET, target.status().word()));
            case DRAFT, REJECTED -> campaign.status() != CampaignStatus.ACTIVE
                    ? Decision.refuse(new Refusal.CampaignNotActive(campaign.status()))
                    : Decision.accept(new TargetEvent.TargetSubmitted(target.id(), campaign.id(), by,
                            target.version() == target.rejectedVersion() ? target.version() + 1 : target.version(),
                            target.contentHash(), c.now().plus(c.policy().reviewTime())));
        });
    }

    /** What a content costs, whom, and how it is told from others. */
    private record Terms(Money amount, @Nullable String publisherId, String hash) {}

    private static Decision priced(Case c, Cause by, Place place, Function<Terms, Decision> rule) {
        var channel = c.channel();
        if (place instanceof Place.TelegramPost && (channel == null || !channel.tenant().equals(by.tenant()))) {
            return Decision.refuse(new Refusal.NoSuch(Subject.CHANNEL));
        }
        return new Fields().place(place, c.now()).refusal()
                .orElseGet(() -> rule.apply(channel == null || place instanceof Place.FacebookLaunch
                        ? new Terms(c.policy().launchPrice(), null, ContentHash.of(place))
                        : new Terms(channel.price(), channel.publisherId(), ContentHash.of(place))));
    }
}
