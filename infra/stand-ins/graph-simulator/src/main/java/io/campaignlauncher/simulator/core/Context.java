package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The circumstances of one operation: when, with which faults, and what other operations of the same HTTP call pretended
 * to create.
 */
record Context(Instant now, List<FaultEffect> effects, Map<Long, GraphObject> phantoms) {

    static Context plain(Instant now) {
        return new Context(now, List.of(), new HashMap<>());
    }

    Context with(List<FaultEffect> others) {
        return new Context(now, others, phantoms);
    }

    boolean has(Class<? extends FaultEffect> type) {
        return first(type) != null;
    }

    <T extends FaultEffect> @Nullable T first(Class<T> type) {
        for (var effect : effects) {
            if (type.isInstance(effect)) {
                return type.cast(effect);
            }
        }
        return null;
    }
}
