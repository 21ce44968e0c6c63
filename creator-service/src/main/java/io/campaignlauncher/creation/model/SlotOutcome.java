package io.campaignlauncher.creation.model;

import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.GraphFault;

/** What became of a slot that Facebook was asked to fill, or that was found filled. */
public sealed interface SlotOutcome {

    EntityType entityType();

    int slotNumber();

    /**
     * The slot is filled.
     *
     * @param adopted it was found on Facebook, not made by this round
     */
    record Filled(EntityType entityType, int slotNumber, String facebookId, boolean adopted) implements SlotOutcome {}

    /** Facebook was asked, and no success was seen. */
    record Unfilled(EntityType entityType, int slotNumber, GraphFault fault) implements SlotOutcome {}
}
