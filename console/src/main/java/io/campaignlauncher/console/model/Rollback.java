package io.campaignlauncher.console.model;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * What a rollback would delete now, and what it would not.
 *
 * @param asks   whether it waits for somebody's word
 * @param reason why the launch cannot be completed
 * @param count  of everything that would be deleted
 * @param groups ad sets that exist, each with its ads
 * @param loose  ads that exist though their ad set is not known to
 * @param never  things that were not made; nothing of them is there to be deleted
 * @param doubt  things of which it is not known whether they are there
 */
public record Rollback(boolean asks, String reason, int count, List<Entity> campaigns, List<Group> groups,
        List<Entity> loose, int never, int doubt) {

    /** Something on Facebook. */
    public record Entity(int number, String name, String facebookId) {}

    /** An ad set and what goes with it. */
    public record Group(Entity adSet, List<Entity> ads) {

        public Group {
            ads = List.copyOf(ads);
        }
    }

    public Rollback {
        campaigns = List.copyOf(campaigns);
        groups = List.copyOf(groups);
        loose = List.copyOf(loose);
    }

    /**
     * @param preview answer of {@code GET /v1/jobs/{jobId}/rollback}
     * @param state   answer of {@code GET /v1/jobs/{jobId}/state}, which knows what belongs under what
     */
    public static Rollback of(JsonNode preview, JsonNode state) {
        Map<Integer, Integer> parents = new LinkedHashMap<>();
        state.path("slots").valueStream().filter(slot -> is(slot, "ad")).forEach(
                slot -> parents.put(slot.path("slotNumber").asInt(0), slot.path("adSetSlotNumber").asInt(0)));
        Map<Integer, List<Entity>> ads = new LinkedHashMap<>();
        of(preview, "ad").forEach(
                ad -> ads.computeIfAbsent(parents.getOrDefault(ad.number(), 0), _ -> new ArrayList<>()).add(ad));
        var groups = new ArrayList<Group>();
        of(preview, "ad_set").forEach(adSet -> {
            var own = ads.remove(adSet.number());
            groups.add(new Group(adSet, own == null ? List.of() : own));
        });
        return new Rollback(preview.path("awaitingConfirmation").asBoolean(false), Launches.text(preview, "reason"),
                preview.path("entities").size(), of(preview, "campaign"), groups,
                ads.values().stream().flatMap(List::stream).toList(), open(state, false), open(state, true));
    }

    private static List<Entity> of(JsonNode preview, String type) {
        return preview.path("entities").valueStream().filter(entity -> is(entity, type))
                .map(entity -> new Entity(entity.path("slotNumber").asInt(0), Launches.text(entity, "name"),
                        Launches.text(entity, "facebookId")))
                .sorted(Comparator.comparingInt(Entity::number)).toList();
    }

    private static int open(JsonNode state, boolean doubt) {
        return (int) state.path("slots").valueStream()
                .filter(slot -> State.of(Launches.text(slot, "status")) != State.CREATED)
                .filter(slot -> slot.path("outcomeUnknown").asBoolean(false) == doubt).count();
    }

    private static boolean is(JsonNode entity, String type) {
        return Launches.text(entity, "entityType").equals(type);
    }

    public int adSets() {
        return groups.size();
    }

    public int ads() {
        return count - campaigns.size() - groups.size();
    }

    /** As in "1 campaign, 3 ad sets, 3 ads". */
    public String counted() {
        var kinds = new ArrayList<String>();
        if (!campaigns.isEmpty()) {
            kinds.add(Story.counted(campaigns.size(), "campaign"));
        }
        if (adSets() > 0) {
            kinds.add(Story.counted(adSets(), "ad set"));
        }
        if (ads() > 0) {
            kinds.add(Story.counted(ads(), "ad"));
        }
        return kinds.isEmpty() ? "nothing" : String.join(", ", kinds);
    }
}
