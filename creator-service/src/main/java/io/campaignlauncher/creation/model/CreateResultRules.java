package io.campaignlauncher.creation.model;

import io.campaignlauncher.creation.model.CreateResult.Made;
import io.campaignlauncher.creation.model.CreateResult.NotMade;
import io.campaignlauncher.creation.model.CreationStep.MoreAds;
import io.campaignlauncher.creation.model.CreationStep.NewAdSet;
import io.campaignlauncher.creation.model.CreationStep.NewCampaign;
import io.campaignlauncher.creation.model.SlotOutcome.Filled;
import io.campaignlauncher.creation.model.SlotOutcome.Unfilled;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import java.util.ArrayList;
import java.util.List;

/** What the answers to a request mean for its slots. A slot without an outcome was not executed: nothing of it exists. */
public final class CreateResultRules {

    private CreateResultRules() {}

    /**
     * @param results       one for each operation of the step, in its order: the ad set first, then its ads
     * @param campaignFresh the campaign was made or found in this very round
     */
    public static List<SlotOutcome> outcomes(CreationStep step, List<CreateResult> results, boolean campaignFresh) {
        if (results.size() != step.mutations()) {
            throw new IllegalArgumentException(step.mutations() + " operations, but " + results.size() + " answers");
        }
        return switch (step) {
            case NewCampaign(var campaign) ->
                List.of(outcome(EntityType.CAMPAIGN, campaign.getSlotNumber(), results.getFirst(), false));
            case NewAdSet branch -> branch(branch, results, campaignFresh);
            case MoreAds(var ads) -> {
                var outcomes = new ArrayList<SlotOutcome>();
                for (var i = 0; i < ads.size(); i++) {
                    var child = ads.get(i);
                    outcomes.add(outcome(EntityType.AD, child.ad().getSlotNumber(), results.get(i), child.fresh()));
                }
                yield outcomes;
            }
        };
    }

    private static List<SlotOutcome> branch(NewAdSet branch, List<CreateResult> results, boolean campaignFresh) {
        var adSet = outcome(EntityType.AD_SET, branch.adSet().getSlotNumber(), results.getFirst(), campaignFresh);
        var outcomes = new ArrayList<SlotOutcome>();
        outcomes.add(adSet);
        for (var i = 0; i < branch.ads().size(); i++) {
            var slot = branch.ads().get(i).getSlotNumber();
            switch (results.get(i + 1)) {
                case Made made -> outcomes.add(outcome(EntityType.AD, slot, made, true));
                case NotMade notMade -> {
                    switch (adSet) {
                        case Filled _ -> outcomes.add(outcome(EntityType.AD, slot, notMade, true));
                        case Unfilled unfilled -> {
                            // Without its ad set an ad cannot exist, whatever its own answer says. Where the ad set may
                            // exist, the ad may too: an error about the reference to it proves nothing.
                            if (unfilled.fault().getOutcomeUnknown()) {
                                outcomes.add(new Unfilled(EntityType.AD, slot, unfilled.fault()));
                            }
                        }
                    }
                }
            }
        }
        return outcomes;
    }

    private static SlotOutcome outcome(EntityType type, int slot, CreateResult result, boolean parentFresh) {
        return switch (result) {
            case Made(var id) -> new Filled(type, slot, id, false);
            case NotMade(var fault, var parentAbsent) ->
                new Unfilled(type, slot, parentAbsent && parentFresh ? notSeenYet(fault) : fault);
        };
    }

    /** The parent is from this very round: reads lag behind writes, so it will be seen later. */
    private static GraphFault notSeenYet(GraphFault fault) {
        return GraphFault.newBuilder(fault).setKind(ErrorKind.TEMPORARY).setOutcomeUnknown(false).build();
    }
}
