package io.campaignlauncher.creation.claims;

/**
 * The statements on claims, and on the paces that are reserved with them. Once a claim was asked for, its command waits for room no longer, whoever got the claim.
 * Rows are locked in one order everywhere, claims by job id, then accounts by their id, then waiting commands by job id, so that
 * creators seldom meet in a deadlock; where they do, PostgreSQL refuses one and it tries again.
 */
final class ClaimSql {

    /** Who holds a claim that may have been somebody's before the database changed its timeline. */
    private static final String UNKNOWN = "'unknown'";

    private static final String CLAIMED = """
            WITH wanted AS (
              SELECT w.*, sent_at <= since + make_interval(secs => ?) AS perhaps_claimed
              FROM creator.timeline, unnest(?::text[]::uuid[], ?::int[], ?::text[], ?::text[], ?::text[], ?::text[],
                                            ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::float8[], ?::float8[])
                AS w (job_id, round, account_id, command_id, correlation_id, traceparent, sent_at, not_after, lease,
                      request_timeout)
            ), claimed AS (
              INSERT INTO creator.creation_claims AS claim
                (job_id, round, worker, claimed_at, lease_until, request_timeout, command_id, correlation_id, traceparent)
              SELECT job_id, round, CASE WHEN perhaps_claimed THEN %s ELSE mine.worker END, mine.now,
                     mine.now + make_interval(secs => lease),
                     make_interval(secs => request_timeout), command_id, correlation_id, traceparent
              FROM wanted, (SELECT ?::text AS worker, clock_timestamp() AS now OFFSET 0) AS mine
              WHERE wanted.not_after IS NULL OR mine.now <= wanted.not_after
              ORDER BY job_id
              ON CONFLICT (job_id) DO UPDATE SET
                round = excluded.round, worker = excluded.worker, claimed_at = excluded.claimed_at,
                lease_until = excluded.lease_until, request_timeout = excluded.request_timeout, finished_at = NULL, command_id = excluded.command_id,
                correlation_id = excluded.correlation_id, traceparent = excluded.traceparent
              WHERE claim.round < excluded.round
                 OR (claim.round = excluded.round AND claim.worker = excluded.worker AND claim.worker <> %s
                     AND claim.finished_at IS NULL)
              RETURNING job_id, round, worker
            ), won AS (
              SELECT job_id, round FROM claimed WHERE worker <> %s
            ), waited AS (
              DELETE FROM creator.waiting_commands AS w
              USING (SELECT w.job_id FROM creator.waiting_commands AS w JOIN wanted USING (job_id)
                     WHERE w.round <= wanted.round ORDER BY w.job_id FOR UPDATE OF w) AS done
              WHERE w.job_id = done.job_id
            )"""
            .formatted(UNKNOWN, UNKNOWN, UNKNOWN);

    private static final String RESULT = """

            SELECT won.job_id, won.round, wanted.account_id, pace.window_end, coalesce(pace.used, 0) AS used,
                   greatest(0, coalesce(extract(epoch FROM pace.resume_at - clock_timestamp()), 0)) AS paused_seconds,
                   coalesce(pace.now, clock_timestamp()) AS now
            FROM won JOIN wanted USING (job_id)
            """;

    /** Claims, and says which of them are on paused accounts. */
    static final String CLAIM = CLAIMED + RESULT + """
            LEFT JOIN (SELECT *, clock_timestamp() AS now FROM creator.account_pace) AS pace USING (account_id)
            """;

    /** The same, with the accounts' paces locked. Their clock is read once the lock is held. */
    static final String CLAIM_AND_LOCK_PACE = CLAIMED + """
            , pace AS (
              INSERT INTO creator.account_pace AS p (account_id)
              SELECT DISTINCT account_id FROM wanted ORDER BY account_id
              ON CONFLICT (account_id) DO UPDATE SET used = p.used
              RETURNING account_id, resume_at, window_end, used, clock_timestamp() AS now
            )""" + RESULT + """
            LEFT JOIN pace USING (account_id)
            """;

    static final String REACH = "SELECT 1 FROM creator.creation_claims LIMIT 1";

    static final String FINISH = """
            UPDATE creator.creation_claims AS claim SET finished_at = clock_timestamp()
            FROM (SELECT c.job_id, c.round FROM creator.creation_claims AS c
                  JOIN unnest(?::text[]::uuid[], ?::int[]) AS done (job_id, round)
                    ON c.job_id = done.job_id AND c.round = done.round
                  WHERE c.finished_at IS NULL ORDER BY c.job_id FOR UPDATE OF c) AS open
            WHERE claim.job_id = open.job_id AND claim.round = open.round
            """;

    static final String EXPIRED = """
            SELECT job_id, round, claimed_at, lease_until + coalesce(request_timeout, own.timeout) AS quiet_at,
                   command_id, correlation_id, traceparent
            FROM creator.creation_claims, (SELECT make_interval(secs => ?) AS timeout) AS own
            WHERE finished_at IS NULL AND lease_until < clock_timestamp()
              AND lease_until + coalesce(request_timeout, own.timeout) < clock_timestamp()
            ORDER BY lease_until
            LIMIT ?
            FOR UPDATE OF creation_claims SKIP LOCKED
            """;

    private ClaimSql() {}
}
