package io.campaignlauncher.simulation.engine;

import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** One process's way to something that commits: a database, a broker. It takes time, fails, or loses its answers. */
public final class Commits implements Transactions {

    private static final Duration SLOW = Duration.ofSeconds(20);

    private final Surroundings surroundings;
    private final Lives lives;
    private final SimulatedProcess life;
    private final Duration latency;
    private final Hazards hazards;

    /** @param slow null: it never is */
    public record Hazards(Hazard failed, Hazard lostAck, @Nullable Hazard slow) {}

    public Commits(Surroundings surroundings, Lives lives, SimulatedProcess life, Duration latency, Hazards hazards) {
        this.surroundings = surroundings;
        this.lives = lives;
        this.life = life;
        this.latency = latency;
        this.hazards = hazards;
    }

    @Override
    public <T> Mono<T> transaction(Supplier<T> work) {
        return Mono.create(sink -> {
            lives.step(life);
            var random = surroundings.random();
            var faults = surroundings.faults();
            var slow = hazards.slow() != null && faults.strikes(hazards.slow());
            life.after(random.nanosUpTo(slow ? SLOW : latency), () -> {
                if (faults.strikes(hazards.failed())) {
                    sink.error(new CommitFailed("simulated: it was not committed"));
                    return;
                }
                T result;
                try {
                    result = work.get();
                } catch (CommitRefused refused) {
                    sink.error(refused.reason());
                    return;
                }
                lives.step(life);
                life.after(random.nanosUpTo(latency), () -> {
                    if (faults.strikes(hazards.lostAck())) {
                        sink.error(new CommitFailed("simulated: the answer to a commit was lost"));
                    } else {
                        sink.success(result);
                    }
                });
            });
        });
    }
}
