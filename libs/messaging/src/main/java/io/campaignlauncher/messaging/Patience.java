package io.campaignlauncher.messaging;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Waits a little for what may be on its way from another service. */
public final class Patience {

    /** How long it may take from there to every service. */
    public static final Duration USUAL = Duration.ofSeconds(2);

    private static final Duration STEP = Duration.ofMillis(100);

    private final long stepsMax;
    private final Scheduler scheduler;

    /** @param duration for how long it is looked for, in steps of a tenth of a second; not negative */
    public Patience(Duration duration, Scheduler scheduler) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("patience may not be negative: " + duration);
        }
        this.stepsMax = duration.dividedBy(STEP);
        this.scheduler = scheduler;
    }

    /** @param once empty where it is not there yet; empty where it did not come */
    public <T> Mono<T> until(Mono<T> once) {
        return once.repeatWhenEmpty(attempts -> attempts.take(stepsMax).delayElements(STEP, scheduler));
    }
}
