package io.campaignlauncher.job.model;

/** A slot with the entity that fills it. @param adopted it was found on Facebook rather than made just now */
public record CreatedSlot(SlotId id, String facebookId, boolean adopted) {}
