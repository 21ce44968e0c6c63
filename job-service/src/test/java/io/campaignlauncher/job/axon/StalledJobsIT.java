package io.campaignlauncher.job.axon;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.job.InMemoryKillSwitches;
import io.campaignlauncher.job.model.Awaited;
import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.CreationReport;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.FindsStalledJobs;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs that nothing is heard of, on the real event store; the read model's word is given by hand. */
class StalledJobsIT {

    private static final Duration STALLED_AFTER = Duration.ofMinutes(2);

    private static final Duration COMMAND_VALIDITY = Duration.ofMinutes(1);

    private static final String THE_REQUEST = """
            select payload from event_store.domain_events where aggregate_identifier = ? and sequence_number = 1""";
    private static final String OVERWRITE = """
            update event_store.domain_events set payload = ?
            where aggregate_identifier = ? and sequence_number = 1""";

    private static String databaseUrl;
    private static JobHost host;

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private Duration ahead = STALLED_AFTER.plusSeconds(1);
    /** The time when it has been quiet for long. */
    private final Clock clock = ((InstantSource) () -> Instant.now().plus(ahead)).withZone(ZoneOffset.UTC);

    private final InMemoryKillSwitches switches = new InMemoryKillSwitches(clock);

    @BeforeAll
    static void start() {
        databaseUrl = TestDatabase.shared().createDatabase("stalled_jobs");
        host = newHost();
    }

