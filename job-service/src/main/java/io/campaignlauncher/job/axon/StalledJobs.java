package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.Jobs;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.view.FindsStalledJobs;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds jobs that nothing was heard of for too long and has them taken up again: a message or a timer of theirs was lost. The
 * read model names them; the event store has the last word, so that a read model that lags behind disturbs nobody.
 */
final class StalledJobs {

    private static final Logger LOG = LoggerFactory.getLogger(StalledJobs.class);

    private final FindsStalledJobs candidates;
    private final JdbcClient jdbc;
    private final Jobs jobs;
    private final Duration stalledAfter;
    private final Clock clock;
    private final Counter takenUp;

    StalledJobs(FindsStalledJobs candidates, JdbcClient jdbc, Jobs jobs, Duration stalledAfter, Clock clock,
            MeterRegistry meters) {
        this.candidates = candidates;
        this.jdbc = jdbc;
        this.jobs = jobs;
        this.stalledAfter = stalledAfter;
        this.clock = clock;
        this.takenUp = Counter.builder("jobs.stalled").description("jobs that were taken up again").register(meters);
    }

    void takeUpAgain() {
        var quietSince = clock.instant().minus(stalledAfter);
        for (var candidate : candidates.stalledSince(quietSince)) {
            var last = lastEventAt(candidate.jobId());
            if (last.isPresent() && last.get().isBefore(quietSince)) {
                LOG.warn("job {}: nothing heard since {}, taken up again", candidate.jobId(), last.get());
                var jobId = candidate.jobId().toString();
                jobs.decide(jobId, new JobCommand.TakeUpAgain(last.get()), new Origin(null, jobId, null)).join();
                takenUp.increment();
            }
        }
    }

    private Optional<Instant> lastEventAt(UUID jobId) {
        return jdbc.sql("""
                select time_stamp from event_store.domain_events where aggregate_identifier = :job
                order by sequence_number desc limit 1
                """).param("job", jobId.toString()).query(String.class).optional().map(Instant::parse);
    }
}
