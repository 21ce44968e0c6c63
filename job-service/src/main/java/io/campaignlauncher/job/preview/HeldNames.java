package io.campaignlauncher.job.preview;

/** Which campaign names live jobs hold. Blocks. */
@FunctionalInterface
public interface HeldNames {

    /** Whether a job holds the name on the account now. */
    boolean isHeld(String adAccountId, String campaignName);
}
