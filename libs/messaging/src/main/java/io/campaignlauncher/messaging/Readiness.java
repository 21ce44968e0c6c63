package io.campaignlauncher.messaging;

import reactor.core.publisher.Mono;

/** Tells when a part has what it needs to work. */
public interface Readiness {

    /** Completes when it is ready, at once if it is already; stays silent while it is not. Never fails. */
    Mono<Void> ready();

    /** Ready when both are. */
    static Readiness both(Readiness one, Readiness other) {
        return () -> Mono.when(one.ready(), other.ready());
    }

    /** For what needs nothing. */
    static Readiness always() {
        return Mono::empty;
    }
}
