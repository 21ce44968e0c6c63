package io.campaignlauncher.job.view;

/** So many entities of each type. */
public record EntityCounts(int campaigns, int adSets, int ads) {

    public static final EntityCounts NONE = new EntityCounts(0, 0, 0);
}
