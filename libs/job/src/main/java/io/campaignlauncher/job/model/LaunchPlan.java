package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.List;

/**
 * The slots of a job, fixed when it is accepted: nothing beyond them has a place to go. Equal requests have equal plans.
 *
 * @param slots the campaign, then the ad sets, then the ads, each type in the order of its numbers
 */
public record LaunchPlan(int adSets, int ads, List<PlannedSlot> slots) {

    /** Facebook's limit for the name of a campaign, an ad set or an ad, in characters. */
    public static final int NAME_CHARACTERS_MAX = 400;

    private static final int SUFFIX_CHARACTERS_MAX = " / ad set 000".length();

    public LaunchPlan {
        slots = List.copyOf(slots);
    }

    /** @param request one without {@link RequestRules violations} */
    public static LaunchPlan of(LaunchRequest request) {
        int adSets = RequestRules.adSetsWanted(request);
        int ads = RequestRules.adsWanted(request);
        return of(request.campaign().name(), adSets, ads);
    }

    static LaunchPlan of(String campaignName, int adSets, int ads) {
        var slots = new ArrayList<PlannedSlot>(1 + adSets + ads);
        slots.add(new PlannedSlot(SlotId.CAMPAIGN, 0, campaignName));
        var stem = stem(campaignName);
        for (int number = 1; number <= adSets; number++) {
            slots.add(new PlannedSlot(new SlotId(EntityType.AD_SET, number), 0, stem + " / ad set " + number));
        }
        for (int number = 1; number <= ads; number++) {
            slots.add(new PlannedSlot(new SlotId(EntityType.AD, number), adSets == 1 ? 1 : number,
                    stem + " / ad " + number));
        }
        return new LaunchPlan(adSets, ads, slots);
    }

    /** As much of the campaign's name as leaves room for what follows it; no character is cut in two. */
    private static String stem(String campaignName) {
        int length = NAME_CHARACTERS_MAX - SUFFIX_CHARACTERS_MAX;
        if (campaignName.length() <= length) {
            return campaignName;
        }
        return campaignName.substring(0,
                Character.isHighSurrogate(campaignName.charAt(length - 1)) ? length - 1 : length);
    }

    /** The position in {@link #slots}, or -1 for a slot that was never allotted. */
    int indexOf(SlotId id) {
        int count = count(id.type());
        if (id.number() < 1 || id.number() > count) {
            return -1;
        }
        return switch (id.type()) {
            case CAMPAIGN -> 0;
            case AD_SET -> id.number();
            case AD -> adSets + id.number();
        };
    }

    int count(EntityType type) {
        return switch (type) {
            case CAMPAIGN -> 1;
            case AD_SET -> adSets;
            case AD -> ads;
        };
    }
}
