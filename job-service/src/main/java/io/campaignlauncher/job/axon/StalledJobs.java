package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.FindsStalledJobs.StalledJob;
import io.campaignlauncher.job.view.FindsStalledJobs;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.telemetry.LogScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds jobs that nothing was heard of for too long and has them taken up again: a message or a timer of theirs was lost. The
 * read model names them; the event store has the last word, so that a read model that lags behind disturbs nobody. A job
 * that asks again and again and is never answered is reported as stuck, and goes on asking. One that a kill switch holds
 * up is left alone. Each look has so many jobs at most; the next one goes on behind them, and after the last begins anew, so
 * that those which are left alone hide no others.
 */
final class StalledJobs {

    private static final Logger LOG = LoggerFactory.getLogger(StalledJobs.class);
    /** Requests in a row, nothing else but waits between them, from which on a job is stuck. */
    static final int UNANSWERED_MAX = 4;
    /** In one look. */
    static final int LOOKED_AT_MAX = 1_000;

    private final FindsStalledJobs candidates;
    private final JobHistory history;
    private final JobCommandGateway jobs;
    private final JobHostSettings settings;
    private final KillSwitchHolds heldUp;
    private final Clock clock;
    private final StalledJobsMeters meters;
    /** Where the last look ended. */
    private volatile StalledJob lookedUpTo = StalledJob.NONE;

    StalledJobs(FindsStalledJobs candidates, JobHistory history, JobCommandGateway jobs, JobHostSettings settings,
            KillSwitchHolds heldUp,
            Clock clock, MeterRegistry registry) {
        this.candidates = candidates;
        this.history = history;
        this.jobs = jobs;
        this.settings = settings;
        this.heldUp = heldUp;
        this.clock = clock;
        this.meters = new StalledJobsMeters(registry, clock, settings.stalledPoll());
    }

    /** One job that cannot be taken up holds up no other. */
    void takeUpAgain() {
        var now = clock.instant();
        meters.quietestSince(candidates.quietestSince(now));
        var quietSince = now.minus(settings.stalledAfter());
        var page = candidates.stalledSince(quietSince, lookedUpTo, LOOKED_AT_MAX);
        for (var candidate : page) {
            try (var _ = LogScope.ofJob(candidate.jobId().toString())) {
                takeUpAgain(candidate, quietSince);
            } catch (RuntimeException e) {
                meters.failed();
                if (UndecidableJob.isBehind(e)) {
                    // That was told when it was found, and each look finds it again.
                    LOG.debug("job {} cannot be taken up again", candidate.jobId());
                    continue;
                }
                LOG.error("job {}: nothing heard since {}, and it cannot be taken up again", candidate.jobId(),
                        candidate.lastEventAt(), e);
            }
        }
        lookedUpTo = page.size() < LOOKED_AT_MAX ? StalledJob.NONE : page.getLast();
    }

    private void takeUpAgain(StalledJob candidate, Instant quietSince) {
        RecordedJob job;
        try {
            job = history.job(candidate.jobId(), Point.LATEST);
        } catch (UnreadableRecord | IllegalArgumentException e) {
            // To decide on it fails for the same reason, and tells of that.
            takeUpAgain(candidate.jobId(), candidate.lastEventAt());
            return;
        }
        var lastAt = job.at();
        if (lastAt == null || !lastAt.isBefore(quietSince) || heldUp.holds(job, clock.instant())) {
            return;
        }
        takeUpAgain(candidate.jobId(), lastAt);
        // Told afterwards: a job that cannot be decided is met at each look, and was told when it was found.
        var requests = job.requests();
        if (requests.unanswered() >= UNANSWERED_MAX) {
            meters.stuck();
            LOG.error("job {}: nothing heard since {}, asked {} times in a row without an answer, last by {}; it is "
                    + "stuck until that worker answers, and asks once more", candidate.jobId(), lastAt,
                    requests.unanswered(), Objects.requireNonNull(requests.last()).getClass().getSimpleName());
        } else {
            meters.takenUp();
            LOG.warn("job {}: nothing heard since {}, taken up again", candidate.jobId(), lastAt);
        }
    }

    private void takeUpAgain(UUID jobId, Instant lastEventAt) {
        jobs.decide(jobId.toString(), new JobCommand.TakeUpAgain(lastEventAt), Origin.JOB).join();
    }
}
