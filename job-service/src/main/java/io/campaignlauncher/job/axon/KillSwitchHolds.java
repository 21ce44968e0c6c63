package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import java.time.Duration;
import java.time.Instant;

/**
 * Tells jobs that a kill switch holds up: nobody may answer them, so asking again would only make events. When the switch is
 * on again their worker gets the usual time to answer, but not for a creation command that expired meanwhile, which no
 * creator takes up any more. A job that was cancelled has nothing left to be created: it is not to wait until creation is
 * on again.
 */
final class KillSwitchHolds {

    private final KillSwitches switches;
    private final Duration commandValidity;
    private final Duration stalledAfter;

    /** @param stalledAfter how long a worker may be silent */
    KillSwitchHolds(KillSwitches switches, Duration commandValidity, Duration stalledAfter) {
        this.switches = switches;
        this.commandValidity = commandValidity;
        this.stalledAfter = stalledAfter;
    }

    boolean holds(RecordedJob job, Instant now) {
        var askedAt = job.requests().lastAt();
        return askedAt != null && switch (job.state().awaited()) {
            case CREATION -> job.state().cancellation() == null
                    && holds(KillSwitch.CREATION, askedAt.plus(commandValidity), now);
            case DELETION -> holds(KillSwitch.ROLLBACK, Instant.MAX, now);
            case NOTHING, PRE_VERIFICATION, VERIFICATION, PERSON -> false;
        };
    }

    /** @param expiry after it nobody answers the request any more */
    private boolean holds(KillSwitch which, Instant expiry, Instant now) {
        var state = switches.state(which);
        var turnedAt = state.turnedAt();
        return !state.enabled()
                || turnedAt != null && turnedAt.isBefore(expiry) && now.isBefore(turnedAt.plus(stalledAfter));
    }
}
