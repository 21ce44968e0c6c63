package io.campaignlauncher.identity.http;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How often somebody may try to log in. Each instance counts for itself, so several of them allow several times as many.
 *
 * @param nameTries    log-ins for one name, whether anybody has it or not, in the time of {@code within}; each instance counts for itself
 * @param addressTries log-ins, registrations and refreshes from one address in that time; each instance counts for itself
 * @param within       the time in which tries come back
 * @param familiarFor  how long an address from which somebody logged in counts on its own for that name, so that others cannot use up
 *     its owner's tries
 * @param remembered   names, and addresses, that are counted at a time
 */
@ConfigurationProperties("launch.identity.limits")
public record LimitSettings(@DefaultValue("10") int nameTries, @DefaultValue("60") int addressTries,
        @DefaultValue("1m") Duration within, @DefaultValue("30d") Duration familiarFor,
        @DefaultValue("100000") int remembered) {

    public LimitSettings {
        if (nameTries < 1 || addressTries < 1 || !within.isPositive() || !familiarFor.isPositive() || remembered < 1) {
            throw new IllegalArgumentException("launch.identity.limits: every limit must be positive");
        }
    }
}
