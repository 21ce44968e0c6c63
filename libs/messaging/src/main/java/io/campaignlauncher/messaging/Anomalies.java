package io.campaignlauncher.messaging;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/** Counts anomalies: {@code launch.anomalies}, tagged {@code kind} and {@code cause}, each from 0. */
public final class Anomalies {

    private final Map<Anomaly, Counter> counters = new EnumMap<>(Anomaly.class);

    public Anomalies(MeterRegistry registry) {
        for (var anomaly : Anomaly.values()) {
            counters.put(anomaly, Counter.builder("launch.anomalies")
                    .tags("kind", anomaly.kind(), "cause", anomaly.cause())
                    .description("What should not have happened and was coped with")
                    .register(registry));
        }
    }

    public void count(Anomaly anomaly, long times) {
        Objects.requireNonNull(counters.get(anomaly)).increment(times);
    }

    /** Takes over what was tallied. */
    public void count(Map<Anomaly, Long> tally) {
        tally.forEach(this::count);
    }
}
