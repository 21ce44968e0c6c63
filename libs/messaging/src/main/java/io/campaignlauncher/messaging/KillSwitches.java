package io.campaignlauncher.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** How the kill switches of the whole system stand, as far as this instance has heard. */
public interface KillSwitches {

    /**
     * How a switch stands.
     *
     * @param enabled  true: work goes on
     * @param turnedAt when it was turned last; null: never, it stands as its setting says
     * @param turnedBy the service that was told to; null likewise
     * @param reason   why, in an operator's words; null where nothing was said
     */
    record Stand(boolean enabled, @Nullable Instant turnedAt, @Nullable String turnedBy, @Nullable String reason) {

        /** Never turned. */
        public static Stand asSet(boolean enabled) {
            return new Stand(enabled, null, null, null);
        }
    }

    /** Answers from memory; before the switches were read: as the settings say. */
    Stand stand(KillSwitch which);

    default boolean isOn(KillSwitch which) {
        return stand(which).enabled();
    }

    /** Whether it is on: silent until the switches were read, then its stand, then every change. Never ends or fails. */
    Flux<Boolean> on(KillSwitch which);

    /**
     * Turns a switch for all services and instances, until it is turned again.
     *
     * @return completes when Kafka has it for good and this instance has heard of it, others a moment later; an error means
     *     that it may have been turned or not
     */
    Mono<Void> turn(KillSwitch which, boolean enabled, @Nullable String reason);

    /** Completes once the switches were read. */
    Mono<Void> known();
}
