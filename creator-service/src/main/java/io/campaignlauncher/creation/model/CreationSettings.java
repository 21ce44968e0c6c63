package io.campaignlauncher.creation.model;

import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.pace.Lease;
import java.time.Duration;

/**
 * How a creator works; properties {@code launch.creation.*}.
 *
 * @param lease              how long a worker may send the requests of a round that it claimed, where the command does not say
 * @param requestTimeout     how long a request may take, where the command does not say; {@code graph.request-timeout}
 * @param sweepEvery         between two searches for rounds of dead workers
 * @param reportEvery        how long results are collected before they are reported
 * @param branchesAtOnce     requests of one round that are in flight together
 * @param requestsAtOnce     requests of this process that are in flight together
 * @param requestsWaitingMax requests of this process that may wait for their turn
 * @param commandsAtOnce     rounds that this process carries out together
 * @param mutationsPerSecond create operations an account may see in any rolling second; 0: no limit
 * @param rateLimitPause     how long an account is left alone where Facebook names no time
 */
public record CreationSettings(Duration lease, Duration requestTimeout, Duration sweepEvery, Duration reportEvery,
        int branchesAtOnce, int requestsAtOnce, int requestsWaitingMax, int commandsAtOnce, int mutationsPerSecond,
        Duration rateLimitPause) {

    /** Below it there is no time to send anything. */
    static final Duration LEASE_MIN = Lease.MARGIN.multipliedBy(2);
    public static final Duration LEASE = Duration.ofSeconds(15);
    public static final Duration REQUEST_TIMEOUT = GraphSettings.REQUEST_TIMEOUT;
    public static final Duration SWEEP_EVERY = Duration.ofMillis(250);
    public static final Duration REPORT_EVERY = Duration.ofMillis(250);
    public static final int BRANCHES_AT_ONCE = 50;
    public static final int REQUESTS_AT_ONCE = 256;
    public static final int REQUESTS_WAITING_MAX = 10_000;
    public static final int COMMANDS_AT_ONCE = 32;
    public static final int MUTATIONS_PER_SECOND = 100;
    public static final Duration RATE_LIMIT_PAUSE = Duration.ofMinutes(1);

    public CreationSettings {
        if (lease.compareTo(LEASE_MIN) < 0) {
            throw new IllegalArgumentException("launch.creation.lease must be 1 s or more: " + lease);
        }
        positive("graph.request-timeout", requestTimeout);
        positive("launch.creation.sweep-every", sweepEvery);
        positive("launch.creation.report-every", reportEvery);
        positive("launch.creation.rate-limit-pause", rateLimitPause);
        positive("launch.creation.branches-at-once", branchesAtOnce);
        positive("launch.creation.requests-at-once", requestsAtOnce);
        positive("launch.creation.requests-waiting-max", requestsWaitingMax);
        positive("launch.creation.commands-at-once", commandsAtOnce);
        if (mutationsPerSecond != 0 && mutationsPerSecond < 2) {
            throw new IllegalArgumentException(
                    "launch.creation.mutations-per-second must be 0 (no limit) or 2 and more: " + mutationsPerSecond);
        }
    }

    public static CreationSettings defaults() {
        return new CreationSettings(LEASE, REQUEST_TIMEOUT, SWEEP_EVERY, REPORT_EVERY, BRANCHES_AT_ONCE,
                REQUESTS_AT_ONCE,
                REQUESTS_WAITING_MAX, COMMANDS_AT_ONCE, MUTATIONS_PER_SECOND, RATE_LIMIT_PAUSE);
    }

    /** After it no request of a round that was claimed this long ago is in flight. */
    public Duration quietAfter() {
        return lease.plus(requestTimeout);
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive: " + value);
        }
    }

    private static void positive(String name, int value) {
        if (value < 1) {
            throw new IllegalArgumentException(name + " must be 1 or more: " + value);
        }
    }
}
