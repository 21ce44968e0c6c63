package io.campaignlauncher.verification.model;

import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityRoom;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.schemas.VerificationOutcome;
import io.campaignlauncher.schemas.VerificationRequested;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Compares what Facebook holds with a job's slots. What was seen is certain; "not found" is certain only when the look began
 * at {@code conclusiveFrom} or later, because reads may lag behind writes.
 */
public final class Comparison {

    private final VerificationRequested request;
    private final Look look;
    private final boolean conclusive;
    private final int surplusMax;

    private final List<SlotRef> missing = new ArrayList<>();
    private final Map<String, Entity> unknown = new LinkedHashMap<>();
    private final List<GraphFault> faults;
    /** Ids that a slot has and that are there. */
    private final Set<String> held = new HashSet<>();
    private final Map<EntityType, Integer> found = new HashMap<>();
    private boolean lagging;
    private int foreignAdSets;
    private int foreignAds;

    private Comparison(VerificationRequested request, Look look, int surplusMax) {
        this.request = request;
        this.look = look;
        this.surplusMax = surplusMax;
        // Where an edge stayed unread, what it would have shown is not missing.
        this.conclusive = look.faults().isEmpty() && !readsMayLag(request, look.lookedAt());
        this.faults = new ArrayList<>(look.faults());
        this.lagging = look.tooEarly();
    }

    /**
     * @param report        what to tell the job
     * @param foreignAdSets ad sets in the job's campaign that somebody else made
     * @param foreignAds    ads in it that somebody else made
     */
    public record Result(PostVerificationReported report, int foreignAdSets, int foreignAds) {}

    /** @param surplusMax how many entities the report may name that no slot is free for */
    public static Result compare(VerificationRequested request, Look look, CallStats effort, int surplusMax) {
        return new Comparison(request, look, surplusMax).result(effort);
    }

    /** Whether a look at this time may have missed what was created. */
    public static boolean readsMayLag(VerificationRequested request, Instant lookedAt) {
        return request.getConclusiveFrom() != null && lookedAt.isBefore(request.getConclusiveFrom());
    }

    /** The campaign whose ad sets and ads are the job's; empty where none was seen. */
    public static Optional<String> campaignOf(VerificationRequested request, Look look) {
        var id = request.getCampaign().getFacebookId();
        if (id == null) {
            return look.campaigns().stream().map(Seen::id).findFirst();
        }
        return sighting(id, look.campaigns(), look) instanceof Sighting.Exists ? Optional.of(id) : Optional.empty();
    }

    /** Ids of slots that the edges did not show: to be read one by one. */
    public static List<String> unseen(VerificationRequested request, Look look) {
        var seen = Stream.concat(look.adSets().stream(), look.ads().stream()).map(Seen::id).collect(Collectors.toSet());
        return Stream.concat(request.getAdSets().stream(), request.getAds().stream())
                .map(PlannedEntity::getFacebookId)
                .filter(id -> id != null && !seen.contains(id))
                .distinct()
                .toList();
    }

    private Result result(CallStats effort) {
        var campaignId = campaignOf(request, look).orElse(null);
        compareCampaign();
        if (campaignId != null) {
            var adSetIds = compareAdSets(campaignId);
            compareAds(adSetIds);
        } else if (!missing.isEmpty()) {
            // Without its campaign nothing below it exists.
            request.getAdSets().forEach(slot -> missing.add(new SlotRef(EntityType.AD_SET, slot.getSlotNumber())));
            request.getAds().forEach(slot -> missing.add(new SlotRef(EntityType.AD, slot.getSlotNumber())));
        }
        return new Result(report(effort), foreignAdSets, foreignAds);
    }

    private PostVerificationReported report(CallStats effort) {
        var fault = Faults.worst(faults).orElse(null);
        var outcome = fault != null || lagging
                ? VerificationOutcome.INCONCLUSIVE
                : missing.isEmpty() && unknown.isEmpty() ? VerificationOutcome.PASSED : VerificationOutcome.REFUSED;
        var named = named();
        return PostVerificationReported.newBuilder()
                .setJobId(request.getJobId())
                .setAttempt(request.getAttempt())
                .setOutcome(outcome)
                .setMissing(missing)
                .setUnknownToSlots(named)
                .setUnknownLeftOut(unknown.size() - named.size())
                .setCampaignsFound(found(EntityType.CAMPAIGN))
                .setAdSetsFound(found(EntityType.AD_SET))
                .setAdsFound(found(EntityType.AD))
                .setLookedAt(look.lookedAt())
                .setLookAgainAt(fault == null && lagging ? request.getConclusiveFrom() : null)
                .setFault(fault)
                .setDurationMs(effort.took().toMillis())
                .setHttpCalls(effort.httpCalls())
                .build();
    }

    /** The first one of each free slot, which is to be adopted, and of the rest as many as a record has room for. */
    private List<Entity> named() {
        var room = new EntityRoom(surplusMax, EntityRoom.BYTES_MAX);
        var free = new HashSet<>(missing);
        addFree(free, EntityType.CAMPAIGN, List.of(request.getCampaign()));
        addFree(free, EntityType.AD_SET, request.getAdSets());
        addFree(free, EntityType.AD, request.getAds());
        return unknown.values().stream()
                .filter(one -> free.remove(new SlotRef(one.getEntityType(), one.getSlotNumber())) || room.takes(one))
                .toList();
    }

    private static void addFree(Set<SlotRef> free, EntityType type, List<PlannedEntity> slots) {
        slots.stream().filter(slot -> slot.getFacebookId() == null)
                .forEach(slot -> free.add(new SlotRef(type, slot.getSlotNumber())));
    }

    private int found(EntityType type) {
        return found.getOrDefault(type, 0)
                + (int) unknown.values().stream().filter(entity -> entity.getEntityType() == type).count();
    }

