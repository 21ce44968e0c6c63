package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.UndecidableJob;
import io.campaignlauncher.job.view.FindsStalledJobs.StalledJob;
import io.campaignlauncher.job.view.FindsStalledJobs;
import io.campaignlauncher.telemetry.LogScope;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

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
    private static final int TAIL = 40;
    private static final Set<String> REQUESTS = Set.of("PreVerificationRequested", "CreationRequested",
            "VerificationRequested", "DeletionRequested");
    /** What a job tells itself while nobody answers. */
    private static final Set<String> MONOLOGUE = Set.of("CreationRoundEnded", "LookScheduled");

    private final FindsStalledJobs candidates;
    private final JdbcClient jdbc;
    private final JobCommandGateway jobs;
    private final JobHostSettings settings;
    private final KillSwitchHolds heldUp;
    private final Clock clock;
    private final StalledJobsMeters meters;
    /** Where the last look ended. */
    private volatile StalledJob lookedUpTo = StalledJob.NONE;

    StalledJobs(FindsStalledJobs candidates, JdbcClient jdbc, JobCommandGateway jobs, JobHostSettings settings,
            KillSwitchHolds heldUp,
            Clock clock, MeterRegistry registry) {
        this.candidates = candidates;
        this.jdbc = jdbc;
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
        var jobId = candidate.jobId().toString();
        var tail = tail(jobId);
        if (tail.events().isEmpty() || !tail.lastAt().isBefore(quietSince) || heldUp.holds(tail, clock.instant())) {
            return;
        }
        var unanswered = unanswered(tail);
        // Told afterwards: a job that cannot be decided is met at each look, and was told when it was found.
        jobs.decide(jobId, new JobCommand.TakeUpAgain(tail.lastAt()), Origin.JOB).join();
        if (unanswered >= UNANSWERED_MAX) {
            meters.stuck();
            LOG.error("job {}: nothing heard since {}, asked {} times in a row without an answer, last by {}; it is "
                    + "stuck until that worker answers, and asks once more", jobId, tail.lastAt(), unanswered,
                    tail.events().stream().map(Told::type).filter(REQUESTS::contains).findFirst().orElseThrow());
        } else {
            meters.takenUp();
            LOG.warn("job {}: nothing heard since {}, taken up again", jobId, tail.lastAt());
        }
    }

    /** The name of an event and its time. */
    record Told(String type, Instant at) {}

    /** A job's last events, the latest first. */
    record Tail(List<Told> events) {

        Instant lastAt() {
            return events.getFirst().at();
        }
    }

    private Tail tail(String jobId) {
        return new Tail(jdbc.sql("""
                select payload_type, time_stamp from event_store.domain_events where aggregate_identifier = :job
                order by sequence_number desc limit :tail
                """).param("job", jobId).param("tail", TAIL)
                .query((row, _) -> new Told(row.getString(1), Instant.parse(row.getString(2)))).list());
    }

    private static long unanswered(Tail tail) {
        return tail.events().stream().map(Told::type)
                .takeWhile(type -> REQUESTS.contains(type) || MONOLOGUE.contains(type))
                .filter(REQUESTS::contains).count();
    }
}
