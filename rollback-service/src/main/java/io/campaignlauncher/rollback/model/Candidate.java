package io.campaignlauncher.rollback.model;

import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import org.jspecify.annotations.Nullable;

/**
 * An entity that may have to be deleted, or that stands in the way of deleting what it belongs to.
 *
 * @param entity     which one; its slot number is 0 where its name stands for none
 * @param campaignId the campaign it is in; null: not known, or a campaign
 * @param adSetId    the ad set that an ad is in; null: not known, or no ad
 * @param ours       it is the job's
 * @param onEdge     an edge showed it
 */
public record Candidate(Entity entity, @Nullable String campaignId, @Nullable String adSetId, boolean ours,
        boolean onEdge) {

    /** What a slot knows and no edge showed yet. */
    public static Candidate known(Entity entity) {
        return new Candidate(entity, null, null, true, false);
    }

    public String id() {
        return entity.getFacebookId();
    }

    public EntityType type() {
        return entity.getEntityType();
    }

    /** The same with what a read by id told. */
    Candidate as(EntityState.Present present) {
        return new Candidate(
                new Entity(type(), id(), present.name().isEmpty() ? entity.getName() : present.name(),
                        entity.getSlotNumber()),
                present.campaignId() == null ? campaignId : present.campaignId(),
                present.adSetId() == null ? adSetId : present.adSetId(), ours, onEdge);
    }
}
