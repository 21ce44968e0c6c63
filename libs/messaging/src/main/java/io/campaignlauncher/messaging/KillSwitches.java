package io.campaignlauncher.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The states of the system's kill switches, as far as this instance has read them. */
public interface KillSwitches {

    /**
     * The state of a switch.
     *
     * @param enabled  true: work goes on
     * @param turnedAt when it was turned last; null: never, it is as its setting says
     * @param turnedBy who asked for it; where that is not known, the service that was told to; null likewise
     * @param reason   why, in an operator's words; null where nothing was said
     */
    record State(boolean enabled, @Nullable Instant turnedAt, @Nullable String turnedBy, @Nullable String reason) {

        /** Never turned. */
        public static State asSet(boolean enabled) {
            return new State(enabled, null, null, null);
        }
    }

    /** Answers from memory; before the switches were read: as the settings say. */
    State state(KillSwitch which);

    default boolean isOn(KillSwitch which) {
        return state(which).enabled();
    }

    /** Whether it is on: silent until the switches were read, then its state, then every change. Never ends or fails. */
    Flux<Boolean> on(KillSwitch which);

    /**
     * Turns a switch for all services and instances, until it is turned again.
     *
     * @param by the subject of who asks for it; null: not known
     * @return completes when Kafka has it for good and this instance has heard of it, others a moment later; an error means
     *     that it may have been turned or not
     */
    Mono<Void> turn(KillSwitch which, boolean enabled, @Nullable String reason, @Nullable String by);

    /** The same, where it is not known who asks for it. */
    default Mono<Void> turn(KillSwitch which, boolean enabled, @Nullable String reason) {
        return turn(which, enabled, reason, null);
    }

    /** Completes once the switches were read. */
    Mono<Void> known();
}
