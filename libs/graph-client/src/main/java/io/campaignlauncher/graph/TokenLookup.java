package io.campaignlauncher.graph;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Finds an access token by the id it was stored under, and waits a little for one that may be on its way. */
public final class TokenLookup {

    /** How long a token may take from its storing to every service. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(100);

    private final Function<String, Optional<String>> stored;
    private final long stepsMax;
    private final Scheduler scheduler;

    /** @param stored answers from memory */
    public TokenLookup(Function<String, Optional<String>> stored, Duration patience, Scheduler scheduler) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience may not be negative: " + patience);
        }
        this.stored = stored;
        this.stepsMax = patience.dividedBy(STEP);
        this.scheduler = scheduler;
    }

    /** The token; empty where none is known when the patience has run out. */
    public Mono<AccessToken> find(String credentialId) {
        return Mono.defer(() -> Mono.justOrEmpty(stored.apply(credentialId).filter(value -> !value.isBlank())))
                .repeatWhenEmpty(attempts -> attempts.take(stepsMax).delayElements(STEP, scheduler))
                .map(AccessToken::new);
    }
}
