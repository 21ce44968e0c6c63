package io.campaignlauncher.job.history;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.regex.Pattern;

/** How far a history is read: everything, or up to and including a version or a time. */
public sealed interface Point {

    Point LATEST = new Latest();
    /** What a text must look like to be a point. */
    String FORM = "must be a version (a whole number from 0) or a time with its offset (such as 2026-01-31T12:00:00Z)";

    /** Everything that there is. */
    record Latest() implements Point {}

    /** @param version from 0; later than the last: everything */
    record AtVersion(long version) implements Point {

        static final Pattern DIGITS = Pattern.compile("\\d{1,18}");

        public AtVersion {
            if (version < 0) {
                throw new IllegalArgumentException("versions begin with 0, got " + version);
            }
        }
    }

    /** Ends before the first event that is later, so that what is read is always a beginning of the history. */
    record AtTime(Instant time) implements Point {}

    /** @throws IllegalArgumentException for a text that is no point; its message is {@link #FORM} */
    static Point of(String text) {
        if (AtVersion.DIGITS.matcher(text).matches()) {
            return new AtVersion(Long.parseLong(text));
        }
        try {
            return new AtTime(OffsetDateTime.parse(text).toInstant());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(FORM, e);
        }
    }

    /** Whether an event with every event before it belongs to what is read. */
    default boolean covers(long eventVersion, Instant eventAt) {
        return switch (this) {
            case Latest _ -> true;
            case AtVersion(var version) -> eventVersion <= version;
            case AtTime(var time) -> !eventAt.isAfter(time);
        };
    }
}
