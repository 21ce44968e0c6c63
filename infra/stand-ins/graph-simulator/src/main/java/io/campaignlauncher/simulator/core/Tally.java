package io.campaignlauncher.simulator.core;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;

/** Counts what was asked and what was refused. */
final class Tally {

    private final Map<FaultTarget, Long> operations = new EnumMap<>(FaultTarget.class);
    private final Map<Integer, Long> errors = new TreeMap<>();
    private long calls;
    private long unanswered;

    void call(boolean batch) {
        calls++;
        if (batch) {
            operation(FaultTarget.BATCH);
        }
    }

    void operation(FaultTarget kind) {
        operations.merge(kind, 1L, Long::sum);
    }

    void error(int code) {
        errors.merge(code, 1L, Long::sum);
    }

    void unanswered() {
        unanswered++;
    }

    Counters snapshot() {
        return new Counters(calls, unanswered, Map.copyOf(operations), Map.copyOf(errors));
    }
}
