package io.campaignlauncher.messaging;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a part of a service counts as stalled.
 *
 * @param stalledAfter how long a part of a service may be without progress before the service is not ready
 */
@ConfigurationProperties("launch.progress")
record ProgressSettings(@DefaultValue("60s") Duration stalledAfter) {

    ProgressSettings {
        if (!stalledAfter.isPositive()) {
            throw new IllegalArgumentException("launch.progress.stalled-after must be positive, not " + stalledAfter);
        }
    }
}
