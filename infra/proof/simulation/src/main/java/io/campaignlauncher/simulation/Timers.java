package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Awaited;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Durable timers, and the watch over stalled jobs: whichever job service is there carries them out, again where one died over it.
 * As {@code job.axon.TimerService} and {@code StalledJobs} do it.
 */
final class Timers {

    private static final Duration POLL = Duration.ofMillis(150);
    private static final Duration RETRY = Duration.ofSeconds(1);
    private static final Duration HEARTBEATS = Duration.ofSeconds(20);
    private static final Duration STALLED_POLL = Duration.ofSeconds(10);
    private static final Duration STALLED_AFTER = Duration.ofMinutes(2);

    private final World world;

    Timers(World world) {
        this.world = world;
        world.loop().after(STALLED_POLL, null, this::watch);
    }

    void schedule(String jobId, int waitNumber, Instant at) {
        var later = at.plus(world.random().upTo(POLL));
        world.loop().at(later, null, () -> execute(jobId, waitNumber));
        if (world.faults().strikes(FaultKind.TIMER_TWICE)) {
            world.loop().at(later.plus(world.random().upTo(HEARTBEATS)), null, () -> execute(jobId, waitNumber));
        }
    }

    private void execute(String jobId, int waitNumber) {
        var life = world.processes().anyOf(Processes.JOB_SERVICE);
        if (!life.isAlive()) {
            world.loop().after(RETRY, null, () -> execute(jobId, waitNumber));
            return;
        }
        var ended = new boolean[1];
        life.after(0, () -> world.processes().host(life)
                .decide(jobId, List.of(new IssuedCommand(new JobCommand.EndWait(waitNumber), Origin.JOB)))
                .subscribe(_ -> ended[0] = true, e -> life.after(RETRY.toNanos(), () -> {
                    ended[0] = true;
                    if (!UndecidableJob.isBehind(e)) {
                        execute(jobId, waitNumber);
                    }
                })));
        world.loop().after(HEARTBEATS, null, () -> {
            if (!ended[0]) {
                execute(jobId, waitNumber);
            }
        });
    }

    private void watch() {
        world.loop().after(STALLED_POLL, null, this::watch);
        var life = world.processes().anyOf(Processes.JOB_SERVICE);
        if (!life.isAlive()) {
            return;
        }
        var noEventSince = world.loop().now().minus(STALLED_AFTER);
        world.store().streams().forEach((jobId, stream) -> {
            var state = stream.state;
            if (!state.phase().settled() && stream.lastEventAt.isBefore(noEventSince)
                    && state.awaited() != Awaited.PERSON
                    && (state.waiting() == null || state.waiting().until().isBefore(noEventSince))) {
                var last = stream.lastEventAt;
                world.trace().line(life.name(), jobId, () -> "nothing was heard since " + last + ", resumed");
                world.stalled();
                life.after(0, () -> world.processes().host(life)
                        .decide(jobId, List.of(new IssuedCommand(new JobCommand.ResumeStalled(last), Origin.JOB)))
                        .subscribe(_ -> {}, _ -> {}));
            }
        });
    }
}
