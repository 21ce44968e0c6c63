package io.campaignlauncher.telegram.simulator.core;

import io.campaignlauncher.standin.FaultScript;
import java.util.List;
import java.util.random.RandomGenerator;

/** The faults in force. They are asked in the order in which they were added; all that fire on a call apply. */
public final class Faults extends FaultScript<Fault> {

    Faults(Object lock, RandomGenerator random) {
        super(lock, random, Fault::occasions);
    }

    List<FaultEffect> match(Call call, TelegramState state) {
        return firing(fault -> fault.matches(call, state)).stream().map(Fault::effect).toList();
    }
}
