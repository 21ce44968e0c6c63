package io.campaignlauncher.simulator.core;

import io.campaignlauncher.standin.FaultScript;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The faults in force. They are asked in the order in which they were added; all that fire on an operation apply. */
public final class Faults extends FaultScript<Fault> {

    Faults(Object lock, RandomGenerator random) {
        super(lock, random, Fault::occasions);
    }

    List<FaultEffect> match(FaultTarget kind, @Nullable String accountDigits, Map<String, String> parameters) {
        return firing(fault -> fault.matches(kind, accountDigits, parameters)).stream().map(Fault::effect).toList();
    }
}
