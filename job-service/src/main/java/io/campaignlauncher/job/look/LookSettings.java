package io.campaignlauncher.job.look;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of looks at Facebook.
 *
 * @param atOnce looks that this instance makes at a time, 1 or more; further ones are answered with 429
 * @param within how long a look may take, its reads and waits included, 1s to 5m
 * @param kept   jobs whose latest look is kept, 1 or more; the oldest go first
 */
@ConfigurationProperties("launch.looks")
public record LookSettings(@DefaultValue("4") int atOnce, @DefaultValue("45s") Duration within,
        @DefaultValue("1000") int kept) {

    private static final Duration WITHIN_MAX = Duration.ofMinutes(5);

    public LookSettings {
        if (atOnce < 1 || kept < 1) {
            throw new IllegalArgumentException("launch.looks.at-once and .kept must be 1 or more");
        }
        if (within.compareTo(Duration.ofSeconds(1)) < 0 || within.compareTo(WITHIN_MAX) > 0) {
            throw new IllegalArgumentException("launch.looks.within must be 1s to 5m, not " + within);
        }
    }

    /** All defaults. */
    public static LookSettings defaults() {
        return new LookSettings(4, Duration.ofSeconds(45), 1_000);
    }
}
