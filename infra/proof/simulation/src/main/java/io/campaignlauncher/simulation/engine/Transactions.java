package io.campaignlauncher.simulation.engine;

import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** A way to the database of claims and paces. */
public interface Transactions {

    /** Does all of the work or nothing; an error does not tell which. */
    <T> Mono<T> transaction(Supplier<T> work);
}
