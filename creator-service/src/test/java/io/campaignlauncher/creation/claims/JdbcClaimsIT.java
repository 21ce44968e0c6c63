package io.campaignlauncher.creation.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.campaignlauncher.creation.claims.Claims.Claim;
import io.campaignlauncher.creation.claims.Claims.Expired;
import io.campaignlauncher.creation.claims.Claims.Finished;
import io.campaignlauncher.creation.claims.Claims.Wanted;
import io.campaignlauncher.pace.AccountPace;
import io.campaignlauncher.pace.JdbcAccountPaces;
import io.campaignlauncher.pace.AccountPace.Grant;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.creation.model.RoundLimits;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.testing.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class JdbcClaimsIT {

    private static final Duration LEASE = Duration.ofSeconds(1);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    private static final RoundLimits LIMITS = new RoundLimits(LEASE, REQUEST_TIMEOUT);
    private static HikariDataSource database;

    private final JdbcClaims claims = new JdbcClaims(database, settings(0));
    private final JdbcClaims paced = new JdbcClaims(database, settings(100));
    private final JdbcAccountPaces paces = new JdbcAccountPaces(database, 100);

    @BeforeAll
    static void start() {
        var server = TestDatabase.shared();
        var url = server.createDatabase("claims");
        try (var setup = new HikariDataSource()) {
            setup.setJdbcUrl(server.jdbcUrl());
            setup.setUsername(server.username());
            setup.setPassword(server.password());
            // The worst that an operator could have set: commits that a crash forgets.
            JdbcClient.create(setup).sql("ALTER DATABASE claims SET synchronous_commit = off").update();
        }
        database = ClaimsDatabase.open(url, server.username(), server.password(), 20,
                new SimpleMeterRegistry());
        ClaimsDatabase.migrate(database);
    }

    @AfterAll
    static void stop() {
        database.close();
    }

    @BeforeEach
    void empty() {
        JdbcClient.create(database).sql("TRUNCATE creator.creation_claims, creator.account_pace").update();
    }

    @Test
    void wins_all_claims_of_a_poll_at_once() {
        var wanted = IntStream.range(0, 16).mapToObj(i -> wanted(UUID.randomUUID(), 1)).toList();

        assertThat(claim(claims, "a/1", wanted)).extracting(Claim::jobId)
                .containsExactlyInAnyOrderElementsOf(wanted.stream().map(Wanted::jobId).toList());
    }

    @Test
    void a_round_is_won_once() {
        var job = UUID.randomUUID();
        assertThat(claim(claims, "a/1", List.of(wanted(job, 1)))).hasSize(1);

        assertThat(claim(claims, "b/1", List.of(wanted(job, 1)))).isEmpty();
        assertThat(claim(claims, "a/2", List.of(wanted(job, 1)))).isEmpty();
    }

    @Test
    void an_earlier_round_is_not_won_and_a_later_one_is() {
        var job = UUID.randomUUID();
        claim(claims, "a/1", List.of(wanted(job, 2)));

        assertThat(claim(claims, "b/1", List.of(wanted(job, 1)))).isEmpty();
        assertThat(claim(claims, "b/2", List.of(wanted(job, 3)))).singleElement().returns(3, Claim::round);
    }

    @Test
    void a_command_that_has_waited_too_long_is_left_alone() {
        var late = UUID.randomUUID();
        var inTime = UUID.randomUUID();

        assertThat(claim(claims, "a/1", List.of(
                new Wanted(late, 1, "act_1", now().minusSeconds(1), LIMITS, 3, envelope(late)),
                new Wanted(inTime, 1, "act_1", now().plusSeconds(60), LIMITS, 3, envelope(inTime)))))
                .singleElement().returns(inTime, Claim::jobId);
    }

    @Test
    void an_attempt_whose_outcome_was_lost_wins_again_until_its_round_is_finished() {
        var job = UUID.randomUUID();
        claim(claims, "a/1", List.of(wanted(job, 1)));
        assertThat(claim(claims, "a/1", List.of(wanted(job, 1)))).hasSize(1);

        claims.finish(List.of(new Finished(job, 1))).block();
        assertThat(claim(claims, "a/1", List.of(wanted(job, 1)))).isEmpty();
    }

    @Test
    void many_creators_that_want_the_same_jobs_win_each_once() throws InterruptedException {
        var wanted = IntStream.range(0, 40).mapToObj(_ -> wanted(UUID.randomUUID(), 1)).toList();
        var won = Collections.synchronizedList(new ArrayList<UUID>());
        var creators = 12;
        var ready = new CountDownLatch(creators);
        var threads = IntStream.range(0, creators).mapToObj(creator -> Thread.ofVirtual().start(() -> {
            var shuffled = new ArrayList<>(wanted);
            Collections.shuffle(shuffled);
            ready.countDown();
            claim(paced, "creator-" + creator + "/1", shuffled).forEach(claim -> won.add(claim.jobId()));
        })).toList();
        for (var thread : threads) {
            thread.join();
        }

        assertThat(won).hasSize(40).doesNotHaveDuplicates();
    }

    @Test
    void claims_survive_a_crash_of_the_database_whatever_its_default() {
        assertThat(JdbcClient.create(database).sql("SHOW synchronous_commit").query(String.class).single())
                .isEqualTo("on");
    }

    @Test
    void a_dead_workers_claim_is_swept_as_soon_as_lease_and_time_out_are_over_and_once() {
        var job = UUID.randomUUID();
        claim(claims, "a/1", List.of(wanted(job, 4)));
        var expired = Collections.synchronizedList(new ArrayList<Expired>());
        var reportedAt = Collections.synchronizedList(new ArrayList<Instant>());
        var emptySweeps = new AtomicInteger();

        await().pollInterval(Duration.ofMillis(10)).atMost(Duration.ofSeconds(20)).until(() -> {
            var ended = claims.sweep(one -> Mono.fromRunnable(() -> {
                reportedAt.add(now());
                expired.add(one);
            })).block();
            emptySweeps.addAndGet(Objects.equals(ended, 0) ? 1 : 0);
            return Objects.equals(ended, 1);
        });

        assertThat(expired).singleElement().satisfies(one -> {
            assertThat(one.jobId()).isEqualTo(job);
            assertThat(one.round()).isEqualTo(4);
            assertThat(one.quietAt()).isEqualTo(one.claimedAt().plus(LEASE).plus(REQUEST_TIMEOUT));
            assertThat(one.cause()).returns("command", Envelope::id).returns("correlation", Envelope::correlationId)
                    .returns("00-trace", Envelope::traceparent);
            assertThat(reportedAt.getFirst()).isAfter(one.quietAt());
            assertThat(emptySweeps.get()).isPositive();
        });
        assertThat(sweep(claims, expired)).isZero();
    }

    @Test
    void a_claim_is_judged_by_the_limits_of_its_command_whatever_the_settings_of_the_creator_that_finds_it() {
        var job = UUID.randomUUID();
        var limits = new RoundLimits(Duration.ofSeconds(1), Duration.ofMillis(1_500));
        claim(claims, "a/1", List.of(new Wanted(job, 1, "act_1", null, limits, 3, envelope(job))));

        assertThat(sweptQuietAfter(settings(Duration.ofSeconds(1), Duration.ofMillis(1)))).isEqualTo(limits.lease()
                .plus(limits.requestTimeout()));
    }

    @Test
    void a_claim_of_a_version_that_kept_no_limits_is_judged_by_the_settings_of_the_creator_that_finds_it() {
        claim(claims, "a/1", List.of(wanted(UUID.randomUUID(), 1)));
        JdbcClient.create(database).sql("UPDATE creator.creation_claims SET request_timeout = NULL").update();

        assertThat(sweptQuietAfter(settings(Duration.ofSeconds(9), Duration.ofMillis(700))))
                .isEqualTo(LEASE.plusMillis(700));
    }

    /** How long after its claim the one round there is was taken for quiet, by a creator that is set like this. */
    private static Duration sweptQuietAfter(CreationSettings settings) {
        var finder = new JdbcClaims(database, settings);
        var expired = new ArrayList<Expired>();
        await().atMost(Duration.ofSeconds(20)).until(() -> sweep(finder, expired) == 1);
        var one = expired.getFirst();
        assertThat(now()).isAfter(one.quietAt());
        return Duration.between(one.claimedAt(), one.quietAt());
    }

    @Test
    void an_unreported_claim_is_left_for_the_next_sweep_and_only_that() {
        var bad = UUID.randomUUID();
        var good = UUID.randomUUID();
        claim(claims, "a/1", List.of(wanted(bad, 1), wanted(good, 1)));
        JdbcClient.create(database).sql("UPDATE creator.creation_claims SET lease_until = now() - interval '1 minute'")
                .update();

        var ended = claims
                .sweep(one -> one.jobId().equals(bad) ? Mono.error(new IllegalStateException("away")) : Mono.empty())
                .block();
        assertThat(ended).isEqualTo(1);

        var expired = new ArrayList<Expired>();
        assertThat(sweep(claims, expired)).isEqualTo(1);
        assertThat(expired).singleElement().returns(bad, Expired::jobId);
    }

    @Test
    void two_sweeps_at_once_report_a_claim_once() {
        claim(claims, "a/1", IntStream.range(0, 30).mapToObj(_ -> wanted(UUID.randomUUID(), 1)).toList());
        JdbcClient.create(database).sql("UPDATE creator.creation_claims SET lease_until = now() - interval '1 minute'")
                .update();
        var reports = new AtomicInteger();

        Flux.range(0, 6).flatMap(
                _ -> claims.sweep(_ -> Mono.delay(Duration.ofMillis(50)).doOnNext(_ -> reports.incrementAndGet())
                        .then()))
                .blockLast();

        assertThat(reports).hasValue(30);
    }

    @Test
    void a_finished_round_is_not_swept_and_a_superseded_one_cannot_be_finished() {
        var finished = UUID.randomUUID();
        var superseded = UUID.randomUUID();
        claim(claims, "a/1", List.of(wanted(finished, 1), wanted(superseded, 1)));
        claim(claims, "b/1", List.of(wanted(superseded, 2)));
        claims.finish(List.of(new Finished(finished, 1), new Finished(superseded, 1))).block();
        JdbcClient.create(database).sql("UPDATE creator.creation_claims SET lease_until = now() - interval '1 minute'")
                .update();

        var expired = new ArrayList<Expired>();
        sweep(claims, expired);
        assertThat(expired).singleElement().returns(superseded, Expired::jobId).returns(2, Expired::round);
    }

    @Test
    void a_paused_account_is_claimed_for_and_gets_nothing_reserved() {
        paces.pause("act_1", Duration.ofSeconds(30)).block();
        paces.pause("act_1", Duration.ofSeconds(5)).block();

        assertThat(paces.pausedFor("act_1").block()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(30));
        assertThat(paces.pausedFor("act_2").block()).isZero();
        for (var creator : List.of(claims, paced)) {
            assertThat(claim(creator, "a/1", List.of(wanted(UUID.randomUUID(), 1)))).singleElement()
                    .satisfies(claim -> {
                        assertThat(claim.pausedFor()).isBetween(Duration.ofSeconds(28), Duration.ofSeconds(30));
                        assertThat(claim.reservation()).isEqualTo(Reservation.NONE);
                    });
        }
    }

    @Test
    void a_pause_ends_by_itself() {
        paces.pause("act_1", Duration.ofMillis(200)).block();

        await().atMost(Duration.ofSeconds(5)).until(() -> claim(claims, "a/1", List.of(wanted(UUID.randomUUID(), 1)))
                .getFirst().pausedFor().isZero());
    }

    /** A grant's time is known to lie between its begin as asked and its begin as answered. */
    private record Granted(Instant earliest, Instant latest) {

        boolean isWithinSecondOf(Instant begin) {
            return !earliest.isBefore(begin) && latest.isBefore(begin.plusSeconds(1));
        }
    }

    @Test
    void creators_together_never_reserve_more_than_the_cap_for_any_rolling_second() {
        var granted = Flux.range(0, 60).flatMap(i -> Mono.fromCallable(() -> {
            var asked = now();
            var reservation = i % 3 == 0
                    ? claim(paced, "c/" + i, List.of(wanted(UUID.randomUUID(), 1, 21))).getFirst().reservation()
                    : Objects.requireNonNull(
                            paces.reserve("act_1", 7 + i % 11, 1, Duration.ofSeconds(60)).retry(3).block());
            return granted(reservation, asked, now());
        }).subscribeOn(Schedulers.boundedElastic()), 12).flatMapIterable(grants -> grants).collectList().block();

        assertThat(granted).hasSizeGreaterThan(400);
        for (var one : granted) {
            assertThat(granted.stream().filter(other -> other.isWithinSecondOf(one.earliest())).count())
                    .isLessThanOrEqualTo(100);
        }
    }

    @Test
    void what_would_begin_too_late_is_not_reserved() {
        paces.reserve("act_1", 500, 1, Duration.ofSeconds(60)).block();

        var reservation = paces.reserve("act_1", 10, 1, Duration.ofSeconds(2)).block();

        assertThat(reservation).isNotNull();
        assertThat(reservation.grants()).isEmpty();
        assertThat(reservation.laterIn()).isBetween(Duration.ofSeconds(4), AccountPace.WINDOW.multipliedBy(5));
    }

    @Test
    void claims_of_one_poll_on_one_account_share_its_window() {
        var won = claim(paced, "a/1", List.of(wanted(UUID.randomUUID(), 1, 60), wanted(UUID.randomUUID(), 1, 60)));

        assertThat(won.stream().flatMap(claim -> claim.reservation().grants().stream())
                .filter(grant -> grant.startsIn().isZero()).mapToInt(Grant::mutations).sum()).isEqualTo(100);
    }

    private static List<Granted> granted(Reservation reservation, Instant asked, Instant answered) {
        return reservation.grants().stream().flatMap(grant -> Collections.nCopies(grant.mutations(),
                new Granted(asked.plus(grant.startsIn()), answered.plus(grant.startsIn()))).stream()).toList();
    }

    private static int sweep(JdbcClaims claims, Collection<Expired> expired) {
        var ended = claims.sweep(one -> Mono.fromRunnable(() -> expired.add(one))).block();
        return ended == null ? 0 : ended;
    }

    @Test
    void claims_of_rounds_that_ended_long_ago_are_deleted_and_give_nobody_a_second_chance() throws SQLException {
        var sql = JdbcClient.create(database);
        var old = UUID.randomUUID();
        sql.sql("""
                INSERT INTO creator.creation_claims
                  (job_id, round, worker, claimed_at, lease_until, finished_at, command_id, correlation_id)
                SELECT job_id, 1, worker, at, at, CASE WHEN worker <> 'unfinished' THEN at END, 'c', 'c'
                FROM (SELECT ?::uuid AS job_id, 'ended' AS worker, now() - interval '36 days' AS at
                  UNION ALL SELECT gen_random_uuid(), 'ended', now() - interval '90 days' FROM generate_series(1, 2500)
                  UNION ALL SELECT gen_random_uuid(), 'unfinished', now() - interval '36 days'
                  UNION ALL SELECT gen_random_uuid(), 'recent', now() - interval '34 days'
                  UNION ALL SELECT gen_random_uuid(), 'in use', now() - interval '36 days') AS claims""")
                .param(old.toString()).update();
        sql.sql("""
                INSERT INTO creator.account_pace (account_id, resume_at, window_end) VALUES
                  ('act_old', now() - interval '2 days', now() - interval '2 days'), ('act_never', NULL, NULL),
                  ('act_paused', now() + interval '1 hour', now() - interval '2 days'),
                  ('act_busy', NULL, now())""").update();
        try (var other = database.getConnection(); var statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT FROM creator.creation_claims WHERE worker = 'in use' FOR UPDATE");

            new ClaimPurge(database, ClaimPurge.KEEP_CLAIMS).purge();
            other.rollback();
        }

        assertThat(sql.sql("SELECT worker FROM creator.creation_claims").query(String.class).list())
                .containsExactlyInAnyOrder("unfinished", "recent", "in use");
        assertThat(sql.sql("SELECT account_id FROM creator.account_pace").query(String.class).list())
                .containsExactlyInAnyOrder("act_paused", "act_busy");
        var again = new Wanted(old, 1, "act_1", now().minus(Duration.ofDays(36)), LIMITS, 3, envelope(old));
        assertThat(claim(claims, "late", List.of(again))).isEmpty();
        var next = new Wanted(old, 2, "act_1", now().plus(Duration.ofMinutes(1)), LIMITS, 3, envelope(old));
        assertThat(claim(claims, "next", List.of(next))).hasSize(1);
    }

    private static List<Claim> claim(JdbcClaims claims, String claimant, Collection<Wanted> wanted) {
        var won = claims.claim(claimant, wanted).retry(3).block();
        return won == null ? List.of() : won;
    }

    private static Instant now() {
        return JdbcClient.create(database).sql("SELECT clock_timestamp()").query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }

    private static Wanted wanted(UUID job, int round) {
        return wanted(job, round, 3);
    }

    private static Wanted wanted(UUID job, int round, int mutations) {
        return new Wanted(job, round, "act_1", null, LIMITS, mutations, envelope(job));
    }

    private static Envelope envelope(UUID job) {
        return new Envelope("command", "CreateEntities", "/job-service", job.toString(), Instant.EPOCH, 7L,
                "correlation", null,
                "00-trace");
    }

    private static CreationSettings settings(int mutationsPerSecond) {
        return settings(LEASE, REQUEST_TIMEOUT, mutationsPerSecond);
    }

    private static CreationSettings settings(Duration lease, Duration requestTimeout) {
        return settings(lease, requestTimeout, 0);
    }

    private static CreationSettings settings(Duration lease, Duration requestTimeout, int mutationsPerSecond) {
        var d = CreationSettings.defaults();
        return new CreationSettings(lease, requestTimeout, d.sweepEvery(), d.reportEvery(), d.branchesAtOnce(),
                d.requestsAtOnce(), d.requestsWaitingMax(), d.commandsAtOnce(), mutationsPerSecond, d.rateLimitPause());
    }
}
