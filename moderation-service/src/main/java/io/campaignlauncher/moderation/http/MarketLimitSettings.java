package io.campaignlauncher.moderation.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may ask the marketplace. Each instance counts for itself, so several of them allow several times as many.
 *
 * @param addressRequests requests from one address in the time of {@code within}, whoever asks; 0: no limit. This machine is in none
 * @param reads           reads of one user in that time; 0: no limit
 * @param changes         commands of one user in that time; 0: no limit
 * @param within          the time in which requests come back, evenly
 * @param remembered      addresses, and users for each limit, that are counted at a time
 */
@ConfigurationProperties("launch.market.limits")
public record MarketLimitSettings(@DefaultValue("60000") int addressRequests, @DefaultValue("30000") int reads,
        @DefaultValue("3000") int changes, @DefaultValue("1m") Duration within, @DefaultValue("20000") int remembered) {

    public MarketLimitSettings {
        if (addressRequests < 0 || reads < 0 || changes < 0) {
            throw new IllegalArgumentException("launch.market.limits: no limit may be negative; 0 is none");
        }
        if (!within.isPositive() || remembered < 1) {
            throw new IllegalArgumentException("launch.market.limits: within and remembered must be positive");
        }
    }
}
