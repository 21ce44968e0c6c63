package io.campaignlauncher.verification.model;

import io.campaignlauncher.schemas.GraphFault;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What Facebook showed of a job.
 *
 * @param lookedAt  when the first read was sent: whatever existed then was there to be seen
 * @param campaigns those that carry the job's label
 * @param adSets    all ad sets of the job's campaign, of whatever name
 * @param ads       all ads of the job's campaign
 * @param byId      what reading single entities came to
 * @param faults    of reads that failed as a whole, so that something may have stayed unseen
 * @param tooEarly  the campaign exists, and what is in it could not be read because reads do not show it yet
 */
public record Look(Instant lookedAt, List<Seen> campaigns, List<Seen> adSets, List<Seen> ads,
        Map<String, Sighting> byId, List<GraphFault> faults, boolean tooEarly) {

    /** A look that was not too early. */
    public Look(Instant lookedAt, List<Seen> campaigns, List<Seen> adSets, List<Seen> ads, Map<String, Sighting> byId,
            List<GraphFault> faults) {
        this(lookedAt, campaigns, adSets, ads, byId, faults, false);
    }

    public Look {
        byId = Map.copyOf(byId);
        campaigns = there(campaigns, byId);
        adSets = there(adSets, byId);
        ads = there(ads, byId);
        faults = List.copyOf(faults);
    }

    /** The same look, knowing more. */
    public Look with(Map<String, Sighting> further) {
        var all = new HashMap<>(byId);
        all.putAll(further);
        return new Look(lookedAt, campaigns, adSets, ads, all, faults, tooEarly);
    }

    /** An edge may lag behind a deletion, a read by id tells that it happened. */
    private static List<Seen> there(List<Seen> edge, Map<String, Sighting> byId) {
        return edge.stream()
                .filter(seen -> !(byId.get(seen.id()) instanceof Sighting.Gone))
                .sorted(Seen.BY_ID)
                .toList();
    }
}
