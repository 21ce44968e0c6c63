package io.campaignlauncher.accountcheck.model;

/**
 * How many objects that are neither archived nor deleted an ad account may hold. (50 ads in an ad set are checked when a
 * request is taken in.)
 *
 * @param campaigns campaigns
 * @param adSets    ad sets
 * @param ads       ads
 */
public record AccountLimits(int campaigns, int adSets, int ads) {

    /** A regular account's: 6,000 of each, as Meta's pages on ad account limits say. */
    public static final AccountLimits REGULAR = new AccountLimits(6_000, 6_000, 6_000);

    public AccountLimits {
        if (campaigns < 1 || adSets < 1 || ads < 1) {
            throw new IllegalArgumentException(
                    "account limits must be positive: " + campaigns + ", " + adSets + ", " + ads);
        }
    }
}
