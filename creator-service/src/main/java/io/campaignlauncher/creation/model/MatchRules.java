package io.campaignlauncher.creation.model;

import io.campaignlauncher.creation.model.SlotOutcome.Filled;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.PlannedEntity;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How entities that exist on Facebook are matched with the slots of a round: by label, by name, by parent. */
public final class MatchRules {

    private MatchRules() {}

    /** The job's campaign: the earliest that bears its label. */
    public static Optional<ObservedEntity> campaign(Collection<ObservedEntity> campaigns, String label) {
        return campaigns.stream().filter(found -> found.labels().contains(label)).min(ObservedEntity.EARLIEST_FIRST);
    }

    /**
     * The slots of the plan that are filled on Facebook already, each with the earliest entity of its name. An ad counts
     * under the ad set that fills its own ad set slot, else under another one of that name: where somebody copied an ad
     * set, either may be the job's, and an ad that is in one is not made again in the other. The job's next verification puts
     * that right.
     */
    public static List<Filled> children(RoundPlan plan, Collection<ObservedEntity> adSets,
            Collection<ObservedEntity> ads) {
        var filled = new ArrayList<Filled>();
        var adSetIds = new HashMap<>(plan.adSetIds());
        var taken = new HashSet<>(plan.adSetIds().values());
        for (var slot : plan.adSets()) {
            if (adSetIds.containsKey(slot.getSlotNumber())) {
                continue;
            }
            adSets.stream()
                    .filter(found -> KeptName.same(found.name(), slot.getName()) && !taken.contains(found.facebookId()))
                    .min(ObservedEntity.EARLIEST_FIRST)
                    .ifPresent(found -> {
                        taken.add(found.facebookId());
                        adSetIds.put(slot.getSlotNumber(), found.facebookId());
                        filled.add(new Filled(EntityType.AD_SET, slot.getSlotNumber(), found.facebookId(), true));
                    });
        }
        var sameName = plan.adSets().stream().collect(Collectors.toMap(PlannedEntity::getSlotNumber,
                slot -> adSets.stream().filter(found -> KeptName.same(found.name(), slot.getName()))
                        .map(ObservedEntity::facebookId)
                        .collect(Collectors.toSet())));
        for (var slot : plan.adsLeft()) {
            var parent = adSetIds.get(slot.getAdSetSlotNumber());
            var others = sameName.getOrDefault(slot.getAdSetSlotNumber(), Set.of());
            ads.stream()
                    .filter(found -> KeptName.same(found.name(), slot.getName()) && !taken.contains(found.facebookId())
                            && (found.parentId().equals(parent) || others.contains(found.parentId())))
                    .min(Comparator.<ObservedEntity, Boolean>comparing(found -> !found.parentId().equals(parent))
                            .thenComparing(ObservedEntity.EARLIEST_FIRST))
                    .ifPresent(found -> {
                        taken.add(found.facebookId());
                        filled.add(new Filled(EntityType.AD, slot.getSlotNumber(), found.facebookId(), true));
                    });
        }
        return filled;
    }
}
