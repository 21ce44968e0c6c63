package io.campaignlauncher.access.model;

import java.time.Duration;

/**
 * How often something may be done. What was used comes back evenly with time, so after a rest all of it can be used at once.
 *
 * @param name     small letters and hyphens, as callers are told of it
 * @param requests that may be made in the time, 1 or more
 * @param within   the time
 */
public record Quota(String name, int requests, Duration within) {

    public Quota {
        if (requests < 1 || !within.isPositive()) {
            throw new IllegalArgumentException(name + ": a limit and its time must be positive");
        }
    }
}
