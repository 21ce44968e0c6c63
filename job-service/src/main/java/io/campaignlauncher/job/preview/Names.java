package io.campaignlauncher.job.preview;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.model.PlannedSlot;
import java.util.List;

/** What everything of a launch will be called, in the order of its slots. */
public record Names(String campaign, List<AdSetNames> adSets) {

    /** An ad set and its ads. */
    public record AdSetNames(String name, List<String> ads) {

        public AdSetNames {
            ads = List.copyOf(ads);
        }
    }

    public Names {
        adSets = List.copyOf(adSets);
    }

    static Names of(LaunchPlan plan) {
        var adSets = plan.slots().stream().filter(slot -> slot.id().type() == EntityType.AD_SET)
                .map(adSet -> new AdSetNames(adSet.name(), plan.slots().stream()
                        .filter(slot -> slot.adSetNumber() == adSet.id().number()).map(PlannedSlot::name).toList()))
                .toList();
        return new Names(plan.slots().getFirst().name(), adSets);
    }
}
