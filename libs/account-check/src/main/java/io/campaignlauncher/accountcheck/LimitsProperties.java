package io.campaignlauncher.accountcheck;

import io.campaignlauncher.accountcheck.model.AccountLimits;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What an ad account may hold that is neither archived nor deleted; {@link AccountLimits} says whose the defaults are.
 *
 * @param campaigns campaigns that an ad account may hold, 1 or more
 * @param adSets    ad sets that an ad account may hold, 1 or more
 * @param ads       ads that an ad account may hold, 1 or more
 */
@ConfigurationProperties("verification.limits")
public record LimitsProperties(@DefaultValue("6000") int campaigns, @DefaultValue("6000") int adSets,
        @DefaultValue("6000") int ads) {

    public LimitsProperties {
        if (campaigns < 1 || adSets < 1 || ads < 1) {
            throw new IllegalArgumentException("verification.limits.campaigns, .ad-sets and .ads must be 1 or more: "
                    + campaigns + ", " + adSets + ", " + ads);
        }
    }

    public AccountLimits limits() {
        return new AccountLimits(campaigns, adSets, ads);
    }
}
