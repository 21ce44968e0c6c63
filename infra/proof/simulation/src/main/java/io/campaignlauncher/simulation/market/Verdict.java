package io.campaignlauncher.simulation.market;

import io.campaignlauncher.simulation.engine.Trace;
import io.campaignlauncher.simulation.engine.Violation;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The first promise that was broken: noted where it is found, and thrown where no other code can catch it. */
final class Verdict {

    private final Trace trace;
    private @Nullable Violation broken;

    Verdict(Trace trace) {
        this.trace = trace;
    }

    void require(boolean kept, Supplier<String> promise) {
        if (!kept) {
            broken(new Violation(promise.get()));
        }
    }

    void broken(Violation violation) {
        if (broken == null) {
            broken = violation;
            trace.line("checker", "", () -> "VIOLATION: " + violation.getMessage());
        }
    }

    void rethrow() {
        if (broken != null) {
            throw broken;
        }
    }
}
