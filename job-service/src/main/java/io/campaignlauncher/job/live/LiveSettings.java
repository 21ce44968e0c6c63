package io.campaignlauncher.job.live;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How jobs are followed.
 *
 * @param interval     between two polls of the event store, while anybody follows anything
 * @param followersMax followers at the same time, on one instance, 1 to 100000
 * @param heartbeat    between two signs of life on a stream
 * @param streamMax    how long a stream lasts at most; its client goes on with another
 */
@ConfigurationProperties("launch.live")
public record LiveSettings(@DefaultValue("200ms") Duration interval, @DefaultValue("2000") int followersMax,
        @DefaultValue("15s") Duration heartbeat, @DefaultValue("1h") Duration streamMax) {

    public LiveSettings {
        if (!interval.isPositive() || !heartbeat.isPositive() || !streamMax.isPositive()) {
            throw new IllegalArgumentException("launch.live: interval, heartbeat and stream-max must be positive");
        }
        if (followersMax < 1 || followersMax > 100_000) {
            throw new IllegalArgumentException("launch.live: followers-max must be 1 to 100000");
        }
    }

    /** All defaults. */
    public static LiveSettings defaults() {
        return new LiveSettings(Duration.ofMillis(200), 2_000, Duration.ofSeconds(15), Duration.ofHours(1));
    }
}
