package io.campaignlauncher.creation.model;

import java.util.Comparator;
import java.util.Set;

/**
 * An entity as Facebook shows it.
 *
 * @param parentId the ad set of an ad; empty for others
 * @param labels   names of the ad labels of a campaign; empty for others
 */
public record ObservedEntity(String facebookId, String name, String parentId, Set<String> labels) {

    /** Facebook's ids grow, so the smallest is the earliest. */
    static final Comparator<ObservedEntity> EARLIEST_FIRST = Comparator
            .<ObservedEntity>comparingInt(found -> found.facebookId().length())
            .thenComparing(ObservedEntity::facebookId);

    public ObservedEntity {
        labels = Set.copyOf(labels);
    }
}
