package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.simulation.EventStore.Snapshot;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/** Decides on jobs in one process, as {@code job.axon.AxonJobs} and its aggregate do it: a cache, a version, a few attempts. */
final class JobHost {

    private static final int ATTEMPTS_MAX = 10;
    private static final Duration READ = Duration.ofMillis(3);
    private static final Duration COMMIT = Duration.ofMillis(5);
    private static final double FORGOTTEN = 0.3;

    private final World world;
    private final SimulatedProcess life;
    private final Map<String, Snapshot> cache = new HashMap<>();

    JobHost(World world, SimulatedProcess life) {
        this.world = world;
        this.life = life;
    }

    /** Completes with a decision on each command, when everything is durable. */
    Mono<List<Decision>> decide(String jobId, List<IssuedCommand> commands) {
        return Mono.create(sink -> attempt(jobId, commands, 1, sink));
    }

    private void attempt(String jobId, List<IssuedCommand> commands, int attempt,
            MonoSink<List<Decision>> sink) {
        var now = life.clock().instant().truncatedTo(ChronoUnit.MILLIS);
        life.after(world.random().nanosUpTo(READ), () -> {
            if (world.random().chance(FORGOTTEN)) {
                cache.remove(jobId); // the cache holds jobs weakly
            }
            var base = cache.computeIfAbsent(jobId, world.store()::load);
            world.processes().step(life);
            life.after(world.random().nanosUpTo(COMMIT), () -> {
                if (world.faults().strikes(FaultKind.STORE_FAILED)) {
                    cache.remove(jobId);
                    sink.error(new IllegalStateException("simulated: the database is away"));
                    return;
                }
                if (world.store().isUndecidable(jobId)) {
                    cache.remove(jobId);
                    sink.error(new UndecidableJob(jobId, new UnreadableRecord("simulated", null)));
                    return;
                }
                var outcome = world.store().decide(jobId, commands, now, base);
                world.processes().step(life);
                if (outcome.after() == null) {
                    cache.remove(jobId);
                    if (attempt == ATTEMPTS_MAX) {
                        sink.error(new IllegalStateException("simulated: too many conflicts"));
                    } else {
                        attempt(jobId, commands, attempt + 1, sink);
                    }
                    return;
                }
                cache.put(jobId, outcome.after());
                life.after(world.random().nanosUpTo(COMMIT), () -> {
                    if (world.faults().strikes(FaultKind.STORE_LOST_ACK)) {
                        cache.remove(jobId);
                        sink.error(new IllegalStateException("simulated: the answer to a commit was lost"));
                    } else {
                        sink.success(outcome.decisions());
                    }
                });
            });
        });
    }
}
