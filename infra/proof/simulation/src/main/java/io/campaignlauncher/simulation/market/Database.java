package io.campaignlauncher.simulation.market;

import io.campaignlauncher.simulation.engine.CommitFailed;
import io.campaignlauncher.simulation.engine.Commits;
import io.campaignlauncher.simulation.engine.Lives;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Surroundings;
import io.campaignlauncher.simulation.engine.Transactions;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** The database that the marketplace and the posting service share. Now and then it is away for all of them. */
final class Database {

    private static final Duration STATEMENT = Duration.ofMillis(4);
    private static final Duration AWAY = Duration.ofSeconds(40);

    private final Surroundings surroundings;
    private final Lives lives;
    private Instant awayUntil = Instant.MIN;

    Database(Surroundings surroundings, Lives lives) {
        this.surroundings = surroundings;
        this.lives = lives;
    }

    /** One process's way to it. */
    Transactions connection(SimulatedProcess life, Commits.Hazards hazards) {
        var commits = new Commits(surroundings, lives, life, STATEMENT, hazards);
        return new Transactions() {

            @Override
            public <T> Mono<T> transaction(Supplier<T> work) {
                return Mono.defer(() -> isAway() ? Mono.delay(STATEMENT, life)
                        .then(Mono.error(() -> new CommitFailed("simulated: the database is away")))
                        : commits.transaction(work));
            }
        };
    }

    private boolean isAway() {
        var now = surroundings.loop().now();
        if (now.isAfter(awayUntil) && surroundings.faults().strikes(MarketFault.DATABASE_AWAY)) {
            awayUntil = now.plus(surroundings.random().upTo(AWAY));
            surroundings.trace().line("database", "", () -> "is away until " + awayUntil);
        }
        return now.isBefore(awayUntil);
    }
}
