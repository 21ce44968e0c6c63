package io.campaignlauncher.access.http;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.reactive.function.server.ServerRequest;

/** What a list is asked for by its address. Every mistake is told at once. */
public final class QueryParameters {

    /** PostgreSQL has later and earlier times than these, and Java has more. */
    private static final int YEAR_MAX = 9999;

    private final ServerRequest request;
    private final List<HttpProblem.Mistake> mistakes = new ArrayList<>();

    /** @param from the first moment @param to the first moment after it; both null: at any time */
    public record Period(@Nullable Instant from, @Nullable Instant to) {}

    public QueryParameters(ServerRequest request) {
        this.request = request;
    }

    /**
     * @param read what was given; empty where it is not as the rule says
     * @return null where there is nothing, or nothing good
     */
    public <T> @Nullable T take(String name, String rule, Function<String, Optional<T>> read) {
        var given = request.queryParams().getOrDefault(name, List.of());
        if (given.size() > 1) {
            mistakes.add(new HttpProblem.Mistake(name, "is told more than once"));
        }
        if (given.size() != 1) {
            return null;
        }
        var value = Optional.ofNullable(given.getFirst()).flatMap(read).orElse(null);
        if (value == null) {
            mistakes.add(new HttpProblem.Mistake(name, rule));
        }
        return value;
    }

    public @Nullable String text(String name) {
        return take(name, "may not be empty, nor hold a zero character", QueryParameters::readable);
    }

    public @Nullable String matching(String name, Pattern form, String rule) {
        return take(name, rule, given -> Optional.of(given).filter(text -> form.matcher(text).matches()));
    }

    /** {@code from} and {@code to}. */
    public Period period() {
        var rule = "must be a time with its offset, as 2026-01-31T12:00:00Z";
        var period = new Period(take("from", rule, QueryParameters::time), take("to", rule, QueryParameters::time));
        if (period.from() != null && period.to() != null && !period.from().isBefore(period.to())) {
            mistakes.add(new HttpProblem.Mistake("to", "must be later than from"));
        }
        return period;
    }

    /** PostgreSQL has no text with a zero character. */
    public static Optional<String> readable(String given) {
        return Optional.of(given).filter(text -> !text.isBlank() && text.indexOf('\0') < 0);
    }

    private static Optional<Instant> time(String given) {
        try {
            var time = OffsetDateTime.parse(given);
            return time.getYear() >= 1 && time.getYear() <= YEAR_MAX ? Optional.of(time.toInstant()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    /** Null where nothing is said, or nothing good. */
    public @Nullable Long number(String name, long min, long max) {
        return take(name, "must be a whole number from " + min + " to " + max, given -> within(given, min, max));
    }

    private static Optional<Long> within(String given, long min, long max) {
        try {
            return Optional.of(Long.valueOf(given)).filter(number -> number >= min && number <= max);
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** @throws HttpProblem 400, where something was not as it should be */
    public void areGood() {
        if (!mistakes.isEmpty()) {
            throw HttpProblem.mistakes(mistakes);
        }
    }
}