    private static JobHost newHost() {
        return new JobHost(databaseUrl, TestDatabase.shared().username(), TestDatabase.shared().password(),
                JobPolicy.defaults(Duration.ofSeconds(10)));
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
    void a_job_that_cannot_be_resumed_holds_up_no_other() {
        var broken = accepted();
        var other = accepted();
        var jobs = new JobCommandGateway() {
            @Override
            public CompletableFuture<List<Decision>> decide(String jobId, List<IssuedCommand> commands) {
                return jobId.equals(broken)
                        ? CompletableFuture.failedFuture(new IllegalStateException("an event that nobody can read"))
                        : host.jobs.decide(jobId, commands);
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
    void a_job_that_cannot_be_decided_is_logged_once_and_resumed_as_soon_as_it_can_be() {
        var broken = accepted();
        var other = accepted();
        var event = JdbcClient.create(host.dataSource());
        var asItWas = event.sql(THE_REQUEST).param(broken).query(byte[].class).single();
        event.sql(OVERWRITE).params(new byte[]{ 1, 2 }, broken).update();

        try (var another = newHost()) {
            look(another.jobs, broken, other);
            look(another.jobs, broken, other);

            assertThat(counted("failed")).isEqualTo(2);
            assertThat(counted("quiet")).as("only the other one").isEqualTo(2);
            assertThat(another.meters.get("jobs.undecidable").counter().count()).isEqualTo(2);
            assertThat(state(other).counts().preVerifications()).isEqualTo(3);

            event.sql(OVERWRITE).params(asItWas, broken).update();
            look(another.jobs, broken);
            assertThat(counted("failed")).isEqualTo(2);
        }
        assertThat(state(broken).counts().preVerifications()).isEqualTo(2);
    }

    @Test
    void a_job_that_the_creation_switch_holds_up_is_left_alone_however_long_and_resumed_when_it_is_on() {
        var jobId = creating();
        turn(KillSwitch.CREATION, false);
        for (int i = 0; i < StalledJobs.UNANSWERED_MAX + 2; i++) {
            ahead = ahead.plus(Duration.ofHours(1));
            look(host.jobs, jobId);
        }
        assertThat(state(jobId).counts().rounds()).isEqualTo(1);
        assertThat(state(jobId).awaited()).isEqualTo(Awaited.CREATION);
        assertThat(counted("quiet") + counted("stuck")).isZero();

        turn(KillSwitch.CREATION, true);
        look(host.jobs, jobId);

        assertThat(state(jobId).awaited()).as("its command has expired: it looks as soon as that is safe")
                .isEqualTo(Awaited.NOTHING);
        assertThat(state(jobId).counts().retries()).as("that costs no retry").isZero();
        assertThat(counted("quiet")).isEqualTo(1);
    }

    @Test
    void a_job_that_was_cancelled_does_not_wait_until_creation_is_on_again() {
        var jobId = creating();
        turn(KillSwitch.CREATION, false);
        host.jobs.decide(jobId, new JobCommand.CancelJob("u-9", "no longer wanted"), Origin.JOB).join();
        assertThat(state(jobId).awaited()).isEqualTo(Awaited.CREATION);

        look(host.jobs, jobId);

        assertThat(state(jobId).phase()).isEqualTo(Phase.ROLLING_BACK);
    }

    @Test
    void a_job_whose_command_is_still_good_when_creation_goes_on_waits_for_a_creator() {
        var jobId = creating();
        ahead = COMMAND_VALIDITY.minusSeconds(30);
        turn(KillSwitch.CREATION, true);
        ahead = STALLED_AFTER.plusSeconds(1);
        look(host.jobs, jobId);
        assertThat(state(jobId).awaited()).isEqualTo(Awaited.CREATION);

        ahead = COMMAND_VALIDITY.plus(STALLED_AFTER);
        look(host.jobs, jobId);

        assertThat(state(jobId).awaited()).isEqualTo(Awaited.NOTHING);
    }

    @Test
    void a_job_that_the_rollback_switch_holds_up_is_left_alone_and_its_request_may_be_answered_when_it_is_on() {
        var jobId = rollingBack();
        turn(KillSwitch.ROLLBACK, false);
        ahead = ahead.plus(Duration.ofHours(1));
        look(host.jobs, jobId);
        turn(KillSwitch.ROLLBACK, true);
        look(host.jobs, jobId);
        assertThat(state(jobId).counts().passes()).isEqualTo(1);

        ahead = ahead.plus(STALLED_AFTER).plusSeconds(1);
        look(host.jobs, jobId);

        assertThat(state(jobId).counts().passes()).isEqualTo(2);
    }

    @Test
    void other_jobs_are_resumed_whatever_is_switched_off() {
        var verifying = accepted();
        var rollingBack = rollingBack();
        turn(KillSwitch.CREATION, false);
        turn(KillSwitch.INTAKE, false);

        look(host.jobs, verifying, rollingBack);

        assertThat(state(verifying).counts().preVerifications()).isEqualTo(2);
        assertThat(state(rollingBack).counts().passes()).isEqualTo(2);
    }

    @Test
    void those_that_are_held_up_hide_no_others() {
        var heldUp = Collections.nCopies(StalledJobs.JOBS_PER_POLL_MAX, creating());
        var behind = accepted();
        turn(KillSwitch.CREATION, false);
        var jobs = stalledJobs(host.jobs, candidates(Optional.empty(),
                Stream.concat(heldUp.stream(), Stream.of(behind)).toArray(String[]::new)));

        jobs.resumeStalled();
        assertThat(state(behind).counts().preVerifications()).as("each look is bounded").isEqualTo(1);
        jobs.resumeStalled();
        assertThat(state(behind).counts().preVerifications()).isEqualTo(2);

        jobs.resumeStalled();
        assertThat(state(behind).counts().preVerifications()).as("it begins anew").isEqualTo(2);
        jobs.resumeStalled();
        assertThat(state(behind).counts().preVerifications()).isEqualTo(3);
        assertThat(state(heldUp.getFirst()).awaited()).isEqualTo(Awaited.CREATION);
    }

    @Test
    void the_age_of_the_quietest_job_is_told_until_somebody_else_looks() {
        var quietest = clock.instant().minusSeconds(77);
        var jobs = stalledJobs(host.jobs, candidates(Optional.of(quietest)));
        assertThat(quietTime()).as("nobody looked yet").isNaN();

        jobs.resumeStalled();

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

    private String creating() {
        var jobId = accepted();
        put(jobId, new JobCommand.RecordPreVerification(new PreVerificationReport(1, VerificationOutcome.PASSED,
                List.of(), 1, 10, null, 10, 1)));
        assertThat(state(jobId).awaited()).isEqualTo(Awaited.CREATION);
        return jobId;
    }

    private String rollingBack() {
        var jobId = creating();
        var suspended = new Fault(ErrorKind.PERMANENT, false, 368, null, "suspended", null, null);
        put(jobId, new JobCommand.RecordCreation(new CreationReport(1,
                List.of(new CreatedSlot(new SlotId(EntityType.CAMPAIGN, 1), "101", false)),
                List.of(new FailedSlot(new SlotId(EntityType.AD_SET, 1), suspended)), RoundEnd.DONE, null, null, 1)));
        assertThat(state(jobId).awaited()).isEqualTo(Awaited.DELETION);
        return jobId;
    }

    private static void put(String jobId, JobCommand command) {
        host.jobs.decide(jobId, command, new Origin(null, jobId, null)).join();
    }

    private void turn(KillSwitch which, boolean enabled) {
        switches.turn(which, enabled, null).block();
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

    private void look(JobCommandGateway jobs, String... stalled) {
        stalledJobs(jobs, candidates(Optional.empty(), stalled)).resumeStalled();
    }

    private StalledJobs stalledJobs(JobCommandGateway jobs, FindsStalledJobs candidates) {
        var settings = new JobHostSettings(8, 1000, Duration.ofMillis(50), STALLED_AFTER, Duration.ofSeconds(10),
                OldRows.KEEP_REQUESTS);
        return new StalledJobs(candidates, new JobHistory(host.dataSource(), new AvroEncoding()), jobs, settings,
                new KillSwitchHolds(switches, COMMAND_VALIDITY, STALLED_AFTER), clock, meters);
    }

    private static FindsStalledJobs candidates(Optional<Instant> quietest, String... stalled) {
        return new FindsStalledJobs() {
            @Override
            public List<StalledJob> stalledSince(Instant time, StalledJob after, int max) {
                return IntStream.range(0, stalled.length)
                        .mapToObj(i -> new StalledJob(UUID.fromString(stalled[i]), Instant.ofEpochSecond(i + 1)))
                        .filter(job -> job.lastEventAt().isAfter(after.lastEventAt())).limit(max).toList();
            }

            @Override
            public Optional<Instant> quietestSince(Instant now) {
                return quietest;
            }
        };
    }
}
