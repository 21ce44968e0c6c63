package io.campaignlauncher.console.model;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.function.UnaryOperator;

/** Days that a form asks for, as moments that a service is asked for: from a midnight to the next, in UTC. */
public final class Days {

    private static final String FROM = "from";
    private static final String TO = "to";

    private Days() {}

    /** @param query whose {@code from} and {@code to} are changed, but for what is no day: a service says so */
    public static void asMoments(Map<String, String> query) {
        query.computeIfPresent(FROM, (_, given) -> moment(given, day -> day));
        query.computeIfPresent(TO, (_, given) -> moment(given, day -> day.plusDays(1)));
    }

    private static String moment(String given, UnaryOperator<LocalDate> begins) {
        try {
            return begins.apply(LocalDate.parse(given)).atStartOfDay(ZoneOffset.UTC).toInstant().toString();
        } catch (DateTimeException e) {
            return given;
        }
    }
}
