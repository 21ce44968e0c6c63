package io.campaignlauncher.job.model;

/**
 * A slot as it was allotted.
 *
 * @param adSetNumber the ad set that an ad belongs to; 0 for others
 * @param name        the entity's name on Facebook, unique within the campaign
 */
public record PlannedSlot(SlotId id, int adSetNumber, String name) {}
