package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.axon.StalledJobs.Tail;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/**
 * Tells jobs that a kill switch holds up: nobody may answer them, so asking again would only make events. When the switch is
 * on again their worker gets the usual time to answer, but not for a creation command that expired meanwhile, which no
 * creator takes up any more.
 */
final class KillSwitchHolds {

    private static final String CREATION = "CreationRequested";
    private static final String DELETION = "DeletionRequested";
    /** What is told while the answer is still awaited. */
    private static final Set<String> ON_THE_WAY = Set.of("SlotsCreated", "SlotsFailed", "EntitiesSnapshotted");

    private final KillSwitches switches;
    private final Duration commandValidity;
    private final Duration stalledAfter;

    /** @param stalledAfter how long a worker may be silent */
    KillSwitchHolds(KillSwitches switches, Duration commandValidity, Duration stalledAfter) {
        this.switches = switches;
        this.commandValidity = commandValidity;
        this.stalledAfter = stalledAfter;
    }

    boolean holds(Tail tail, Instant now) {
        return tail.events().stream()
                .dropWhile(event -> ON_THE_WAY.contains(event.type()))
                .findFirst()
                .filter(request -> switch (request.type()) {
                    case CREATION -> holds(KillSwitch.CREATION, request.at().plus(commandValidity), now);
                    case DELETION -> holds(KillSwitch.ROLLBACK, Instant.MAX, now);
                    default -> false;
                })
                .isPresent();
    }

    /** @param expiry after it nobody answers the request any more */
    private boolean holds(KillSwitch which, Instant expiry, Instant now) {
        var stand = switches.stand(which);
        var turnedAt = stand.turnedAt();
        return !stand.enabled()
                || turnedAt != null && turnedAt.isBefore(expiry) && now.isBefore(turnedAt.plus(stalledAfter));
    }
}
