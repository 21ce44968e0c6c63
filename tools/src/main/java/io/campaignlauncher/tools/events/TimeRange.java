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
    private static final Instant FIRST_PLAIN = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant LAST_PLAIN = Instant.parse("9999-12-31T00:00:00Z");

    /** @throws OperationRefused where it ends before it begins */
    public TimeRange {
        if (from != null && to != null && !from.isBefore(to)) {
            throw new OperationRefused("a range of time ends after it begins, not from " + from + " to " + to);
        }
    }

    public boolean contains(Instant time) {
        return (from == null || !time.isBefore(from)) && (to == null || time.isBefore(to));
    }

    /** SQL for a text column in ISO 8601 with seconds: holds for all in the range, and for others within a second of it. */
    String condition(String column) {
        return bound(column, ">=", from, 0) + bound(column, "<", to, 1);
    }

    private static String bound(String column, String operator, @Nullable Instant time, int secondsLater) {
        // Beyond these years times are written otherwise.
        if (time == null || time.isBefore(FIRST_PLAIN) || time.isAfter(LAST_PLAIN)) {
            return "";
        }
        var seconds = time.plusSeconds(secondsLater).truncatedTo(ChronoUnit.SECONDS).toString();
        return " and " + column + " collate \"C\" " + operator + " '" + seconds.substring(0, SECONDS_LENGTH) + "'";
    }
}
