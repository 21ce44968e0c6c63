package io.campaignlauncher.tools.events;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A range of time.
 *
 * @param from the first moment in it; null: from the beginning
 * @param to   the first moment behind it; null: to the end
 */
public record TimeRange(@Nullable Instant from, @Nullable Instant to) {

    private static final int SECONDS_LENGTH = "2026-01-01T00:00:00".length();

    /** @throws CannotBeDone where it ends before it begins */
    public TimeRange {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new CannotBeDone("a range of time ends after it begins, not from " + from + " to " + to);
        }
    }

    public boolean contains(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /** SQL for a text column in ISO 8601 with seconds: holds for all in the range, and for others within a second of it. */
    String condition(String column) {
        return (from == null ? "" : " and " + column + " collate \"C\" >= '" + seconds(from) + "'")
                + (to == null ? "" : " and " + column + " collate \"C\" < '" + seconds(to.plusSeconds(1)) + "'");
    }

    private static String seconds(Instant time) {
        return time.truncatedTo(ChronoUnit.SECONDS).toString().substring(0, SECONDS_LENGTH);
    }
}
