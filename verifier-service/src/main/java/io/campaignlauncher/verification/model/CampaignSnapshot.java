package io.campaignlauncher.verification.model;

import io.campaignlauncher.schemas.GraphFault;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was read at one time of all that a job has on Facebook.
 *
 * @param readAt    when the first read was sent: whatever existed then was there to be seen
 * @param campaigns those that carry the job's label
 * @param adSets    all ad sets of the job's campaign, of whatever name
 * @param ads       all ads of the job's campaign
 * @param byId      what reading single entities came to
 * @param faults    of reads that failed as a whole, so that something may have stayed unread
 * @param tooEarly  the campaign exists, and what is in it could not be read because reads do not show it yet
 */
public record CampaignSnapshot(Instant readAt, List<ObservedEntity> campaigns, List<ObservedEntity> adSets,
        List<ObservedEntity> ads,
        Map<String, EntityState> byId, List<GraphFault> faults, boolean tooEarly) {

    /** One that was not too early. */
    public CampaignSnapshot(Instant readAt, List<ObservedEntity> campaigns, List<ObservedEntity> adSets,
            List<ObservedEntity> ads, Map<String, EntityState> byId,
            List<GraphFault> faults) {
        this(readAt, campaigns, adSets, ads, byId, faults, false);
    }

    public CampaignSnapshot {
        byId = Map.copyOf(byId);
        campaigns = notGone(campaigns, byId);
        adSets = notGone(adSets, byId);
        ads = notGone(ads, byId);
        faults = List.copyOf(faults);
    }

    /** The same with further entities that were read by id. */
    public CampaignSnapshot with(Map<String, EntityState> further) {
        var all = new HashMap<>(byId);
        all.putAll(further);
        return new CampaignSnapshot(readAt, campaigns, adSets, ads, all, faults, tooEarly);
    }

    /** An edge may lag behind a deletion, a read by id tells that it happened. */
    private static List<ObservedEntity> notGone(List<ObservedEntity> edge, Map<String, EntityState> byId) {
        return edge.stream()
                .filter(observed -> !(byId.get(observed.id()) instanceof EntityState.Gone))
                .sorted(ObservedEntity.BY_ID)
                .toList();
    }
}
