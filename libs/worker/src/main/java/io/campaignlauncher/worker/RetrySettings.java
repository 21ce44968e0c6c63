package io.campaignlauncher.worker;

import java.time.Duration;

/**
 * How often and when a listener's handler is called again for a message that failed.
 *
 * @param max        calls after the first
 * @param firstDelay before the first of them; each further one waits twice as long, with jitter
 * @param delayMax   no wait is longer
 */
public record RetrySettings(int max, Duration firstDelay, Duration delayMax) {

    public static final RetrySettings DEFAULT = new RetrySettings(3, Duration.ofSeconds(1), Duration.ofSeconds(5));

    public RetrySettings {
        if (max < 0 || firstDelay.isNegative() || delayMax.compareTo(firstDelay) < 0) {
            throw new IllegalArgumentException("no way to retry: " + max + " times, " + firstDelay + " to " + delayMax);
        }
    }
}
