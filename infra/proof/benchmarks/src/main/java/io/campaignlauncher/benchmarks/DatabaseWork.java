package io.campaignlauncher.benchmarks;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What PostgreSQL counts of its work, which no other program on the machine can disturb.
 *
 * @param figures     of the whole server
 * @param scannedRows   by table: rows that were read one after the other, without an index
 * @param fetchedBlocks by table or index: blocks that were not in shared buffers
 */
record DatabaseWork(Map<String, Double> figures, Map<String, Double> scannedRows, Map<String, Double> fetchedBlocks) {

    private static final Duration SESSIONS_TELL_WITHIN = Duration.ofSeconds(11);
    static final String WAL_KIB = "write-ahead log, KiB";

    /** Once its sessions have said what they did: they do so within ten seconds. */
    static DatabaseWork settled(DataSource database) throws InterruptedException {
        Thread.sleep(SESSIONS_TELL_WITHIN);
        return of(database);
    }

    private static DatabaseWork of(DataSource database) {
        var sql = JdbcClient.create(database);
        var figures = new LinkedHashMap<String, Double>();
        sql.sql("select wal_bytes / 1024.0, wal_fpi, wal_records from pg_stat_wal").query(row -> {
            figures.put(WAL_KIB, row.getDouble(1));
            figures.put("full pages in it", row.getDouble(2));
            figures.put("records in it", row.getDouble(3));
        });
        sql.sql("""
                select blks_read, blks_hit, xact_commit, tup_inserted, tup_updated, tup_deleted
                from pg_stat_database where datname = current_database()""").query(row -> {
            figures.put("blocks not in shared buffers", row.getDouble(1));
            figures.put("blocks in shared buffers", row.getDouble(2));
            figures.put("transactions", row.getDouble(3));
            figures.put("rows inserted", row.getDouble(4));
            figures.put("rows updated", row.getDouble(5));
            figures.put("rows deleted", row.getDouble(6));
        });
        sql.sql("select sum(idx_tup_fetch), sum(seq_tup_read) from pg_stat_user_tables").query(row -> {
            figures.put("rows found by an index", row.getDouble(1));
            figures.put("rows read without one", row.getDouble(2));
        });
        var scanned = new TreeMap<String, Double>();
        sql.sql("select schemaname || '.' || relname, seq_tup_read from pg_stat_user_tables").query(row -> {
            scanned.put(row.getString(1), row.getDouble(2));
        });
        var fetched = new TreeMap<String, Double>();
        sql.sql("""
                select indexrelname, idx_blks_read from pg_statio_user_indexes
                union all select relname, heap_blks_read from pg_statio_user_tables""").query(row -> {
            fetched.put(row.getString(1), row.getDouble(2));
        });
        return new DatabaseWork(figures, scanned, fetched);
    }

    /** What was done between two readings, for each of so many launches. */
    DatabaseWork since(DatabaseWork before, int launches) {
        return new DatabaseWork(each(before.figures, figures, launches),
                each(before.scannedRows, scannedRows, launches),
                each(before.fetchedBlocks, fetchedBlocks, launches));
    }

    private static Map<String, Double> each(Map<String, Double> before, Map<String, Double> after, int launches) {
        var each = new LinkedHashMap<String, Double>();
        after.forEach((name, value) -> each.put(name, (value - before.getOrDefault(name, 0.0)) / launches));
        return each;
    }
}
