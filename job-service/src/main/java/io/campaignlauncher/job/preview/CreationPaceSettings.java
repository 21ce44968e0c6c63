package io.campaignlauncher.job.preview;

import io.campaignlauncher.messaging.SharedDefaults;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How fast creators may go, which decides how many ads they put into a request.
 *
 * @param mutationsPerSecond changes that one account may see in any rolling second from creations and rollbacks together, 2 or
 *     more; 0: no bound. The same for creators and rollback services
 */
@ConfigurationProperties("launch.creation")
public record CreationPaceSettings(@DefaultValue(SharedDefaults.MUTATIONS_PER_SECOND) int mutationsPerSecond) {

    public CreationPaceSettings {
        if (mutationsPerSecond != 0 && mutationsPerSecond < 2) {
            throw new IllegalArgumentException(
                    "launch.creation.mutations-per-second must be 2 or more, or 0: " + mutationsPerSecond);
        }
    }
}
