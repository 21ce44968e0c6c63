package io.campaignlauncher.simulation;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.simulation.engine.Figures;
import io.campaignlauncher.simulation.engine.SeededRandom;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who cancels launches: some of them at any time, some right after one of the job's events, some when a rollback is to be
 * decided, some twice, some after the end. The dice are of their own, so that runs in which nobody cancels are as they
 * were.
 */
final class Cancels {

    private static final double CANCELLED = 0.3;
    private static final double TWICE = 0.3;
    private static final double AT_ROLLBACK = 0.1;
    private static final int EVENTS_MAX = 12;
    private static final Duration AGAIN_WITHIN = Duration.ofMinutes(8);
    private static final Duration AFTER_EVENT = Duration.ofSeconds(2);
    private static final Duration ASK_AGAIN = Duration.ofSeconds(5);
    private static final JobCommand CANCEL = new JobCommand.CancelJob("u-9", "no longer wanted");

    private final World world;
    private final SeededRandom random;
    /** By job after how many more events somebody cancels it. */
    private final Map<String, Integer> eventsLeft = new HashMap<>();
    private final Map<Phase, Integer> taken = new EnumMap<>(Phase.class);
    private int refused;

    Cancels(World world, SeededRandom random) {
        this.world = world;
        this.random = random;
    }

    void begin() {
        for (var order : world.orders()) {
            if (!anybodyCancels() || !random.chance(CANCELLED)) {
                continue;
            }
            if (random.chance(0.4)) {
                world.loop().after(random.upTo(random.oneOf(Duration.ofSeconds(30), Duration.ofMinutes(2),
                        Duration.ofMinutes(20))), null, () -> cancel(order.jobId()));
            } else {
                eventsLeft.put(order.jobId(), random.between(1, EVENTS_MAX));
            }
        }
    }

    /** An event of the job was appended. Rollbacks are rare, so somebody who looks at one cancels rather often. */
    void happened(String jobId, JobEvent event) {
        var aboutWhatExists = event instanceof JobEvent.RollbackProposed || event instanceof JobEvent.RollbackDeclined
                || event instanceof JobEvent.DeletionRequested;
        if (aboutWhatExists && anybodyCancels() && random.chance(AT_ROLLBACK)) {
            soon(jobId);
        }
        eventsLeft.computeIfPresent(jobId, (_, left) -> {
            if (left > 1) {
                return left - 1;
            }
            soon(jobId);
            return null;
        });
    }

    /** A run with some faults alone is to show what those lead to. */
    private boolean anybodyCancels() {
        return world.settings().only().isEmpty();
    }

    private void soon(String jobId) {
        world.loop().after(random.upTo(random.chance(0.5) ? AFTER_EVENT : AFTER_EVENT.dividedBy(100)), null,
                () -> cancel(jobId));
        if (random.chance(TWICE)) {
            world.loop().after(random.upTo(AGAIN_WITHIN), null, () -> cancel(jobId));
        }
    }

    /** Until it is answered. A job that is not accepted yet cannot be cancelled. */
    private void cancel(String jobId) {
        var life = world.processes().anyOf(Processes.JOB_SERVICE);
        world.trace().line("user", jobId, () -> "cancels");
        var answered = new boolean[1];
        life.after(0, () -> world.processes().host(life)
                .decide(jobId, List.of(new IssuedCommand(world.settings().wishes().apply(CANCEL), Origin.JOB)))
                .subscribe(decisions -> {
                    answered[0] = true;
                    answered(jobId, decisions.getFirst());
                }, _ -> {}));
        world.loop().after(ASK_AGAIN, null, () -> {
            var state = world.store().state(jobId);
            if (!answered[0] && state.phase() != Phase.ABSENT && !state.phase().settled()) {
                cancel(jobId);
            }
        });
    }

    private void answered(String jobId, Decision decision) {
        var state = world.store().state(jobId);
        world.checker().cancelAnswered(jobId, decision, state);
        if (decision instanceof Decision.Refused) {
            refused++;
        }
    }

    /** It is about to be noted that the job is cancelled. */
    void taken(JobState before) {
        taken.merge(before.phase(), 1, Integer::sum);
    }

    /** What is counted, in order. */
    static List<String> counted() {
        return List.of(during(Phase.PRE_VERIFYING), during(Phase.AWAITING_START),
                during(Phase.CREATING), during(Phase.VERIFYING),
                during(Phase.REMOVING_SURPLUS), during(Phase.AWAITING_CONFIRMATION), during(Phase.ROLLING_BACK),
                "cancels refused");
    }

    static String during(Phase phase) {
        return "cancelled, " + (phase == Phase.AWAITING_CONFIRMATION ? "proposed" : Figures.words(phase.name()));
    }

    void count(Figures figures) {
        taken.forEach((phase, times) -> figures.count(during(phase), times));
        figures.count("cancels refused", refused);
    }
}
