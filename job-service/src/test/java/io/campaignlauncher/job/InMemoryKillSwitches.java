package io.campaignlauncher.job;

import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Kill switches that turn when they are told to, or when the test says that Kafka has it. */
public final class InMemoryKillSwitches implements KillSwitches {

    /** What comes before a turn. */
    public volatile Mono<Void> publication = Mono.empty();
    public volatile Mono<Void> reading = Mono.empty();
    private final Map<KillSwitch, State> states = new ConcurrentHashMap<>();
    private final Clock clock;

    public InMemoryKillSwitches(Clock clock) {
        this.clock = clock;
    }

    @Override
    public State state(KillSwitch which) {
        return states.getOrDefault(which, State.asSet(true));
    }

    @Override
    public Flux<Boolean> on(KillSwitch which) {
        return Flux.never();
    }

    @Override
    public Mono<Void> turn(KillSwitch which, boolean enabled, @Nullable String reason, @Nullable String by) {
        return publication.then(Mono.fromRunnable(
                () -> states.put(which, new State(enabled, clock.instant(), by == null ? "/test" : by, reason))));
    }

    @Override
    public Mono<Void> known() {
        return reading;
    }
}
