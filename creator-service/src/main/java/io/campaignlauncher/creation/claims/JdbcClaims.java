package io.campaignlauncher.creation.claims;

import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.creation.model.RoundLimits;
import io.campaignlauncher.pace.AccountPace;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.Lease;
import io.campaignlauncher.pace.PaceRows;
import io.campaignlauncher.pace.Timeline;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import reactor.core.scheduler.Schedulers;

/** {@link Claims} in the schema {@code creator} of a PostgreSQL database. Times are its clock's. */
public final class JdbcClaims implements Claims {

    private static final int SWEPT_AT_ONCE_MAX = 100;
    private static final Duration REPORT_TIMEOUT = Duration.ofSeconds(5);
    private static final int STATEMENT_TIMEOUT_SECONDS = 5;

    /**
     * A thread for each piece of work, so that no claim waits behind a sweep, which holds its thread until its reports are
     * durable; the pool of connections bounds them. Not the shared elastic threads: reporting may need one of those.
     */
    private final Scheduler threads = Schedulers.fromExecutorService(
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("creator-claims-", 0).factory()),
            "creator-claims");
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final CreationSettings settings;
    private final Timeline timeline = new Timeline(ClaimsDatabase.SCHEMA);

    private record Won(UUID jobId, int round, String accountId, Duration pausedFor, Paced paced) {}

    private record Paced(OffsetDateTime now, AccountPace pace) {}

    public JdbcClaims(DataSource database, CreationSettings settings) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(STATEMENT_TIMEOUT_SECONDS);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.settings = settings;
    }

    @Override
    public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
        return committed(() -> {
            var byJob = new HashMap<UUID, Wanted>();
            wanted.forEach(one -> byJob.put(one.jobId(), one));
            timeline.note(jdbc);
            return reserved(won(claimant, List.copyOf(wanted)), byJob);
        });
    }

    private List<Won> won(String claimant, List<Wanted> wanted) {
        var cap = settings.mutationsPerSecond();
        var statement = jdbc.sql(cap == 0 ? ClaimSql.CLAIM : ClaimSql.CLAIM_AND_LOCK_PACE)
                .param(seconds(Timeline.CLOCKS_DIFFER_MAX))
                .param(texts(wanted, one -> one.jobId().toString()))
                .param(wanted.stream().map(Wanted::round).toArray(Integer[]::new))
                .param(texts(wanted, Wanted::accountId))
                .param(texts(wanted, one -> one.cause().id()))
                .param(texts(wanted, one -> one.cause().correlationId()))
                .param(texts(wanted, one -> one.cause().traceparent()))
                .param(texts(wanted, one -> one.cause().time().toString()))
                .param(texts(wanted, one -> one.notAfter() == null ? null : one.notAfter().toString()))
                .param(seconds(wanted, RoundLimits::lease))
                .param(seconds(wanted, RoundLimits::requestTimeout))
                .param(claimant);
        return statement.query((row, _) -> new Won(row.getObject("job_id", UUID.class), row.getInt("round"),
                row.getString("account_id"), PaceRows.seconds(row, "paused_seconds"),
                new Paced(row.getObject("now", OffsetDateTime.class), PaceRows.pace(row)))).list();
    }

    private List<Claim> reserved(List<Won> won, Map<UUID, Wanted> wanted) {
        var claims = new ArrayList<Claim>();
        var paces = new HashMap<String, AccountPace>();
        for (var one : won) {
            var asked = Objects.requireNonNull(wanted.get(one.jobId()));
            var mutations = asked.mutations();
            if (settings.mutationsPerSecond() == 0 || one.pausedFor().isPositive() || mutations == 0) {
                claims.add(new Claim(one.jobId(), one.round(), one.pausedFor(), Reservation.NONE));
                continue;
            }
            var reserved = paces.getOrDefault(one.accountId(), one.paced().pace()).reserve(
                    one.paced().now().toInstant(), mutations, 1, settings.mutationsPerSecond(),
                    asked.limits().lease().minus(Lease.MARGIN));
            paces.put(one.accountId(), reserved.pace());
            claims.add(new Claim(one.jobId(), one.round(), Duration.ZERO, reserved.reservation()));
        }
        if (!paces.isEmpty()) {
            PaceRows.save(jdbc, paces);
        }
        return claims;
    }

    @Override
    public Mono<Void> reachable() {
        return committed(() -> jdbc.sql(ClaimSql.REACH).query(Integer.class).list().size()).then();
    }

    @Override
    public Mono<Void> finish(Collection<Finished> rounds) {
        return committed(() -> finished(List.copyOf(rounds))).then();
    }

    private int finished(List<Finished> rounds) {
        return rounds.isEmpty() ? 0 : jdbc.sql(ClaimSql.FINISH)
                .param(texts(rounds, one -> one.jobId().toString()))
                .param(rounds.stream().map(Finished::round).toArray(Integer[]::new))
                .update();
    }

    /** The rows stay locked until their reports are durable, so that only one creator reports them; bounded in time. */
    @Override
    public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
        return committed(() -> {
            timeline.note(jdbc);
            var expired = jdbc.sql(ClaimSql.EXPIRED)
                    .param(seconds(settings.requestTimeout()))
                    .param(SWEPT_AT_ONCE_MAX)
                    .query(ClaimRows::expired)
                    .list();
            if (expired.isEmpty()) {
                return 0;
            }
            var reported = Flux.fromIterable(expired)
                    .flatMap(one -> report.apply(one)
                            .timeout(REPORT_TIMEOUT)
                            .thenReturn(new Finished(one.jobId(), one.round()))
                            .onErrorResume(_ -> Mono.empty()), SWEPT_AT_ONCE_MAX)
                    .collectList()
                    .block();
            return reported == null ? 0 : finished(reported);
        });
    }

    private <T> Mono<T> committed(Supplier<T> work) {
        return Mono.fromCallable(() -> transaction.execute(_ -> work.get())).subscribeOn(threads);
    }

    private static <T> String[] texts(List<T> items, Function<T, @Nullable String> text) {
        return items.stream().map(text).toArray(String[]::new);
    }

    private static Double[] seconds(List<Wanted> wanted, Function<RoundLimits, Duration> limit) {
        return wanted.stream().map(one -> seconds(limit.apply(one.limits()))).toArray(Double[]::new);
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
