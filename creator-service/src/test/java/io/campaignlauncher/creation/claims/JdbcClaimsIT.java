package io.campaignlauncher.creation.claims;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.creation.claims.Claims.Expired;
import io.campaignlauncher.creation.claims.Claims.Wanted;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.pace.AccountPace;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.JdbcAccountPaces;
import io.campaignlauncher.testing.TestDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
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

class JdbcClaimsIT extends ClaimsContract {

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
        JdbcClient.create(database).sql("UPDATE creator.timeline SET since = '-infinity'").update();
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
    void a_claim_of_a_version_that_kept_no_limits_is_judged_by_the_settings_of_the_creator_that_finds_it() {
        claim(claims, "a/1", List.of(wanted(UUID.randomUUID(), 1)));
        JdbcClient.create(database).sql("UPDATE creator.creation_claims SET request_timeout = NULL").update();

        pass(LEASE.plusSeconds(1));

        var expired = new ArrayList<Expired>();
        assertThat(sweep(new JdbcClaims(database, settings(Duration.ofSeconds(9), Duration.ofMillis(700), 0)), expired))
                .isEqualTo(1);
        assertThat(expired).singleElement().satisfies(
                one -> assertThat(one.quietAt()).isEqualTo(one.claimedAt().plus(LEASE).plusMillis(700)));
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

    @Override
    protected Claims claims(CreationSettings settings) {
        return new JdbcClaims(database, settings);
    }

    @Override
    protected void pause(String accountId, Duration wait) {
        paces.pause(accountId, wait).block();
    }

    /** Moves all that is stored back instead. */
    @Override
    protected void pass(Duration time) {
        var sql = JdbcClient.create(database);
        sql.sql("""
                UPDATE creator.creation_claims
                SET claimed_at = claimed_at - make_interval(secs => :secs), lease_until = lease_until - make_interval(secs => :secs)""")
                .param("secs", time.toSeconds()).update();
        sql.sql("UPDATE creator.account_pace SET resume_at = resume_at - make_interval(secs => :secs)")
                .param("secs", time.toSeconds()).update();
    }

    @Override
    protected Instant now() {
        return JdbcClient.create(database).sql("SELECT clock_timestamp()").query(java.time.OffsetDateTime.class)
                .single()
                .toInstant();
    }

    /** As if what is known were the one before. */
    @Override
    protected void changeTimeline() {
        JdbcClient.create(database).sql("UPDATE creator.timeline SET id = '00000000'").update();
    }

    private static CreationSettings settings(int mutationsPerSecond) {
        return settings(LEASE, REQUEST_TIMEOUT, mutationsPerSecond);
    }
}
