package io.campaignlauncher.job.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.model.Awaited;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Jobs;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.view.FindsStalledJobs;
import io.campaignlauncher.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs that nothing is heard of, on the real event store; the read model's word is given by hand. */
class StalledJobsIT {

    private static final Duration STALLED_AFTER = Duration.ofMinutes(2);

    private static JobHost host;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Duration ahead = STALLED_AFTER.plusSeconds(1);
    /** The time when it has been quiet for long. */
    private final Clock clock = ((InstantSource) () -> Instant.now().plus(ahead)).withZone(ZoneOffset.UTC);

    @BeforeAll
    static void start() {
        host = new JobHost(TestDatabase.shared().createDatabase("stalled_jobs"), TestDatabase.shared().username(),
                TestDatabase.shared().password(), JobPolicy.defaults(Duration.ofSeconds(10)));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @Test
    void a_job_that_nothing_was_heard_of_asks_again_and_is_counted() {
        var jobId = accepted();

        look(host.jobs, jobId);

        assertThat(state(jobId).counts().preVerifications()).isEqualTo(2);
        assertThat(counted("quiet")).isEqualTo(1);
        assertThat(counted("stuck")).isZero();
    }

    @Test
    void a_job_that_the_event_store_has_heard_of_is_left_alone_whatever_the_read_model_says() {
        var jobId = accepted();
        ahead = STALLED_AFTER.minusSeconds(30);

        look(host.jobs, jobId);

        assertThat(state(jobId).counts().preVerifications()).isEqualTo(1);
        assertThat(counted("quiet")).isZero();
    }

    @Test
    void a_job_that_is_never_answered_is_reported_as_stuck_and_goes_on_asking() {
        var jobId = accepted();

        for (int i = 1; i < StalledJobs.UNANSWERED_MAX; i++) {
            look(host.jobs, jobId);
        }
        assertThat(counted("stuck")).isZero();
        look(host.jobs, jobId);
        look(host.jobs, jobId);

        assertThat(counted("quiet")).isEqualTo(StalledJobs.UNANSWERED_MAX - 1);
        assertThat(counted("stuck")).isEqualTo(2);
        assertThat(state(jobId).counts().preVerifications()).isEqualTo(StalledJobs.UNANSWERED_MAX + 2);
        assertThat(state(jobId).awaited()).isEqualTo(Awaited.PRE_VERIFICATION);
    }

    @Test
    void a_job_that_cannot_be_taken_up_holds_up_no_other() {
        var broken = accepted();
        var other = accepted();
        var jobs = new Jobs() {
            @Override
            public CompletableFuture<List<Decision>> decide(String jobId, List<JobCommand> commands, Origin origin) {
                return jobId.equals(broken)
                        ? CompletableFuture.failedFuture(new IllegalStateException("an event that nobody can read"))
                        : host.jobs.decide(jobId, commands, origin);
            }

            @Override
            public JobState state(String jobId) {
                return host.jobs.state(jobId);
            }
        };

        look(jobs, broken, other);

        assertThat(state(other).counts().preVerifications()).isEqualTo(2);
        assertThat(counted("failed")).isEqualTo(1);
    }

    @Test
    void the_age_of_the_quietest_job_is_told_until_somebody_else_looks() {
        var quietest = clock.instant().minusSeconds(77);
        var jobs = stalledJobs(host.jobs, candidates(Optional.of(quietest)));
        assertThat(quietTime()).as("nobody looked yet").isNaN();

        jobs.takeUpAgain();

        assertThat(quietTime()).isBetween(77.0, 87.0);
        ahead = ahead.plus(Duration.ofMinutes(1));
        assertThat(quietTime()).as("another instance looks after it").isNaN();
    }

    private String accepted() {
        var jobId = UUID.randomUUID().toString();
        host.jobs.decide(jobId, Requests.accept(jobId, Requests.forAll(jobId, 2)), new Origin(null, jobId, null))
                .join();
        return jobId;
    }

    private static JobState state(String jobId) {
        return host.jobs.state(jobId);
    }

    private double counted(String state) {
        return meters.get("jobs.stalled").tag("state", state).counter().count();
    }

    private double quietTime() {
        return meters.get("jobs.quiet.time").gauge().value();
    }

    private void look(Jobs jobs, String... stalled) {
        stalledJobs(jobs, candidates(Optional.empty(), stalled)).takeUpAgain();
    }

    private StalledJobs stalledJobs(Jobs jobs, FindsStalledJobs candidates) {
        var settings = new JobHostSettings(8, Duration.ofMillis(50), STALLED_AFTER, Duration.ofSeconds(10));
        return new StalledJobs(candidates, JdbcClient.create(host.dataSource()), jobs, settings, clock,
                meters);
    }

    private static FindsStalledJobs candidates(Optional<Instant> quietest, String... stalled) {
        return new FindsStalledJobs() {
            @Override
            public List<StalledJob> stalledSince(Instant time) {
                return List.of(stalled).stream().map(id -> new StalledJob(UUID.fromString(id), Instant.EPOCH)).toList();
            }

            @Override
            public Optional<Instant> quietestSince(Instant now) {
                return quietest;
            }
        };
    }
}
