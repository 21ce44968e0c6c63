package io.campaignlauncher.creation.claims;

/** The statements on commands that wait for room. {@link ClaimSql} removes those that are claimed. */
final class WaitingSql {

    /** Only the latest round of a job is kept. */
    static final String ADD = """
            INSERT INTO creator.waiting_commands AS w
              (job_id, round, urgent_from, sent_at, command_id, correlation_id, traceparent, command)
            SELECT * FROM unnest(?::text[]::uuid[], ?::int[], ?::text[]::timestamptz[], ?::text[]::timestamptz[], ?::text[],
                                 ?::text[], ?::text[], ?::bytea[]) AS v (job_id)
            ORDER BY v.job_id
            ON CONFLICT (job_id) DO UPDATE SET
              round = excluded.round, urgent_from = excluded.urgent_from, taken_until = NULL, sent_at = excluded.sent_at,
              command_id = excluded.command_id, correlation_id = excluded.correlation_id,
              traceparent = excluded.traceparent, command = excluded.command
            WHERE w.round < excluded.round
            """;

    static final String COUNT = "SELECT count(*) FROM creator.waiting_commands";

    /** Several creators that ask at once get different ones. */
    static final String TAKE = """
            UPDATE creator.waiting_commands AS w SET taken_until = clock_timestamp() + make_interval(secs => ?)
            FROM (SELECT job_id FROM creator.waiting_commands
                  WHERE taken_until IS NULL OR taken_until < clock_timestamp()
                  ORDER BY urgent_from, job_id LIMIT ? FOR UPDATE SKIP LOCKED) AS next
            WHERE w.job_id = next.job_id
            RETURNING w.job_id, w.round, w.sent_at, w.command_id, w.correlation_id, w.traceparent, w.command
            """;

    static final String GIVE_BACK = """
            UPDATE creator.waiting_commands SET taken_until = NULL WHERE job_id = ANY (?::text[]::uuid[])
            """;

    static final String REMOVE = "DELETE FROM creator.waiting_commands WHERE job_id = ? AND round = ?";

    private WaitingSql() {}
}
