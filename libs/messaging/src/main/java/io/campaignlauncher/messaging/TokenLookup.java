package io.campaignlauncher.messaging;

import java.time.Duration;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Finds an access token by the name it was stored under, and waits a little for one that may be on its way. */
public final class TokenLookup {

    /** How long a token may take from its storing to every service. */
    public static final Duration PATIENCE = Patience.USUAL;

    private final AccessTokens stored;
    private final Patience patience;

    public TokenLookup(AccessTokens stored, Duration patience, Scheduler scheduler) {
        this.stored = stored;
        this.patience = new Patience(patience, scheduler);
    }

    /** The token for work on the ad account; empty where none that may be used is known when the patience has run out. */
    public Mono<String> find(CredentialName name, String adAccountId) {
        return patience.until(Mono.defer(
                () -> Mono.justOrEmpty(stored.accessToken(name, adAccountId).filter(value -> !value.isBlank()))));
    }
}
