package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which objects of an edge an answer holds. */
record EdgeQuery(List<Filter> filters, @Nullable Set<String> effectiveStatuses, @Nullable Long updatedSinceSeconds,
        Instant now) {

    boolean matches(GraphObject object) {
        if (!object.isOnEdges(now) || object.isDeleted()) {
            return false;
        }
        if (object.isArchived() && !asksForArchived()) {
            return false;
        }
        if (effectiveStatuses != null && !effectiveStatuses.contains(object.effectiveStatus(now))) {
            return false;
        }
        if (updatedSinceSeconds != null && object.updatedTime.getEpochSecond() < updatedSinceSeconds) {
            return false;
        }
        for (var filter : filters) {
            if (!filter.matches(object, now)) {
                return false;
            }
        }
        return true;
    }

    private boolean asksForArchived() {
        if (effectiveStatuses != null && effectiveStatuses.contains("ARCHIVED")) {
            return true;
        }
        for (var filter : filters) {
            if (filter.asksForArchived()) {
                return true;
            }
        }
        return false;
    }
}
