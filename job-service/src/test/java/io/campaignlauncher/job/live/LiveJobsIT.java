package io.campaignlauncher.job.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.job.model.Ownership;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.stored.JobHistory;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import io.campaignlauncher.readmodel.ScriptedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class LiveJobsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final int FOLLOWERS_MAX = 100;

    private static DataSource database;
    private static ReadModelUnderTest store;

    private final Door door = new Door(database);
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final LiveJobs live = live();

    /** The database as it is reached: counts, and can be shut. */
    private static final class Door extends DelegatingDataSource {

        final AtomicInteger passed = new AtomicInteger();
        volatile boolean shut;

        Door(DataSource behind) {
            super(behind);
        }

        @Override
        public Connection getConnection() throws SQLException {
            passed.incrementAndGet();
            if (shut) {
                throw new SQLException("the database is not there");
            }
            return super.getConnection();
        }
    }

    private LiveJobs live() {
        return new LiveJobs(new JobHistory(door, new AvroEncoding()), new LiveSettings(Duration.ofMillis(5),
                FOLLOWERS_MAX, Duration.ofSeconds(1), Duration.ofMinutes(1)), meters);
    }

    @BeforeAll
    static void startDatabase() {
        database = TestInfrastructure.database("live_jobs");
        store = new ReadModelUnderTest(database);
    }

    @BeforeEach
    void clear() {
        store.clear();
    }

    @AfterEach
    void stop() {
        live.stop();
        // A place is free a moment after its follower was told of the end.
        await().atMost(PATIENCE).until(() -> live.followers() == 0 && !live.full());
    }

    @Test
    void looks_only_while_somebody_follows_something() {
        assertThat(door.passed).hasValue(0);

        var following = live.follow(UUID.randomUUID(), RecordedJob.BEFORE_THE_FIRST, Visibility.everything())
                .subscribe();
        await().atMost(PATIENCE).until(() -> door.passed.get() > 5);
        assertThat(meters.get("launch.live.followers").gauge().value()).isEqualTo(1);
        following.dispose();

        assertThat(live.followers()).isZero();
        await().atMost(PATIENCE).until(() -> !live.polls());
        door.passed.set(0);

        settled(store(ScriptedJob.accepted("u", "k", 1, T0).completed())).block(PATIENCE);
        assertThat(door.passed).hasPositiveValue();
    }

    @Test
    void serves_all_followers_with_one_look_at_a_time() {
        var jobs = IntStream.range(0, FOLLOWERS_MAX)
                .mapToObj(number -> ScriptedJob.accepted("u", "k" + number, 1, T0).completed()).toList();
        store.store(jobs);
        door.shut = true;
        var all = Flux.merge(Flux.fromIterable(jobs.stream().map(job -> settled(job.jobId())).toList()),
                FOLLOWERS_MAX).collectList().toFuture();
        await().atMost(PATIENCE).until(live::full);
        door.passed.set(0);
        door.shut = false;

        assertThat(all.orTimeout(PATIENCE.toSeconds(), java.util.concurrent.TimeUnit.SECONDS).join())
                .hasSize(FOLLOWERS_MAX)
                .allSatisfy(job -> assertThat(job.state().phase().settled()).isTrue());
        assertThat(door.passed.get()).isLessThan(FOLLOWERS_MAX / 4);
    }

    @Test
    void gives_a_slow_reader_no_more_than_it_asks_for_and_holds_up_nobody() {
        var jobId = store(ScriptedJob.accepted("u", "k", 1, T0).completed());
        var other = store(ScriptedJob.accepted("u", "other", 1, T0).completed());

        StepVerifier.create(live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, Visibility.everything()), 0)
                .expectSubscription()
                .thenRequest(2)
                .expectNextMatches(job -> job.version() == 0)
                .expectNextMatches(job -> job.version() == 1)
                .then(() -> settled(other).block(PATIENCE))
                .thenRequest(1)
                .expectNextMatches(job -> job.version() == 2)
                .thenRequest(Long.MAX_VALUE)
                .expectNextCount(6)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void goes_on_when_the_database_is_there_again() {
        var job = ScriptedJob.accepted("u", "k", 1, T0).preVerified();
        var jobId = store(job);
        int stored = job.history().size();

        StepVerifier
                .create(live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, Visibility.everything())
                        .map(RecordedJob::version))
                .expectNext(0L, 1L, 2L, 3L)
                .then(() -> {
                    door.shut = true;
                    store.store(job.createdAll().verified(), stored);
                    int passed = door.passed.get();
                    await().atMost(PATIENCE).until(() -> door.passed.get() > passed + 3);
                    door.shut = false;
                })
                .expectNext(4L, 5L, 6L, 7L, 8L)
                .expectComplete()
                .verify(PATIENCE);
    }

    @Test
    void tells_nothing_of_a_job_that_may_not_be_seen() {
        var anns = new Ownership("acme", "ann");
        var jobId = store(ScriptedJob.accepted(
                ScriptedJob.request("u", "k", 1, RollbackPolicy.AUTOMATIC).ownedBy(anns), T0).preVerified());
        for (var foreign : List.of(new Visibility("other", null), new Visibility("acme", "bob"))) {
            StepVerifier.create(live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, foreign)).expectComplete()
                    .verify(PATIENCE);
        }
        StepVerifier.create(live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, new Visibility("acme", "ann")).take(4))
                .expectNextCount(4).expectComplete().verify(PATIENCE);
    }

    @Test
    void completes_at_once_where_the_end_was_seen_already() {
        var jobId = store(ScriptedJob.accepted("u", "k", 1, T0).completed());

        StepVerifier.create(live.follow(jobId, 8, Visibility.everything())).expectComplete().verify(PATIENCE);
    }

    @Test
    void follows_no_more_than_it_may() {
        var jobId = store(ScriptedJob.accepted("u", "k", 1, T0));
        var all = Flux.range(0, FOLLOWERS_MAX).map(_ -> live.follow(jobId, 1, Visibility.everything()).subscribe())
                .collectList().block();

        assertThat(live.full()).isTrue();
        StepVerifier.create(live.follow(jobId, 1, Visibility.everything())).expectError(TooManyFollowers.class)
                .verify(PATIENCE);

        all.getFirst().dispose();
        assertThat(live.full()).isFalse();
        all.forEach(reactor.core.Disposable::dispose);
    }

    @Test
    void fails_for_who_follows_a_job_that_it_cannot_read_and_goes_on_for_the_others() {
        var unreadable = store(ScriptedJob.accepted("u", "newer", 1, T0).completed());
        var other = store(ScriptedJob.accepted("u", "k", 1, T0).completed());
        new JdbcTemplate(database).update("update event_store.domain_events set payload_type = 'SomethingNew'"
                + " where aggregate_identifier = ? and sequence_number = 1", unreadable.toString());

        StepVerifier.create(live.follow(unreadable, RecordedJob.BEFORE_THE_FIRST, Visibility.everything()))
                .expectNextCount(1)
                .expectError(UnreadableRecord.class).verify(PATIENCE);
        assertThat(settled(other).block(PATIENCE)).isNotNull();
    }

    @Test
    void ends_every_stream_when_it_stops() {
        var jobId = store(ScriptedJob.accepted("u", "k", 1, T0));

        StepVerifier.create(live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, Visibility.everything()))
                .expectNextCount(2)
                .then(live::stop).expectComplete().verify(PATIENCE);
        StepVerifier.create(live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, Visibility.everything())).expectComplete()
                .verify(PATIENCE);
        assertThat(live.isRunning()).isFalse();
    }

    private Mono<RecordedJob> settled(UUID jobId) {
        return live.follow(jobId, RecordedJob.BEFORE_THE_FIRST, Visibility.everything()).last();
    }

    private static UUID store(ScriptedJob job) {
        store.store(List.of(job));
        return job.jobId();
    }
}
