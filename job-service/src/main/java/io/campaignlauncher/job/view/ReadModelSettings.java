package io.campaignlauncher.job.view;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How the read model follows {@code job.events}.
 *
 * @param group       consumer group with which the read model follows {@code job.events}
 * @param consumers   threads that read and write side by side, 1 to 6
 * @param pollRecords events written in one transaction at most, 1 to 10000
 * @param linger      how long an event may wait for others, so that one write serves many, 5s at most
 * @param recentJobs  jobs kept in memory between their events, 100000 at most
 * @param retryDelay  pause after a failed write; doubles up to ten seconds
 */
@ConfigurationProperties("launch.read-model")
public record ReadModelSettings(@DefaultValue("read-model") String group, @DefaultValue("1") int consumers,
        @DefaultValue("2000") int pollRecords, @DefaultValue("50ms") Duration linger,
        @DefaultValue("1000") int recentJobs, @DefaultValue("200ms") Duration retryDelay) {

    public ReadModelSettings {
        if (group.isBlank()) {
            throw new IllegalArgumentException("launch.read-model.group may not be blank");
        }
        if (consumers < 1 || consumers > 6 || pollRecords < 1 || pollRecords > 10_000 || recentJobs < 0
                || recentJobs > 100_000) {
            throw new IllegalArgumentException("launch.read-model: consumers must be 1 to 6, poll-records 1 to 10000,"
                    + " recent-jobs 0 to 100000");
        }
        if (linger.isNegative() || linger.compareTo(Duration.ofSeconds(5)) > 0 || !retryDelay.isPositive()) {
            throw new IllegalArgumentException("launch.read-model: linger must be 0 to 5s, retry-delay positive");
        }
    }

    /** All defaults. */
    public static ReadModelSettings defaults() {
        return new ReadModelSettings("read-model", 1, 2_000, Duration.ofMillis(50), 1_000, Duration.ofMillis(200));
    }
}