    private void compareCampaign() {
        var slot = request.getCampaign();
        if (slot.getFacebookId() != null) {
            var sighting = sighting(slot.getFacebookId(), look.campaigns(), look);
            judge(EntityType.CAMPAIGN, slot, sighting, _ -> true);
        } else if (look.campaigns().isEmpty()) {
            absent(EntityType.CAMPAIGN, slot);
        }
        look.campaigns().stream()
                .filter(seen -> !held.contains(seen.id()))
                .forEach(seen -> surplus(EntityType.CAMPAIGN, seen, slot.getSlotNumber()));
    }

    /** @return by slot number the id of the ad set that is the slot's, or that may become it; slots without one are absent */
    private Map<Integer, String> compareAdSets(String campaignId) {
        var slotOfName = slotsByName(request.getAdSets());
        var slotIds = request.getAdSets().stream().map(PlannedEntity::getFacebookId).collect(Collectors.toSet());
        var adSetIds = new HashMap<Integer, String>();
        for (var slot : request.getAdSets()) {
            var number = slot.getSlotNumber();
            var id = slot.getFacebookId();
            if (id != null && judge(EntityType.AD_SET, slot, sighting(id, look.adSets(), look),
                    seen -> isBelow(seen, campaignId))) {
                adSetIds.put(number, id);
                continue;
            }
            // Whoever fills the slot from what is there is to take the first one: the ads of that one are then in place.
            var other = look.adSets().stream()
                    .filter(seen -> KeptName.same(seen.name(), slot.getName()) && !slotIds.contains(seen.id()))
                    .findFirst();
            other.ifPresent(seen -> adSetIds.put(number, seen.id()));
            if (id == null && other.isEmpty()) {
                absent(EntityType.AD_SET, slot);
            }
        }
        for (var seen : look.adSets()) {
            var slot = slotOfName.get(KeptName.of(seen.name()));
            if (slot != null && !held.contains(seen.id())) {
                surplus(EntityType.AD_SET, seen, slot.getSlotNumber());
            } else if (slot == null && !held.contains(seen.id()) && !unknown.containsKey(seen.id())) {
                foreignAdSets++;
            }
        }
        return adSetIds;
    }

    private void compareAds(Map<Integer, String> adSetIds) {
        var slotOfName = slotsByName(request.getAds());
        for (var slot : request.getAds()) {
            var adSetId = adSetIds.get(slot.getAdSetSlotNumber());
            var id = slot.getFacebookId();
            if (id != null) {
                judge(EntityType.AD, slot, sighting(id, look.ads(), look), seen -> isBelow(seen, adSetId));
            } else if (look.ads().stream()
                    .noneMatch(seen -> KeptName.same(seen.name(), slot.getName()) && isBelow(seen, adSetId))) {
                absent(EntityType.AD, slot);
            }
        }
        for (var seen : look.ads()) {
            var slot = slotOfName.get(KeptName.of(seen.name()));
            if (slot != null && !held.contains(seen.id())) {
                var inPlace = isBelow(seen, adSetIds.get(slot.getAdSetSlotNumber()));
                surplus(EntityType.AD, seen, inPlace ? slot.getSlotNumber() : 0);
            } else if (slot == null && !held.contains(seen.id()) && !unknown.containsKey(seen.id())) {
                foreignAds++;
            }
        }
    }

    /** @return false where the slot's entity is certainly not there or not the slot's */
    private boolean judge(EntityType type, PlannedEntity slot, Sighting sighting, Function<Seen, Boolean> isInPlace) {
        return switch (sighting) {
            case Sighting.Exists(var seen) -> {
                // Two slots with one entity: it fills one of them.
                if (!held.contains(seen.id()) && isInPlace.apply(seen)) {
                    held.add(seen.id());
                    found.merge(type, 1, Integer::sum);
                    yield true;
                }
                if (!held.contains(seen.id())) {
                    surplus(type, seen, 0);
                }
                missing.add(new SlotRef(type, slot.getSlotNumber()));
                yield false;
            }
            case Sighting.Gone _ -> {
                missing.add(new SlotRef(type, slot.getSlotNumber()));
                yield false;
            }
            case Sighting.NotFound _ -> {
                absent(type, slot);
                yield !conclusive;
            }
            case Sighting.Unreadable(var fault) -> {
                faults.add(fault);
                yield true;
            }
        };
    }

    private void absent(EntityType type, PlannedEntity slot) {
        if (conclusive) {
            missing.add(new SlotRef(type, slot.getSlotNumber()));
        } else {
            lagging = true;
        }
    }

    private void surplus(EntityType type, Seen seen, int slotNumber) {
        unknown.putIfAbsent(seen.id(), new Entity(type, seen.id(), seen.name(), slotNumber));
    }

    private static boolean isBelow(Seen seen, @Nullable String parentId) {
        return parentId != null && (seen.parentId() == null || seen.parentId().equals(parentId));
    }

    /** Reading by id tells more than an edge: an edge may lag behind a deletion. */
    private static Sighting sighting(String id, List<Seen> edge, Look look) {
        var byId = look.byId().get(id);
        if (byId instanceof Sighting.Exists || byId instanceof Sighting.Gone) {
            return byId;
        }
        return edge.stream().filter(seen -> seen.id().equals(id)).findFirst()
                .<Sighting>map(Sighting.Exists::new)
                .orElse(byId == null ? new Sighting.NotFound() : byId);
    }

    private static Map<String, PlannedEntity> slotsByName(List<PlannedEntity> slots) {
        return slots.stream()
                .collect(Collectors.toMap(slot -> KeptName.of(slot.getName()), Function.identity(),
                        (first, _) -> first));
    }
}
