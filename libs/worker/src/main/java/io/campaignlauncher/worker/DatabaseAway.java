package io.campaignlauncher.worker;

import java.time.Duration;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.transaction.TransactionException;
import reactor.util.retry.Retry;
import reactor.util.retry.RetryBackoffSpec;

/** For records that nobody would bring again: while a database is away they wait, however long. */
public final class DatabaseAway {

    private static final Duration AGAIN_AFTER = Duration.ofSeconds(1);
    private static final Duration AGAIN_AFTER_MAX = Duration.ofSeconds(10);

    private DatabaseAway() {}

    /** Whether it failed through no fault of the record: the same one may be taken later. What the database refuses is not that. */
    public static boolean is(Throwable failure) {
        return (failure instanceof DataAccessException || failure instanceof TransactionException)
                && !(failure instanceof DataIntegrityViolationException);
    }

    /** Tries again as long as it {@link #is} so. */
    public static Retry retry() {
        return again(Long.MAX_VALUE).filter(DatabaseAway::is);
    }

    /** The same pauses, for something else that is worth waiting for. */
    public static RetryBackoffSpec again(long times) {
        return Retry.backoff(times, AGAIN_AFTER).maxBackoff(AGAIN_AFTER_MAX);
    }
}
