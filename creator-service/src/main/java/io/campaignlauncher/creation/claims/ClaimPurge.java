package io.campaignlauncher.creation.claims;

import io.campaignlauncher.messaging.Reasons;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Deletes claims and paces that can no longer matter, some at a time, and passes over those that somebody is using just now.
 * {@code V4__purges.sql} says why it is safe. Every creator does it; they do not get in each other's way.
 */
public final class ClaimPurge {

    /** Longer than {@code creation.commands} keeps a command. */
    public static final Duration KEEP_CLAIMS = Duration.ofDays(35);

    private static final Logger LOG = LoggerFactory.getLogger(ClaimPurge.class);
    private static final Duration EVERY = Duration.ofHours(1);
    /** Far beyond the validity of any command, whatever it is set to. */
    private static final Duration KEEP_CLAIMS_MIN = Duration.ofDays(1);
    private static final int AT_ONCE_MAX = 1_000;
    private static final int BATCHES_MAX = 200;

    private static final String CLAIMS = """
            DELETE FROM creator.creation_claims WHERE job_id IN (
              SELECT job_id FROM creator.creation_claims
              WHERE claimed_at < clock_timestamp() - make_interval(secs => ?) AND finished_at IS NOT NULL
              LIMIT ? FOR UPDATE SKIP LOCKED)
            """;
    private static final String PACES = """
            DELETE FROM creator.account_pace WHERE account_id IN (
              SELECT account_id FROM creator.account_pace
              WHERE (resume_at IS NULL OR resume_at < clock_timestamp() - interval '1 day')
                AND (window_end IS NULL OR window_end < clock_timestamp() - interval '1 day')
              LIMIT ? FOR UPDATE SKIP LOCKED)
            """;

    private final JdbcClient jdbc;
    private final Duration keepClaims;

    /** @param keepClaims from the claim on, where its round is finished */
    public ClaimPurge(DataSource database, Duration keepClaims) {
        if (keepClaims.compareTo(KEEP_CLAIMS_MIN) < 0) {
            throw new IllegalArgumentException(
                    "launch.creation.keep-claims must be at least a day, not " + keepClaims);
        }
        this.jdbc = JdbcClient.create(database);
        this.keepClaims = keepClaims;
    }

    /**
     * Purges now and every hour until the end comes, and lets the purge under way come to its own. A failure is logged and tried
     * again with the next time.
     */
    public Mono<Void> until(Mono<Void> end) {
        return Mono.fromRunnable(this::purge).subscribeOn(Schedulers.boundedElastic())
                .onErrorResume(e -> {
                    LOG.warn("cannot delete old claims, trying again in an hour: {}", Reasons.of(e));
                    return Mono.empty();
                })
                .then(Mono.delay(EVERY).takeUntilOther(end))
                .repeatWhen(pauses -> pauses.takeWhile(passed -> passed > 0))
                .then();
    }

    /** Deletes what is there, up to a bound; what is left is for the next time. */
    void purge() {
        var claims = 0;
        for (int batch = 0, deleted = AT_ONCE_MAX; batch < BATCHES_MAX && deleted >= AT_ONCE_MAX; batch++) {
            deleted = jdbc.sql(CLAIMS).params(keepClaims.toMillis() / 1000.0, AT_ONCE_MAX).update();
            claims += deleted;
        }
        for (int batch = 0, deleted = AT_ONCE_MAX; batch < BATCHES_MAX && deleted >= AT_ONCE_MAX; batch++) {
            deleted = jdbc.sql(PACES).param(AT_ONCE_MAX).update();
        }
        if (claims > 0) {
            LOG.info("deleted {} claims of rounds that ended long ago", claims);
        }
    }
}
