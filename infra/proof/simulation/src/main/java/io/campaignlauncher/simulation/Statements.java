package io.campaignlauncher.simulation;

import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** One process's way to the database of claims and paces: it takes time, fails, or loses its answers. */
final class Statements implements Transactions {

    private static final Duration STATEMENT = Duration.ofMillis(4);
    private static final Duration STATEMENT_SLOW = Duration.ofSeconds(20);

    private final World world;
    private final SimulatedProcess life;

    Statements(World world, SimulatedProcess life) {
        this.world = world;
        this.life = life;
    }

    @Override
    public <T> Mono<T> transaction(Supplier<T> work) {
        return Mono.create(sink -> {
            world.processes().step(life);
            var slow = world.faults().strikes(FaultKind.CLAIMS_SLOW);
            life.after(world.random().nanosUpTo(slow ? STATEMENT_SLOW : STATEMENT), () -> {
                if (world.faults().strikes(FaultKind.CLAIMS_FAILED)) {
                    sink.error(new IllegalStateException("simulated: the claims' database is away"));
                    return;
                }
                var result = work.get();
                world.processes().step(life);
                life.after(world.random().nanosUpTo(STATEMENT), () -> {
                    if (world.faults().strikes(FaultKind.CLAIMS_LOST_ACK)) {
                        sink.error(new IllegalStateException("simulated: the answer to a commit was lost"));
                    } else {
                        sink.success(result);
                    }
                });
            });
        });
    }
}
