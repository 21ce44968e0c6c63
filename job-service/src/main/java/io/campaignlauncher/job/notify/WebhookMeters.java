package io.campaignlauncher.job.notify;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/** Figures about notifications. */
final class WebhookMeters {

    /** What came of an attempt to tell somebody. */
    enum Outcome {
        DELIVERED,
        /** It is tried again. */
        FAILED,
        GIVEN_UP,
        /** What happened could not be made out. */
        UNREADABLE
    }

    private final Map<Outcome, Counter> outcomes = new EnumMap<>(Outcome.class);
    private final Timer time;

    WebhookMeters(MeterRegistry registry) {
        for (var outcome : Outcome.values()) {
            outcomes.put(outcome, Counter.builder("launch.webhooks")
                    .tag("outcome", outcome.name().toLowerCase(Locale.ROOT))
                    .description("Attempts to tell a webhook of a job")
                    .register(registry));
        }
        time = Timer.builder("launch.webhooks.time").description("From what happened to its delivery")
                .register(registry);
    }

    void delivered(Duration after) {
        count(Outcome.DELIVERED);
        time.record(after.isNegative() ? Duration.ZERO : after);
    }

    void count(Outcome outcome) {
        Objects.requireNonNull(outcomes.get(outcome)).increment();
    }
}
