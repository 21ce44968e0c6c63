package io.campaignlauncher.rollback.kafka;

import io.campaignlauncher.messaging.SharedDefaults;
import io.campaignlauncher.rollback.graph.RollbackSettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rollbacks treat accounts. What is said of accounts is said to creators as well, by the same settings; {@link
 * RollbackSettings} refuses what breaks a rule.
 *
 * @param mutationsPerSecond changes that one account may see in any rolling second from creations and rollbacks together, 2 or
 *     more; 0: no bound. The same for creators and rollback services
 * @param rateLimitPause     how long an account is left alone where Facebook limits it and names no time
 */
@ConfigurationProperties("launch.creation")
record PaceProperties(@DefaultValue(SharedDefaults.MUTATIONS_PER_SECOND) int mutationsPerSecond,
        @DefaultValue(SharedDefaults.RATE_LIMIT_PAUSE) Duration rateLimitPause) {

    RollbackSettings settings() {
        var usual = RollbackSettings.DEFAULT;
        return new RollbackSettings(usual.credentialPatience(), rateLimitPause, mutationsPerSecond, usual.pagesMax(),
                usual.deletionsMax());
    }
}
