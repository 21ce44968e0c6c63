package io.campaignlauncher.posting.store;

/** The statements on posts. Rows are locked in one order everywhere: the channel, then the post. */
final class PostSql {

    static final String ADD_CHANNEL = "INSERT INTO posting.channels (chat_id) VALUES (?) ON CONFLICT DO NOTHING";

    static final String ADD_JOB = """
            INSERT INTO posting.post_jobs (job_id, chat_id, request_hash, command, state, next_at)
            VALUES (?, ?, ?, ?::jsonb, ?::jsonb, clock_timestamp()) ON CONFLICT DO NOTHING
            """;

    static final String REQUEST_HASH = "SELECT request_hash FROM posting.post_jobs WHERE job_id = ?";

    static final String ADD_REQUEST = """
            INSERT INTO posting.post_requests (job_id, kind, reason, message_id) VALUES (?, ?, ?, ?)
            """;

    static final String WAKE = "UPDATE posting.post_jobs SET next_at = clock_timestamp() WHERE job_id = ?";

    static final String CLAIM = """
            UPDATE posting.channels AS c SET claim = c.claim + 1, owner = ?,
                   lease_until = clock_timestamp() + make_interval(secs => ?)
            FROM (SELECT c.chat_id, j.job_id FROM posting.post_jobs AS j JOIN posting.channels AS c USING (chat_id)
                  WHERE j.next_at <= (SELECT clock_timestamp())
                    AND (c.lease_until IS NULL OR c.lease_until <= clock_timestamp())
                  ORDER BY j.next_at LIMIT 1 FOR UPDATE OF c SKIP LOCKED) AS due
            WHERE c.chat_id = due.chat_id
            RETURNING c.chat_id, c.claim, due.job_id
            """;

    /** Also locks the channel: whoever comes next waits. The clock is read once the lock is held. */
    static final String RENEW = """
            UPDATE posting.channels SET lease_until = greatest(lease_until, clock_timestamp() + make_interval(secs => ?))
            WHERE chat_id = ? AND claim = ?
            RETURNING *, clock_timestamp() AS now
            """;

    /**
     * Whoever had a channel has it no longer. Claims that were forgotten have numbers that were not given out, as far as is known; so many more were
     * never given out.
     */
    static final String REWIND = """
            WITH rewinding AS (
              INSERT INTO posting.rewindings (at) SELECT since FROM posting.timeline RETURNING at
            ), marked AS (
              INSERT INTO posting.rewound_marks (chat_id, at, mark)
              SELECT chat_id, at, mark FROM posting.channels, rewinding WHERE mark IS NOT NULL
            )
            UPDATE posting.channels SET claim = claim + 1000000000, owner = NULL, lease_until = NULL
            """;

    /** Of a channel that was not known then, everything may be forgotten. */
    static final String REWINDINGS = """
            SELECT at, coalesce(mark, 0) AS mark
            FROM posting.rewindings LEFT JOIN (SELECT * FROM posting.rewound_marks WHERE chat_id = ?) AS known USING (at)
            ORDER BY at
            """;

    static final String HOLDS = """
            SELECT claim = ? AND lease_until > clock_timestamp() FROM posting.channels WHERE chat_id = ?
            """;

    static final String LOCK_JOB = "SELECT command, state FROM posting.post_jobs WHERE job_id = ? FOR UPDATE";

    static final String JUST_LOCK_JOB = "SELECT FROM posting.post_jobs WHERE job_id = ? FOR UPDATE";

    static final String TAKE_REQUESTS = """
            WITH taken AS (DELETE FROM posting.post_requests WHERE job_id = ? RETURNING *)
            SELECT job_id, kind, reason, message_id FROM taken ORDER BY number
            """;

    static final String ATTEMPTS = "SELECT * FROM posting.post_attempts WHERE job_id = ? ORDER BY number";

    static final String KNOWN_POSTS = """
            SELECT message_id, job_id, begun_at FROM posting.known_posts WHERE chat_id = ? AND message_id > ?
            """;

    static final String OTHERS_OPEN = """
            SELECT EXISTS (SELECT FROM posting.post_attempts
                           WHERE chat_id = ? AND job_id <> ? AND outcome IN ('UNDER_WAY', 'UNKNOWN'))
            """;

    static final String SAVE_STATE = "UPDATE posting.post_jobs SET state = ?::jsonb WHERE job_id = ?";

    static final String SAVE_ATTEMPT = """
            INSERT INTO posting.post_attempts AS a (job_id, number, chat_id, mark, marker_url, request_hash, begun_at, deadline,
                                                    claim, outcome, message_id, detail, was_unknown)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (job_id, number) DO UPDATE SET
              deadline = excluded.deadline, outcome = excluded.outcome, message_id = excluded.message_id, detail = excluded.detail,
              was_unknown = excluded.was_unknown
            """;

    static final String SAVE_CHANNEL = """
            UPDATE posting.channels SET mark = greatest(mark, ?), controls = ?, username = ?, checked_at = ?, held_for = ?,
                   held_until = ?, last_send_at = ?
            WHERE chat_id = ?
            """;

    static final String SAVE_KNOWN_POST = """
            INSERT INTO posting.known_posts (chat_id, message_id, job_id, begun_at) VALUES (?, ?, ?, ?)
            ON CONFLICT (chat_id, message_id) DO NOTHING
            """;

    static final String RELEASE = """
            UPDATE posting.channels SET owner = NULL, lease_until = NULL WHERE chat_id = ? AND claim = ?
            """;

    /** The post is locked before: a request that came meanwhile is seen. */
    static final String REST = """
            UPDATE posting.post_jobs SET next_at =
              CASE WHEN EXISTS (SELECT FROM posting.post_requests WHERE job_id = ?) THEN clock_timestamp() ELSE ? END
            WHERE job_id = ?
            """;

    static final String POSTPONE = """
            UPDATE posting.post_jobs SET next_at = clock_timestamp() + make_interval(secs => ?) WHERE job_id = ?
            """;

    private PostSql() {}
}
