package io.campaignlauncher.creation;

import io.campaignlauncher.creation.claims.ClaimPurge;
import io.campaignlauncher.creation.claims.ClaimSweep;
import io.campaignlauncher.creation.graph.CreationWorker;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** Starts the sweep and the purge; at the end lets what is in flight come to its end, after no more commands are taken. */
final class CreatorLifecycle implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(CreatorLifecycle.class);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final Duration DRAIN_MAX = Duration.ofSeconds(3);

    private final CreationWorker worker;
    private final ClaimSweep sweep;
    private final ClaimPurge purge;
    private final Duration patience;
    private volatile @Nullable Housekeeping housekeeping;

    private record Housekeeping(Sinks.Empty<Void> end, CompletableFuture<Void> ended) {}

    CreatorLifecycle(CreationWorker worker, ClaimSweep sweep, ClaimPurge purge, Duration patience) {
        this.worker = worker;
        this.sweep = sweep;
        this.purge = purge;
        this.patience = patience;
    }

    @Override
    public void start() {
        var end = Sinks.<Void>empty();
        housekeeping = new Housekeeping(end,
                Mono.when(sweep.until(end.asMono()), purge.until(end.asMono())).toFuture());
    }

    @Override
    public void stop() {
        worker.leave();
        var until = System.nanoTime() + patience.toNanos();
        while (worker.roundsInProgress() > 0 && System.nanoTime() - until < 0) {
            LockSupport.parkNanos(LOOK_EVERY.toNanos());
        }
        try {
            worker.drain().block(DRAIN_MAX);
        } catch (RuntimeException e) {
            LOG.warn("some finished rounds are left to the sweep: {}", e.toString());
        }
        var stopping = housekeeping;
        if (stopping != null) {
            stopping.end().tryEmitEmpty();
            stopping.ended().completeOnTimeout(null, DRAIN_MAX.toMillis(), TimeUnit.MILLISECONDS).join();
        }
        housekeeping = null;
    }

    @Override
    public boolean isRunning() {
        return housekeeping != null;
    }

    /** Stopped after the listener, which has the last phase. */
    @Override
    public int getPhase() {
        return DEFAULT_PHASE - 1;
    }
}
