package io.campaignlauncher.creation.model;

import java.time.Duration;
import java.time.Instant;

/**
 * What goes first: whatever has the earlier time after its priority, 0 (last) to 9 (first), has moved it forward. So a higher
 * priority overtakes a lower one, equal ones keep their order, and who has waited long enough is overtaken by nobody.
 */
public final class Urgency {

    /** A level of priority among commands. All nine are worth less than a command's time to be claimed, 1 minute. */
    public static final Duration COMMAND_LEVEL = Duration.ofSeconds(5);

    /** A level of priority among requests of rounds under way. All nine are worth less than a lease. */
    public static final Duration REQUEST_LEVEL = Duration.ofMillis(500);

    private static final int PRIORITY_MAX = 9;

    private Urgency() {}

    /** Of a command: the smallest is next. */
    public static Instant ofCommand(Instant sentAt, int priority) {
        return sentAt.minus(COMMAND_LEVEL.multipliedBy(bounded(priority)));
    }

    /** Of a request, by the clock that told when it came: the smallest is next. */
    public static long ofRequest(long cameAtNanos, int priority) {
        return cameAtNanos - REQUEST_LEVEL.toNanos() * bounded(priority);
    }

    private static int bounded(int priority) {
        return Math.clamp(priority, 0, PRIORITY_MAX);
    }
}
