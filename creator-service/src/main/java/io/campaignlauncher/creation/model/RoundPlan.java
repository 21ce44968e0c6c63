package io.campaignlauncher.creation.model;

import io.campaignlauncher.creation.model.CreationStep.Child;
import io.campaignlauncher.creation.model.CreationStep.MoreAds;
import io.campaignlauncher.creation.model.CreationStep.NewAdSet;
import io.campaignlauncher.creation.model.CreationStep.NewCampaign;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.worker.creation.CreationBatches;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a round still needs: the command's slots, the ids known so far, and which of those are from this very round.
 * Immutable; {@link #with} learns from outcomes.
 *
 * @param campaignId   null while the campaign is to be created
 * @param adSetIds     by slot number, as far as known
 * @param adsLeft      ads that no outcome was seen for
 * @param freshAdSets  slots of ad sets that this round made or found
 */
public record RoundPlan(PlannedEntity campaign, @Nullable String campaignId, boolean campaignFresh,
        List<PlannedEntity> adSets, Map<Integer, String> adSetIds, Collection<Integer> freshAdSets,
        List<PlannedEntity> adsLeft, int adsPerBatch) {

    public RoundPlan {
        adSets = List.copyOf(adSets);
        adSetIds = Map.copyOf(adSetIds);
        freshAdSets = List.copyOf(freshAdSets);
        adsLeft = List.copyOf(adsLeft);
    }

    /** @param mutationsMax what one request may create at most; 0: as many as Facebook takes */
    public static RoundPlan of(CreateEntities command, int mutationsMax) {
        var known = command.getAdSets().stream()
                .filter(adSet -> adSet.getFacebookId() != null)
                .collect(Collectors.toMap(PlannedEntity::getSlotNumber, PlannedEntity::getFacebookId));
        var ads = command.getAds().stream().filter(ad -> ad.getFacebookId() == null).toList();
        return new RoundPlan(command.getCampaign(), command.getCampaign().getFacebookId(), false, command.getAdSets(),
                known, List.of(), ads, CreationBatches.within(mutationsMax).adsMax());
    }

    /** The plan after these outcomes: filled slots have ids, and an ad that was asked for is not asked for again. */
    public RoundPlan with(Collection<? extends SlotOutcome> outcomes) {
        var newCampaignId = campaignId;
        var ids = new HashMap<>(adSetIds);
        var fresh = new ArrayList<>(freshAdSets);
        var asked = new HashSet<Integer>();
        for (var outcome : outcomes) {
            if (outcome.entityType() == EntityType.AD) {
                asked.add(outcome.slotNumber());
            } else if (outcome instanceof SlotOutcome.Filled filled) {
                if (filled.entityType() == EntityType.CAMPAIGN) {
                    newCampaignId = filled.facebookId();
                } else {
                    ids.put(filled.slotNumber(), filled.facebookId());
                    fresh.add(filled.slotNumber());
                }
            }
        }
        var left = asked.isEmpty() ? adsLeft
                : adsLeft.stream().filter(ad -> !asked.contains(ad.getSlotNumber())).toList();
        var becameFresh = campaignFresh || campaignId == null && newCampaignId != null;
        return new RoundPlan(campaign, newCampaignId, becameFresh, adSets, ids, fresh, left, adsPerBatch);
    }

    /** The request that comes before all others; empty where the campaign exists. */
    public Optional<NewCampaign> campaignStep() {
        return campaignId == null ? Optional.of(new NewCampaign(campaign)) : Optional.empty();
    }

    /** One request for each ad set without an id, in slot order as listed. */
    public List<NewAdSet> newAdSets() {
        var ads = adsLeft.stream().collect(Collectors.groupingBy(PlannedEntity::getAdSetSlotNumber));
        return adSets.stream()
                .filter(adSet -> !adSetIds.containsKey(adSet.getSlotNumber()))
                .map(adSet -> new NewAdSet(adSet, ads.getOrDefault(adSet.getSlotNumber(), List.of()).stream()
                        .limit(adsPerBatch).toList()))
                .toList();
    }

    /** Requests for the ads that are left under ad sets with an id, of several ad sets together. */
    public List<MoreAds> moreAds() {
        var children = new ArrayList<Child>();
        for (var ad : adsLeft) {
            var adSetId = adSetIds.get(ad.getAdSetSlotNumber());
            if (adSetId != null) {
                children.add(new Child(ad, adSetId, freshAdSets.contains(ad.getAdSetSlotNumber())));
            }
        }
        var steps = new ArrayList<MoreAds>();
        for (var from = 0; from < children.size(); from += adsPerBatch) {
            steps.add(new MoreAds(children.subList(from, Math.min(children.size(), from + adsPerBatch))));
        }
        return steps;
    }

    /** Create operations that the whole plan still needs. */
    public int mutations() {
        return (campaignId == null ? 1 : 0)
                + (int) adSets.stream().filter(adSet -> !adSetIds.containsKey(adSet.getSlotNumber())).count()
                + adsLeft.size();
    }

    /** The same fault for every slot that the plan would fill: for a round that cannot ask Facebook at all. */
    public List<SlotOutcome> allUnfilled(GraphFault fault) {
        var campaignSlot = campaignId == null
                ? Stream.<SlotOutcome>of(new SlotOutcome.Unfilled(EntityType.CAMPAIGN, campaign.getSlotNumber(), fault))
                : Stream.<SlotOutcome>empty();
        var adSetSlots = adSets.stream()
                .filter(adSet -> !adSetIds.containsKey(adSet.getSlotNumber()))
                .map(adSet -> new SlotOutcome.Unfilled(EntityType.AD_SET, adSet.getSlotNumber(), fault));
        var adSlots = adsLeft.stream().map(ad -> new SlotOutcome.Unfilled(EntityType.AD, ad.getSlotNumber(), fault));
        return Stream.concat(campaignSlot, Stream.concat(adSetSlots, adSlots)).toList();
    }
}
