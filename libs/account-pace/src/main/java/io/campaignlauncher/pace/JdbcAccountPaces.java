package io.campaignlauncher.pace;

import io.campaignlauncher.pace.AccountPace.Reservation;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import reactor.core.publisher.Mono;

/**
 * {@link AccountPaces} in the table {@code creator.account_pace} of a PostgreSQL database; the creators make it. Times are the
 * database's clock.
 */
public final class JdbcAccountPaces implements AccountPaces {

    private static final int STATEMENT_TIMEOUT_SECONDS = 5;

    /** The clock is read once the lock is held. */
    private static final String LOCK = """
            INSERT INTO creator.account_pace AS p (account_id) VALUES (?)
            ON CONFLICT (account_id) DO UPDATE SET used = p.used
            RETURNING window_end, used, clock_timestamp() AS now
            """;

    private static final String PAUSE = """
            INSERT INTO creator.account_pace AS p (account_id, resume_at)
            VALUES (?, clock_timestamp() + make_interval(secs => ?))
            ON CONFLICT (account_id) DO UPDATE SET resume_at = greatest(p.resume_at, excluded.resume_at)
            """;

    private static final String PAUSED = """
            SELECT greatest(0, coalesce(extract(epoch FROM resume_at - clock_timestamp()), 0)) AS paused_seconds
            FROM creator.account_pace WHERE account_id = ?
            """;

    /** A thread for each statement that waits; the pool of connections bounds them. */
    private final Executor threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("account-pace-", 0).factory());
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final int cap;

    private record Paced(OffsetDateTime now, AccountPace pace) {}

    /** @param cap changes of an account a second; 0: no limit, then nothing is reserved */
    public JdbcAccountPaces(DataSource database, int cap) {
        var template = new JdbcTemplate(database);
        template.setQueryTimeout(STATEMENT_TIMEOUT_SECONDS);
        this.jdbc = JdbcClient.create(template);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.cap = cap;
    }

    @Override
    public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
        return cap == 0 ? Mono.just(Reservation.NONE) : committed(() -> {
            var paced = jdbc.sql(LOCK).param(accountId)
                    .query((row, _) -> new Paced(row.getObject("now", OffsetDateTime.class), PaceRows.pace(row)))
                    .single();
            var reserved = paced.pace().reserve(paced.now().toInstant(), mutations, whole, cap, within);
            PaceRows.save(jdbc, Map.of(accountId, reserved.pace()));
            return reserved.reservation();
        });
    }

    @Override
    public Mono<Void> pause(String accountId, Duration wait) {
        return committed(() -> jdbc.sql(PAUSE).param(accountId).param(wait.toNanos() / 1e9).update()).then();
    }

    @Override
    public Mono<Duration> pausedFor(String accountId) {
        return committed(() -> jdbc.sql(PAUSED).param(accountId)
                .query((row, _) -> PaceRows.seconds(row, "paused_seconds")).optional().orElse(Duration.ZERO));
    }

    /** Whoever does not wait any longer leaves the statement to end by itself: to interrupt it would cost its connection. */
    private <T> Mono<T> committed(Supplier<T> work) {
        return Mono.fromFuture(
                () -> CompletableFuture.supplyAsync(() -> transaction.execute(_ -> work.get()), threads), true);
    }
}
