package io.campaignlauncher.console.http;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;

/** How log-ins go, for who runs this. */
final class LogInFigures {

    /** What became of a try to log in. */
    enum Outcome {
        OK, REFUSED, LIMITED, UNAVAILABLE
    }

    /** Why a session ended before its time. */
    enum End {
        LOG_OUT, REFUSED, UNKNOWN, TOO_MANY
    }

    private final Map<Outcome, Counter> logIns;
    private final Map<End, Counter> ends;
    private final MeterRegistry meters;

    LogInFigures(MeterRegistry meters) {
        this.meters = meters;
        logIns = counters(Outcome.values(), outcome -> Counter.builder("console.log.ins").tag("outcome", word(outcome))
                .description("tries to log in at the console").register(meters));
        ends = counters(End.values(), why -> Counter.builder("console.sessions.ended").tag("why", word(why))
                .description("sessions of the console that ended before their time").register(meters));
    }

    private static <K> Map<K, Counter> counters(K[] keys, Function<K, Counter> counter) {
        return Arrays.stream(keys).collect(Collectors.toUnmodifiableMap(key -> key, counter));
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }

    void show(Sessions sessions) {
        Gauge.builder("console.sessions", sessions, Sessions::count).description("log-ins that go on").register(meters);
    }

    void tried(Outcome outcome) {
        Objects.requireNonNull(logIns.get(outcome)).increment();
    }

    void ended(End why) {
        Objects.requireNonNull(ends.get(why)).increment();
    }
}
