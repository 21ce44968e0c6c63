package io.campaignlauncher.creation;

import io.campaignlauncher.creation.kafka.LookAheadSettings;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.messaging.SharedDefaults;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a creator works, as settings say it; {@link CreationSettings} and {@link LookAheadSettings} refuse what breaks a rule.
 *
 * @param lease               how long a creator may send for one claim, 1 s or more; the job-service's counts, its commands say so
 * @param sweepEvery          between two searches for rounds of dead workers
 * @param reportEvery         how long results are collected before they are reported
 * @param branchesAtOnce      requests of one round that are in flight together, 1 or more
 * @param requestsAtOnce      requests of this process that are in flight together, 1 or more
 * @param requestsWaitingMax  requests of this process that may wait for their turn, 1 or more
 * @param commandsAtOnce      rounds that this process carries out together, 1 or more
 * @param mutationsPerSecond  changes that one account may see in any rolling second from creations and rollbacks together, 2 or
 *     more; 0: no bound. The same for creators and rollback services
 * @param rateLimitPause      how long an account is left alone where Facebook limits it and names no time
 * @param databaseConnections connections to the database of the claims, 1 or more
 * @param keepClaims          how long claims are kept that can no longer matter, 1d or more
 * @param lookAhead           commands that busy creators, all together, read ahead so that a later urgent one overtakes earlier ones;
 *     0: none
 * @param lookAheadAfter      how long commands have to wait for room before creators read ahead
 */
@ConfigurationProperties("launch.creation")
record CreationProperties(@DefaultValue(SharedDefaults.LEASE) Duration lease,
        @DefaultValue("250ms") Duration sweepEvery, @DefaultValue("250ms") Duration reportEvery,
        @DefaultValue("" + CreationSettings.BRANCHES_AT_ONCE) int branchesAtOnce,
        @DefaultValue("" + CreationSettings.REQUESTS_AT_ONCE) int requestsAtOnce,
        @DefaultValue("" + CreationSettings.REQUESTS_WAITING_MAX) int requestsWaitingMax,
        @DefaultValue("" + CreationSettings.COMMANDS_AT_ONCE) int commandsAtOnce,
        @DefaultValue(SharedDefaults.MUTATIONS_PER_SECOND) int mutationsPerSecond,
        @DefaultValue(SharedDefaults.RATE_LIMIT_PAUSE) Duration rateLimitPause,
        @DefaultValue("8") int databaseConnections, @DefaultValue("35d") Duration keepClaims,
        @DefaultValue("" + LookAheadSettings.COMMANDS_MAX) int lookAhead,
        @DefaultValue("5s") Duration lookAheadAfter) {

    CreationProperties {
        if (databaseConnections < 1) {
            throw new IllegalArgumentException(
                    "launch.creation.database-connections must be 1 or more: " + databaseConnections);
        }
    }

    CreationSettings settings(Duration requestTimeout) {
        return new CreationSettings(lease, requestTimeout, sweepEvery, reportEvery, branchesAtOnce, requestsAtOnce,
                requestsWaitingMax, commandsAtOnce, mutationsPerSecond, rateLimitPause);
    }

    LookAheadSettings lookAheadSettings() {
        return new LookAheadSettings(lookAhead, lookAheadAfter);
    }
}
