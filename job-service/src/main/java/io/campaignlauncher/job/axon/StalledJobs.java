package io.campaignlauncher.job.axon;

import io.campaignlauncher.access.model.Visibility;
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
 * Finds jobs without an event for too long and resumes them: a message or a timer of theirs was lost. The read model names
 * them; the event store decides whether it is so, so that a read model that lags behind disturbs nobody. A job
 * that asks again and again and is never answered is reported as stuck, and goes on asking. One that a kill switch holds
 * up is left alone. Each poll takes so many jobs at most; the next one goes on behind them, and after the last begins anew, so
 * that those which are left alone hide no others.
 */
final class StalledJobs {

    private static final Logger LOG = LoggerFactory.getLogger(StalledJobs.class);
    /** Requests in a row, nothing else but waits between them, from which on a job is stuck. */
    static final int UNANSWERED_MAX = 4;
    /** In one poll. */
    static final int JOBS_PER_POLL_MAX = 1_000;

    private final FindsStalledJobs candidates;
    private final JobHistory history;
    private final JobCommandGateway jobs;
    private final JobHostSettings settings;
    private final KillSwitchHolds heldUp;
    private final Clock clock;
    private final StalledJobsMeters meters;
    /** Where the last poll ended. */
    private volatile StalledJob polledUpTo = StalledJob.NONE;

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

    /** One job that cannot be resumed holds up no other. */
    void resumeStalled() {
        var now = clock.instant();
        meters.quietestSince(candidates.quietestSince(now));
        var noEventSince = now.minus(settings.stalledAfter());
        var page = candidates.stalledSince(noEventSince, polledUpTo, JOBS_PER_POLL_MAX);
        for (var candidate : page) {
            try (var _ = LogScope.ofJob(candidate.jobId().toString())) {
                resumeStalled(candidate, noEventSince);
            } catch (RuntimeException e) {
                meters.failed();
                if (UndecidableJob.isBehind(e)) {
                    // That was logged when it was found, and each poll finds it again.
                    LOG.debug("job {} cannot be resumed", candidate.jobId());
                    continue;
                }
                LOG.error("job {}: nothing heard since {}, and it cannot be resumed", candidate.jobId(),
                        candidate.lastEventAt(), e);
            }
        }
        polledUpTo = page.size() < JOBS_PER_POLL_MAX ? StalledJob.NONE : page.getLast();
    }

    private void resumeStalled(StalledJob candidate, Instant noEventSince) {
        RecordedJob job;
        try {
            job = history.job(candidate.jobId(), Point.LATEST, Visibility.everything());
        } catch (UnreadableRecord | IllegalArgumentException e) {
            // To decide on it fails for the same reason, and logs that.
            resumeStalled(candidate.jobId(), candidate.lastEventAt());
            return;
        }
        var lastAt = job.at();
        if (lastAt == null || !lastAt.isBefore(noEventSince) || heldUp.holds(job, clock.instant())) {
            return;
        }
        resumeStalled(candidate.jobId(), lastAt);
        // Logged afterwards: a job that cannot be decided is met at each poll, and was logged when it was found.
        var requests = job.requests();
        if (requests.unanswered() >= UNANSWERED_MAX) {
            meters.stuck();
            LOG.error("job {}: nothing heard since {}, asked {} times in a row without an answer, last by {}; it is "
                    + "stuck until that worker answers, and asks once more", candidate.jobId(), lastAt,
                    requests.unanswered(), Objects.requireNonNull(requests.last()).getClass().getSimpleName());
        } else {
            meters.resumed();
            LOG.warn("job {}: nothing heard since {}, resumed", candidate.jobId(), lastAt);
        }
    }

    private void resumeStalled(UUID jobId, Instant lastEventAt) {
        jobs.decide(jobId.toString(), new JobCommand.ResumeStalled(lastEventAt), Origin.JOB).join();
    }
}
