package io.campaignlauncher.job.model;

/**
 * Names a slot within its job.
 *
 * @param number 1 to N within the type
 */
public record SlotId(EntityType type, int number) {

    static final SlotId CAMPAIGN = new SlotId(EntityType.CAMPAIGN, 1);
}
