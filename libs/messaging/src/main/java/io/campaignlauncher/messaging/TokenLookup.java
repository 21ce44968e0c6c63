package io.campaignlauncher.messaging;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Finds an access token by the name it was stored under, and waits a little for one that may be on its way. */
public final class TokenLookup {

    /** How long a token may take from its storing to every service. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration STEP = Duration.ofMillis(100);

    private final AccessTokens stored;
    private final long stepsMax;
    private final Scheduler scheduler;

    public TokenLookup(AccessTokens stored, Duration patience, Scheduler scheduler) {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("patience may not be negative: " + patience);
        }
        this.stored = stored;
        this.stepsMax = patience.dividedBy(STEP);
        this.scheduler = scheduler;
    }

    /** The token; empty where none is known when the patience has run out. */
    public Mono<String> find(CredentialName name) {
        return Mono.defer(() -> Mono.justOrEmpty(stored.accessToken(name).filter(value -> !value.isBlank())))
                .repeatWhenEmpty(attempts -> attempts.take(stepsMax).delayElements(STEP, scheduler));
    }
}
