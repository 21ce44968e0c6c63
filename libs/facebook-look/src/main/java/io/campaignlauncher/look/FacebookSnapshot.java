package io.campaignlauncher.look;

import io.campaignlauncher.graph.GraphError;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What was read at one time of all that a job has on Facebook.
 *
 * @param readAt   when the reading began
 * @param byId     of each id that a slot has
 * @param labelled campaigns with the job's label
 * @param inside   what is in the job's campaign
 * @param faults   why something could not be read; none: everything was
 */
public record FacebookSnapshot(Instant readAt, Map<String, Observation> byId, List<ObservedEntity> labelled,
        List<ObservedEntity> inside, List<GraphError> faults) {

    public FacebookSnapshot {
        byId = Map.copyOf(byId);
        labelled = List.copyOf(labelled);
        inside = List.copyOf(inside);
        faults = List.copyOf(faults);
    }

    /** Not one of the entities could be read, though there are some. */
    public boolean isBlank() {
        return !faults.isEmpty() && labelled.isEmpty() && inside.isEmpty()
                && byId.values().stream().allMatch(Observation.Unread.class::isInstance);
    }
}
