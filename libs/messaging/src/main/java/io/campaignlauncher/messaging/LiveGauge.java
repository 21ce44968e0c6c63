package io.campaignlauncher.messaging;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A gauge of things that come and go within a process, several at a time or one after another: Micrometer's own knows the first one
 * that it was made for, and tells {@code NaN} when that is gone. This one tells of those that are there, and is not there while none is.
 *
 * @param name        as Micrometer names it
 * @param unit        null: none
 * @param together    of two values, what both come to: their sum, or the greater one
 */
public record LiveGauge<T>(String name, Tags tags, @Nullable String unit, String description, ToDoubleFunction<T> value,
        DoubleBinaryOperator together) {

    private static final Map<MeterRegistry, Map<String, Set<Object>>> THERE = new WeakHashMap<>();

    /**
     * Counts a thing in for as long as anybody holds it, or until it is {@link #leave let go}.
     *
     * @param thing equal to itself alone
     */
    public void join(MeterRegistry meters, T thing) {
        synchronized (THERE) {
            var all = all(meters);
            all.add(thing);
            if (meters.find(name).tags(tags).gauge() == null) {
                Gauge.builder(name, all, this::of).strongReference(true).tags(tags).baseUnit(unit)
                        .description(description).register(meters);
            }
        }
    }

    /** It is over, whoever still holds it. */
    public void leave(MeterRegistry meters, T thing) {
        synchronized (THERE) {
            var all = all(meters);
            all.remove(thing);
            if (all.isEmpty()) {
                meters.find(name).tags(tags).gauges().forEach(meters::remove);
            }
        }
    }

    @SuppressWarnings("unchecked")
    private double of(Set<Object> all) {
        return List.copyOf(all).stream().mapToDouble(thing -> value.applyAsDouble((T) thing)).reduce(together)
                .orElse(Double.NaN);
    }

    private Set<Object> all(MeterRegistry meters) {
        return THERE.computeIfAbsent(meters, _ -> new HashMap<>()).computeIfAbsent(name + tags,
                _ -> Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>())));
    }
}
