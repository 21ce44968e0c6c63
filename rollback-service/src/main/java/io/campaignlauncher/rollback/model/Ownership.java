package io.campaignlauncher.rollback.model;

import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.KeptName;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Knows what is the job's: whatever a slot has the id of, and whatever bears a slot's name within the job's campaign. */
public final class Ownership {

    private record Name(EntityType type, String name) {

        Name {
            name = KeptName.of(name);
        }
    }

    private final Map<Name, Integer> slotOfName = new HashMap<>();
    private final Map<String, Entity> known = new LinkedHashMap<>();

    public Ownership(DeletionRequested request) {
        for (var entity : request.getEntities()) {
            if (entity.getSlotNumber() > 0) {
                slotOfName.putIfAbsent(new Name(entity.getEntityType(), entity.getName()), entity.getSlotNumber());
            }
            if (!entity.getFacebookId().isBlank()) {
                known.putIfAbsent(entity.getFacebookId(), entity);
            }
        }
    }

    /** Entities that a slot has the id of, or that the request names. */
    public List<Entity> known() {
        return List.copyOf(known.values());
    }

    public List<String> campaignIds() {
        return known.values().stream()
                .filter(entity -> entity.getEntityType() == EntityType.CAMPAIGN)
                .map(Entity::getFacebookId)
                .toList();
    }

    /** A campaign that carries the job's label. */
    public Candidate campaign(String id, String name) {
        return judge(EntityType.CAMPAIGN, id, name, null, null, true);
    }

    /** Something found within a campaign or, where that is not told, an ad set of the job. */
    public Candidate within(@Nullable String campaignId, EntityType type, String id, String name,
            @Nullable String adSetId) {
        return judge(type, id, name, campaignId, adSetId, false);
    }

    private Candidate judge(EntityType type, String id, String name, @Nullable String campaignId,
            @Nullable String adSetId, boolean labelled) {
        var slot = known.get(id);
        var slotNumber = slot == null ? slotOfName.getOrDefault(new Name(type, name), 0) : slot.getSlotNumber();
        return new Candidate(new Entity(type, id, name, slotNumber), campaignId, adSetId,
                labelled || slot != null || slotNumber > 0, true);
    }
}
