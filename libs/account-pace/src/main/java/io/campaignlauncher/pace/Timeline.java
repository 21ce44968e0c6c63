package io.campaignlauncher.pace;

import java.time.Duration;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The history that a database of claims is on. PostgreSQL begins another one when a standby takes over, or when a backup is
 * restored; what was committed last before that may be missing then, and with it claims by which somebody already works. So the
 * schema's table {@code timeline} says which one is known, and since when. What was asked for before that time, and a little
 * later because clocks differ, may have been claimed by somebody whose claim is gone.
 */
public final class Timeline {

    /** By how much the clocks of whoever asks and of the database may differ. */
    public static final Duration CLOCKS_DIFFER_MAX = Duration.ofSeconds(5);

    private final String note;

    /** @param schema whose table {@code timeline} it is; part of a statement as it is */
    public Timeline(String schema) {
        this.note = """
                UPDATE %s.timeline AS known SET id = now.id, since = clock_timestamp()
                FROM (SELECT left(pg_walfile_name(pg_current_wal_insert_lsn()), 8) AS id) AS now
                WHERE known.id <> now.id
                """.formatted(schema);
    }

    /**
     * Notes where the database is on another one than it was. To be done in each transaction that grants claims or goes by them, before the
     * statement that does: whoever notes it first is waited for, and the next statement sees it.
     *
     * @return whether it was this transaction that noted it
     */
    public boolean note(JdbcClient jdbc) {
        return jdbc.sql(note).update() > 0;
    }
}
