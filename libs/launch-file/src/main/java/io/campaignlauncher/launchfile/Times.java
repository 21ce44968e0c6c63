package io.campaignlauncher.launchfile;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Points in time: month first and in the account's time zone, as Ads Manager writes them, or as ISO 8601 has them. */
record Times() implements Kind {

    private static final Pattern MONTH_FIRST = Pattern.compile(
            "(\\d{1,2})/(\\d{1,2})/(\\d{4})(?:,?\\s+(\\d{1,2}):(\\d{2})(?::(\\d{2}))?\\s*([ap]m)?)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern ISO = Pattern.compile(
            "(\\d{4})-(\\d{2})-(\\d{2})(?:[T ](\\d{2}):(\\d{2})(?::(\\d{2}))?\\s*(Z|[+-]\\d{2}:?\\d{2})?)?");
    private static final Pattern WITH_OFFSET = Pattern
            .compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}[+-]\\d{2}:\\d{2}");
    private static final DateTimeFormatter GRAPH = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ssxxx", Locale.ROOT);
    private static final DateTimeFormatter ADS_MANAGER = DateTimeFormatter.ofPattern("MM/dd/uuuu h:mm:ss a", Locale.US);
    private static final DateTimeFormatter IN_WORDS = DateTimeFormatter.ofPattern("d MMMM uuuu, HH:mm", Locale.UK);

    @Override
    public Reading read(String text, Account account) {
        var time = text.strip();
        try {
            var iso = ISO.matcher(time);
            if (iso.matches()) {
                var local = local(iso, 1, 2, 3, hour(iso));
                var offset = iso.group(7);
                return offset == null ? inZone(time, local, account)
                        : value(local.atOffset(ZoneOffset.of(offset)));
            }
            var monthFirst = MONTH_FIRST.matcher(time);
            return monthFirst.matches() ? inZone(time, monthFirst(monthFirst), account)
                    : new Reading.Mistake(
                            "This is no time that can be told for sure. Write it with the month first, such"
                                    + " as 06/17/2025 1:09 pm, or as 2025-06-17 13:09.");
        } catch (DateTimeException e) {
            return new Reading.Mistake("There is no such day, or no such time of day. The month comes first: 06/17/2025"
                    + " 1:09 pm is in June.");
        }
    }

    private static Reading inZone(String text, LocalDateTime local, Account account) {
        if (account.zone() == null) {
            return new Reading.Value(StringNode.valueOf(text));
        }
        var offsets = account.zone().getRules().getValidOffsets(local);
        return offsets.isEmpty()
                ? new Reading.Mistake(
                        "In " + account.zone() + " the clocks are put forward over this time, so that it does"
                                + " not exist. Write one before or after it.")
                : value(local.atOffset(offsets.getFirst()));
    }

    private static Reading value(OffsetDateTime time) {
        return new Reading.Value(StringNode.valueOf(GRAPH.format(time)));
    }

    private static LocalDateTime monthFirst(Matcher parts) {
        return local(parts, 3, 1, 2, hour(parts));
    }

    private static LocalDateTime local(Matcher parts, int year, int month, int day, int hour) {
        return LocalDateTime.of(number(parts, year), number(parts, month), number(parts, day), hour, number(parts, 5),
                number(parts, 6));
    }

    private static int hour(Matcher parts) {
        int hour = number(parts, 4);
        var half = parts.pattern() == MONTH_FIRST ? parts.group(7) : null;
        if (half == null) {
            return hour;
        }
        if (hour < 1 || hour > 12) {
            throw new DateTimeException("no hour of half a day");
        }
        return hour % 12 + (half.equalsIgnoreCase("pm") ? 12 : 0);
    }

    private static int number(Matcher parts, int group) {
        var digits = parts.group(group);
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    /** In words, where day and month could be taken for each other; else null. */
    static @Nullable String inWords(String text, Account account) {
        var parts = MONTH_FIRST.matcher(text.strip());
        if (!parts.matches() || number(parts, 2) > 12 || number(parts, 1) == number(parts, 2)) {
            return null;
        }
        try {
            var zone = account.zone() == null ? "in the account's time zone" : account.zone().getId();
            return IN_WORDS.format(monthFirst(parts)) + " " + zone;
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Whether what was read is one point in time, wherever it is read. */
    static boolean hasOffset(JsonNode time) {
        return WITH_OFFSET.matcher(time.stringValue()).matches();
    }

    @Override
    public @Nullable String write(JsonNode value, Account account) {
        if (!value.isString()) {
            return null;
        }
        var text = value.stringValue();
        if (account.zone() == null) {
            return text;
        }
        try {
            var local = OffsetDateTime.parse(text, GRAPH).atZoneSameInstant(account.zone()).toLocalDateTime();
            var written = ADS_MANAGER.format(local).toLowerCase(Locale.ROOT);
            return read(written, account).equals(new Reading.Value(value)) ? written : text;
        } catch (DateTimeException e) {
            return text;
        }
    }
}
