package io.campaignlauncher.verification.model;

import io.campaignlauncher.accountcheck.model.Faults;
import io.campaignlauncher.accountcheck.model.CallStats;
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
 * Compares what Facebook holds with a job's slots. What was read is certain; "not found" is certain only where the reads began
 * at {@code conclusiveFrom} or later, because reads may lag behind writes.
 */
public final class Comparison {

    private final VerificationRequested request;
    private final CampaignSnapshot snapshot;
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

    private Comparison(VerificationRequested request, CampaignSnapshot snapshot, int surplusMax) {
        this.request = request;
        this.snapshot = snapshot;
        this.surplusMax = surplusMax;
        // Where an edge stayed unread, what it would have shown is not missing.
        this.conclusive = snapshot.faults().isEmpty() && !readsMayLag(request, snapshot.readAt());
        this.faults = new ArrayList<>(snapshot.faults());
        this.lagging = snapshot.tooEarly();
    }

    /**
     * @param report        what to tell the job
     * @param foreignAdSets ad sets in the job's campaign that somebody else made
     * @param foreignAds    ads in it that somebody else made
     */
    public record Result(PostVerificationReported report, int foreignAdSets, int foreignAds) {}

    /** @param surplusMax how many entities the report may name that no slot is free for */
    public static Result compare(VerificationRequested request, CampaignSnapshot snapshot, CallStats stats,
            int surplusMax) {
        return new Comparison(request, snapshot, surplusMax).result(stats);
    }

    /** Whether reads at this time may have missed what was created. */
    public static boolean readsMayLag(VerificationRequested request, Instant readAt) {
        return request.getConclusiveFrom() != null && readAt.isBefore(request.getConclusiveFrom());
    }

    /** The campaign whose ad sets and ads are the job's; empty where none was found. */
    public static Optional<String> campaignOf(VerificationRequested request, CampaignSnapshot snapshot) {
        var id = request.getCampaign().getFacebookId();
        if (id == null) {
            return snapshot.campaigns().stream().map(ObservedEntity::id).findFirst();
        }
        return state(id, snapshot.campaigns(), snapshot) instanceof EntityState.Present ? Optional.of(id)
                : Optional.empty();
    }

    /** Ids of slots that the edges did not show: to be read one by one. */
    public static List<String> unobserved(VerificationRequested request, CampaignSnapshot snapshot) {
        var observed = Stream.concat(snapshot.adSets().stream(), snapshot.ads().stream()).map(ObservedEntity::id)
                .collect(Collectors.toSet());
        return Stream.concat(request.getAdSets().stream(), request.getAds().stream())
                .map(PlannedEntity::getFacebookId)
                .filter(id -> id != null && !observed.contains(id))
                .distinct()
                .toList();
    }

    private Result result(CallStats stats) {
        var campaignId = campaignOf(request, snapshot).orElse(null);
        compareCampaign();
        if (campaignId != null) {
            var adSetIds = compareAdSets(campaignId);
            compareAds(adSetIds);
        } else if (!missing.isEmpty()) {
            // Without its campaign nothing below it exists.
            request.getAdSets().forEach(slot -> missing.add(new SlotRef(EntityType.AD_SET, slot.getSlotNumber())));
            request.getAds().forEach(slot -> missing.add(new SlotRef(EntityType.AD, slot.getSlotNumber())));
        }
        return new Result(report(stats), foreignAdSets, foreignAds);
    }

