package io.campaignlauncher.creation.model;

import java.util.Comparator;
import java.util.Set;

/**
 * An entity as a look saw it on Facebook.
 *
 * @param parentId the ad set of an ad; empty for others
 * @param labels   names of the ad labels of a campaign; empty for others
 */
public record Found(String facebookId, String name, String parentId, Set<String> labels) {

    /** Facebook's ids grow, so the smallest is the earliest. */
    static final Comparator<Found> EARLIEST_FIRST = Comparator.<Found>comparingInt(found -> found.facebookId().length())
            .thenComparing(Found::facebookId);

    public Found {
        labels = Set.copyOf(labels);
    }
}
