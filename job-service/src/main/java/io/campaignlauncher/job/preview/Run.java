package io.campaignlauncher.job.preview;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From when to when something runs, as far as the request says it.
 *
 * @param start null: not said, or not in a way that tells the moment
 * @param end   null: the same, or it has none
 */
record Run(@Nullable Instant start, @Nullable Instant end) {

    private static final DateTimeFormatter WITH_OFFSET = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX][X]").toFormatter();

    /** An ad set's own times before those of its campaign. */
    static Run of(Map<String, String> adSet, Map<String, String> campaign) {
        var start = time(adSet.get("start_time"));
        var end = adSet.containsKey("end_time") ? time(adSet.get("end_time")) : time(campaign.get("stop_time"));
        return new Run(start == null ? time(campaign.get("start_time")) : start, end);
    }

    /** From the first start to the last end. */
    static Run around(List<Run> runs) {
        var starts = runs.stream().filter(run -> run.start != null).map(Run::start).sorted().toList();
        var ends = runs.stream().filter(run -> run.end != null).map(Run::end).sorted().toList();
        return starts.size() < runs.size() || ends.size() < runs.size() || runs.isEmpty() ? new Run(null, null)
                : new Run(starts.getFirst(), ends.getLast());
    }

    /** Days there that it touches: on each of them a daily budget may be spent. */
    @Nullable
    Integer days(ZoneId zone) {
        if (start == null || end == null || !end.isAfter(start)) {
            return null;
        }
        var last = end.minusNanos(1).atZone(zone).toLocalDate();
        var days = ChronoUnit.DAYS.between(start.atZone(zone).toLocalDate(), last) + 1;
        return days > Integer.MAX_VALUE ? null : Integer.valueOf((int) days);
    }

    /** Seconds, or a date with time and offset; 0 is none. */
    private static @Nullable Instant time(@Nullable String json) {
        var value = Price.json(json);
        var text = value == null ? "" : value.asString("");
        try {
            if (text.matches("\\d{1,12}")) {
                var seconds = Long.parseLong(text);
                return seconds == 0 ? null : Instant.ofEpochSecond(seconds);
            }
            return OffsetDateTime.parse(text, WITH_OFFSET).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}