    private PostVerificationReported report(CallStats stats) {
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
                .setLookedAt(snapshot.readAt())
                .setLookAgainAt(fault == null && lagging ? request.getConclusiveFrom() : null)
                .setFault(fault)
                .setDurationMs(stats.took().toMillis())
                .setHttpCalls(stats.httpCalls())
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
            var state = state(slot.getFacebookId(), snapshot.campaigns(), snapshot);
            judge(EntityType.CAMPAIGN, slot, state, _ -> true);
        } else if (snapshot.campaigns().isEmpty()) {
            absent(EntityType.CAMPAIGN, slot);
        }
        snapshot.campaigns().stream()
                .filter(observed -> !held.contains(observed.id()))
                .forEach(observed -> surplus(EntityType.CAMPAIGN, observed, slot.getSlotNumber()));
    }

    /** @return by slot number the id of the ad set that is the slot's, or that may become it; slots without one are absent */
    private Map<Integer, String> compareAdSets(String campaignId) {
        var slotOfName = slotsByName(request.getAdSets());
        var slotIds = request.getAdSets().stream().map(PlannedEntity::getFacebookId).collect(Collectors.toSet());
        var adSetIds = new HashMap<Integer, String>();
        for (var slot : request.getAdSets()) {
            var number = slot.getSlotNumber();
            var id = slot.getFacebookId();
            if (id != null && judge(EntityType.AD_SET, slot, state(id, snapshot.adSets(), snapshot),
                    observed -> isBelow(observed, campaignId))) {
                adSetIds.put(number, id);
                continue;
            }
            // Whoever fills the slot from what is there is to take the first one: the ads of that one are then in place.
            var other = snapshot.adSets().stream()
                    .filter(observed -> KeptName.same(observed.name(), slot.getName())
                            && !slotIds.contains(observed.id()))
                    .findFirst();
            other.ifPresent(observed -> adSetIds.put(number, observed.id()));
            if (id == null && other.isEmpty()) {
                absent(EntityType.AD_SET, slot);
            }
        }
        for (var observed : snapshot.adSets()) {
            var slot = slotOfName.get(KeptName.of(observed.name()));
            if (slot != null && !held.contains(observed.id())) {
                surplus(EntityType.AD_SET, observed, slot.getSlotNumber());
            } else if (slot == null && !held.contains(observed.id()) && !unknown.containsKey(observed.id())) {
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
                judge(EntityType.AD, slot, state(id, snapshot.ads(), snapshot), observed -> isBelow(observed, adSetId));
            } else if (snapshot.ads().stream()
                    .noneMatch(
                            observed -> KeptName.same(observed.name(), slot.getName()) && isBelow(observed, adSetId))) {
                absent(EntityType.AD, slot);
            }
        }
        for (var observed : snapshot.ads()) {
            var slot = slotOfName.get(KeptName.of(observed.name()));
            if (slot != null && !held.contains(observed.id())) {
                var inPlace = isBelow(observed, adSetIds.get(slot.getAdSetSlotNumber()));
                surplus(EntityType.AD, observed, inPlace ? slot.getSlotNumber() : 0);
            } else if (slot == null && !held.contains(observed.id()) && !unknown.containsKey(observed.id())) {
                foreignAds++;
            }
        }
    }

    /** @return false where the slot's entity is certainly not there or not the slot's */
    private boolean judge(EntityType type, PlannedEntity slot, EntityState state,
            Function<ObservedEntity, Boolean> isInPlace) {
        return switch (state) {
            case EntityState.Present(var observed) -> {
                // Two slots with one entity: it fills one of them.
                if (!held.contains(observed.id()) && isInPlace.apply(observed)) {
                    held.add(observed.id());
                    found.merge(type, 1, Integer::sum);
                    yield true;
                }
                if (!held.contains(observed.id())) {
                    surplus(type, observed, 0);
                }
                missing.add(new SlotRef(type, slot.getSlotNumber()));
                yield false;
            }
            case EntityState.Gone _ -> {
                missing.add(new SlotRef(type, slot.getSlotNumber()));
                yield false;
            }
            case EntityState.NotFound _ -> {
                absent(type, slot);
                yield !conclusive;
            }
            case EntityState.Unreadable(var fault) -> {
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

    private void surplus(EntityType type, ObservedEntity observed, int slotNumber) {
        unknown.putIfAbsent(observed.id(), new Entity(type, observed.id(), observed.name(), slotNumber));
    }

    private static boolean isBelow(ObservedEntity observed, @Nullable String parentId) {
        return parentId != null && (observed.parentId() == null || observed.parentId().equals(parentId));
    }

    /** Reading by id tells more than an edge: an edge may lag behind a deletion. */
    private static EntityState state(String id, List<ObservedEntity> edge, CampaignSnapshot snapshot) {
        var byId = snapshot.byId().get(id);
        if (byId instanceof EntityState.Present || byId instanceof EntityState.Gone) {
            return byId;
        }
        return edge.stream().filter(observed -> observed.id().equals(id)).findFirst()
                .<EntityState>map(EntityState.Present::new)
                .orElse(byId == null ? new EntityState.NotFound() : byId);
    }

    private static Map<String, PlannedEntity> slotsByName(List<PlannedEntity> slots) {
        return slots.stream()
                .collect(Collectors.toMap(slot -> KeptName.of(slot.getName()), Function.identity(),
                        (first, _) -> first));
    }
}
