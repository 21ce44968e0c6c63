package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The slots of a job, fixed when it is accepted: nothing beyond them has a place to go. Equal requests have equal plans.
 *
 * @param slots the campaign, then the ad sets, then the ads, each type in the order of its numbers
 */
public record LaunchPlan(int adSets, int ads, List<PlannedSlot> slots) {

    /** Facebook's limit for the name of a campaign, an ad set or an ad, in characters. */
    public static final int NAME_CHARACTERS_MAX = 400;

    public LaunchPlan {
        slots = List.copyOf(slots);
    }

    /** @param request one without {@link RequestRules violations} */
    public static LaunchPlan of(LaunchRequest request) {
        return of(request, RequestRules.adSetsWanted(request), RequestRules.adsWanted(request));
    }

    /** The same with the counts that it was accepted with, so that today's defaults play no part. */
    public static LaunchPlan of(LaunchRequest request, int adSets, int ads) {
        var slots = new ArrayList<PlannedSlot>(1 + adSets + ads);
        slots.add(new PlannedSlot(SlotId.CAMPAIGN, 0, request.campaign().name()));
        var names = new SlotNames(request);
        var adSetNames = names.adSets(adSets);
        for (int number = 1; number <= adSets; number++) {
            slots.add(new PlannedSlot(new SlotId(EntityType.AD_SET, number), 0, adSetNames.get(number - 1)));
        }
        var adNames = names.ads(ads);
        var parents = parents(request, adSets, ads);
        for (int number = 1; number <= ads; number++) {
            slots.add(new PlannedSlot(new SlotId(EntityType.AD, number), parents.get(number - 1),
                    adNames.get(number - 1)));
        }
        return new LaunchPlan(adSets, ads, slots);
    }

    /** The number of each ad's ad set. */
    private static List<Integer> parents(LaunchRequest request, int adSets, int ads) {
        var listed = request.variations().adSets();
        if (request.strategy() != Strategy.AS_LISTED) {
            return IntStream.rangeClosed(1, ads).map(number -> adSets == 1 ? 1 : number).boxed().toList();
        }
        return IntStream.rangeClosed(1, listed.size()).boxed()
                .flatMap(number -> Collections.nCopies(listed.get(number - 1).ads().size(), number).stream()).toList();
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
