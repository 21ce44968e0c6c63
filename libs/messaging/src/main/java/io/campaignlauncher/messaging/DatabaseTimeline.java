package io.campaignlauncher.messaging;

/** The history that a PostgreSQL server is on; it begins another one when a standby takes over, or when a backup is restored. */
public final class DatabaseTimeline {

    /** Its name, as an expression of SQL that a primary answers: the first eight digits of a file of the write-ahead log. */
    public static final String CURRENT = "left(pg_walfile_name(pg_current_wal_insert_lsn()), 8)";

    private DatabaseTimeline() {}
}
