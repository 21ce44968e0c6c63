package io.campaignlauncher.look;

import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.job.model.JobState;
import java.time.Instant;
import java.util.HashMap;
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

    /** The same for a job that went on while it was read: nothing is said of slots that are not as they were. */
    public FacebookSnapshot meanwhile(JobState before, JobState now) {
        var said = new HashMap<>(byId);
        for (int i = 0; i < now.slots().size(); i++) {
            var slot = now.slots().get(i);
            if (slot.facebookId() != null && (i >= before.slots().size() || !slot.equals(before.slots().get(i)))) {
                said.put(slot.facebookId(), new Observation.Unread("it changed while this look was under way"));
            }
        }
        return new FacebookSnapshot(readAt, said, labelled, inside, faults);
    }

    /** Not one of the entities could be read, though there are some. */
    public boolean isBlank() {
        return !faults.isEmpty() && labelled.isEmpty() && inside.isEmpty()
                && byId.values().stream().allMatch(Observation.Unread.class::isInstance);
    }
}
