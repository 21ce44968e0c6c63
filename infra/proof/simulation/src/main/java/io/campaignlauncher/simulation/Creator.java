package io.campaignlauncher.simulation;

import io.campaignlauncher.creation.claims.ClaimSweep;
import io.campaignlauncher.creation.graph.CreationWorker;
import io.campaignlauncher.creation.graph.WorkerTime;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulation.engine.SeededRandom;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.worker.calls.JobCalls;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import reactor.core.publisher.Mono;

/** A creator process: the real worker and sweep, and a listener that acts as {@code CreationCommandListener} does. */
final class Creator {

    private static final Duration CLAIM_TIMEOUT = Duration.ofSeconds(25);
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);
    private static final Duration BUSY_PAUSE = Duration.ofMillis(50);
    private static final int POLL_MAX = 16;
    private static final List<Duration> LEASES = List.of(Duration.ofSeconds(2), CreationSettings.LEASE,
            Duration.ofMinutes(10));
    private static final List<Duration> REQUEST_TIMEOUTS = List.of(Duration.ofSeconds(1),
            CreationSettings.REQUEST_TIMEOUT, Duration.ofMinutes(10));

    private final World world;
    private final SimulatedProcess life;
    private final CreationWorker worker;
    private final int roundsBeforePollMax;
    private boolean busy;

    Creator(World world, SimulatedProcess life, Function<Duration, Graph> graphWithin) {
        this.world = world;
        this.life = life;
        var settings = world.settings();
        var statements = world.statements(life);
        var claims = settings.claims().apply(new CreatorClaims(world.trace(), life, statements, world.claimTables()));
        var paces = new WorkerPaces(statements, world.claimTables());
        var reporter = new Reporter(world, life, Topic.CREATION_EVENTS);
        var creation = ownSettings(settings.creation(), world.ownSettings());
        this.worker = new CreationWorker(graphWithin.apply(creation.requestTimeout()), world.tokens().ofOneProcess(),
                reporter, JobCalls.NONE, claims,
                paces, WorkerTime.of(life.clock(), life), creation, Processes.METERS, life.name());
        this.roundsBeforePollMax = creation.commandsAtOnce() - Math.min(POLL_MAX, creation.commandsAtOnce());
        new ClaimSweep(claims, reporter, creation.sweepEvery(), life.clock(), life).until(Mono.never()).subscribe();
    }

    /** No two creators need to be set alike: what counts is what the job says in its command. */
    private static CreationSettings ownSettings(CreationSettings s, SeededRandom random) {
        return new CreationSettings(random.oneOf(LEASES), random.oneOf(REQUEST_TIMEOUTS), s.sweepEvery(),
                s.reportEvery(),
                s.branchesAtOnce(), s.requestsAtOnce(), s.requestsWaitingMax(), s.commandsAtOnce(),
                s.mutationsPerSecond(), s.rateLimitPause());
    }

    SimulatedProcess life() {
        return life;
    }

    void stop(UUID jobId) {
        worker.stop(jobId);
    }

    /** Takes what there is, unless it is at it already. */
    void take() {
        if (busy) {
            return;
        }
        if (worker.roundsInProgress() > roundsBeforePollMax) {
            busy = true;
            life.after(BUSY_PAUSE.toNanos(), this::again);
            return;
        }
        var polled = world.commands().acquire(life);
        if (polled.isEmpty()) {
            return;
        }
        busy = true;
        world.processes().step(life);
        var commands = polled.stream().map(CommandQueue.Entry::command).toList();
        worker.begin(commands).timeout(CLAIM_TIMEOUT, life).thenReturn(true).onErrorReturn(false).subscribe(begun -> {
            world.processes().step(life);
            life.after(0, () -> acknowledge(polled, begun));
        });
    }

    private void acknowledge(List<CommandQueue.Entry> polled, boolean begun) {
        if (begun) {
            polled.forEach(entry -> entry.accept(life));
            again();
        } else {
            polled.forEach(entry -> entry.release(life));
            awaitClaims();
        }
    }

    private void awaitClaims() {
        worker.claimsReachable().thenReturn(true).onErrorResume(_ -> Mono.just(false)).subscribe(reachable -> {
            if (reachable) {
                again();
            } else {
                life.after(RETRY_PAUSE.toNanos(), this::awaitClaims);
            }
        });
    }

    private void again() {
        busy = false;
        take();
    }
}
