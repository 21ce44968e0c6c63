package io.campaignlauncher.readmodel;

import org.springframework.jdbc.core.JdbcTemplate;

/** Keeps the swap of rebuilt tables apart from those who write to the live ones. Held to the end of a transaction. */
final class SwapLock {

    private static final long KEY = 0x6361_6d70_5f76_6965L;

    private SwapLock() {}

    static void shareWithWriters(JdbcTemplate jdbc) {
        jdbc.query("select pg_advisory_xact_lock_shared(" + KEY + ")", _ -> {});
    }

    static void takeAlone(JdbcTemplate jdbc) {
        jdbc.query("select pg_advisory_xact_lock(" + KEY + ")", _ -> {});
    }
}
