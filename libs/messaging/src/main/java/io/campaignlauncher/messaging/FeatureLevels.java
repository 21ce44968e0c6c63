package io.campaignlauncher.messaging;

import reactor.core.publisher.Mono;

/** At which level of the contract this instance may write. */
public interface FeatureLevels {

    /**
     * Asked in the moment of a decision: what is newer may not be written. Replay never asks, a fact is a fact.
     *
     * @return the highest level that every instance reads, as far as this one has heard of them; the first one before
     */
    int current();

    /** Completes once the others were heard of and this one has announced itself: no work is taken before. */
    Mono<Void> known();
}
