package io.campaignlauncher.readmodel;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;

/** Figures about the read model. */
public final class ReadModelMeters {

    private final Counter applied;
    private final Counter unreadable;
    private final Counter gaps;
    private final Counter passedOver;
    private final Timer lag;

    public ReadModelMeters(MeterRegistry registry) {
        applied = Counter.builder("read.model.events").description("Events folded into the tables").register(registry);
        unreadable = Counter.builder("read.model.unreadable")
                .description("Events left out because this version cannot read them")
                .register(registry);
        gaps = Counter.builder("read.model.gaps")
                .description("Times that events had to be fetched from the event store")
                .register(registry);
        passedOver = Counter.builder("read.model.passed.over")
                .description(
                        "Times that events were passed over: the store does not know them, or the tables refuse them")
                .register(registry);
        lag = Timer.builder("read.model.lag")
                .description("From an event to its place in the tables")
                .publishPercentiles(0.5, 0.99)
                .register(registry);
    }

    void applied() {
        applied.increment();
    }

    public void unreadable() {
        unreadable.increment();
    }

    public void passedOver() {
        passedOver.increment();
    }

    void gap() {
        gaps.increment();
    }

    public void inTablesAfter(Duration time) {
        lag.record(time.isNegative() ? Duration.ZERO : time);
    }
}
