package io.campaignlauncher.benchmarks;

import io.campaignlauncher.benchmarks.FilledEventStore.Written;
import io.campaignlauncher.readmodel.ReadModelRebuild;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.postgresql.copy.PGCopyOutputStream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Gives a database of the job-service a past of many launches: their events, and all tables as they would be. The rows of the first
 * launch of each kind are made by a rebuild of the read model; those of the others are the same at other times. Services are down
 * meanwhile.
 */
final class FilledTables implements AutoCloseable {

    private static final String JOBS = "campaign_creation_jobs";
    private static final String SLOTS = "settled_slots";
    private static final List<String> OF_JOBS = List.of("pre_creation_verifications", SLOTS);
    /** A time in JSON, as Java writes it. */
    private static final String LATER = """
            jsonb_build_object('%1$s', replace(to_char((%2$s ->> '%1$s')::timestamptz at time zone 'UTC' + f.later,
                'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), '.000Z', 'Z'))""";
    private static final String ERRORS = "(select coalesce(jsonb_agg(e || " + LATER.formatted("at", "e")
            + " order by place), '[]') from jsonb_array_elements(t.error_history) with ordinality as errors (e, place))";
    private static final String LAST_VERIFICATION = "t.last_verification || "
            + LATER.formatted("completedAt", "t.last_verification");
    private static final int YEAR_DAYS = 365;
    private static final int REQUESTS_KEPT_DAYS = 45;
    private static final int CALLS_KEPT_DAYS = 30;

    private final DataSource dataSource;
    private final Connection connection;
    private final JdbcClient sql;

    /** @param dataSource as the job-service, whose tables are there */
    FilledTables(DataSource dataSource) throws SQLException {
        this.dataSource = dataSource;
        this.connection = dataSource.getConnection();
        this.sql = JdbcClient.create(new SingleConnectionDataSource(connection, true));
    }

    /** @return how many launches there are, as if they were those of a year */
    int fill(long events) throws SQLException, IOException {
        sql.sql("set maintenance_work_mem = '1GB'").update();
        var store = new FilledEventStore(connection, Long.MAX_VALUE);
        store.writeFirstOfEachKind();
        ReadModelRebuild.on(dataSource).rebuild();
        withoutIndexes(List.of("event_store.domain_events"), () -> store.write(events));
        note(store.launches());
        withoutIndexes(List.of(SLOTS, "slots_under_way", "pre_creation_verifications", JOBS), this::copyRows);
        keptForSomeDays();
        for (var table : List.of("event_store.domain_events", JOBS, SLOTS,
                "pre_creation_verifications", "idempotency_keys", "graph_call_works", "graph_calls")) {
            sql.sql("vacuum (freeze, analyze) " + table).update();
        }
        // As if the feed had been further: nothing of the past is published again.
        sql.sql("update event_store.feed_position set global_index ="
                + " (select max(global_index) + 10000 from event_store.domain_events)").update();
        return store.launches().size();
    }

    private interface Work {

        void run() throws SQLException, IOException;
    }

    private record Dropped(String drop, String make) {}

    /** Making an index of everything is many times quicker than adding to it row by row. */
    private void withoutIndexes(List<String> tables, Work work) throws SQLException, IOException {
        var dropped = tables.stream().flatMap(table -> dropped(table).stream()).toList();
        dropped.forEach(each -> sql.sql(each.drop()).update());
        work.run();
        dropped.reversed().forEach(each -> sql.sql(each.make()).update());
    }

    /** Those that depend on others come first. */
    private List<Dropped> dropped(String table) {
        return sql
                .sql("""
                        select format('alter table %1$s drop constraint %2$I', conrelid::regclass, conname) as drop,
                               format('alter table %1$s add constraint %2$I %3$s', conrelid::regclass, conname,
                                      pg_get_constraintdef(oid)) as make, contype = 'f' as first
                        from pg_constraint where conrelid = :table::regclass and contype in ('p', 'u', 'f')
                        union all
                        select 'drop index ' || indexrelid::regclass, pg_get_indexdef(indexrelid), false
                        from pg_index i where indrelid = :table::regclass
                            and not exists (select from pg_constraint c where c.conindid = i.indexrelid and c.contype in ('p', 'u'))
                        order by first desc, drop""")
                .param("table", table)
                .query((row, _) -> new Dropped(row.getString("drop"), row.getString("make"))).list();
    }

    private void note(List<Written> launches) throws SQLException, IOException {
        sql.sql("create temp table filled (id bigint generated always as identity, job_uuid uuid, template uuid,"
                + " later interval)").update();
        try (var copy = new PGCopyOutputStream(connection.unwrap(PGConnection.class),
                "copy filled (job_uuid, template, later) from stdin")) {
            for (var launch : launches) {
                if (!launch.jobId().equals(launch.like())) {
                    copy.write((launch.jobId() + "\t" + launch.like() + "\t" + launch.later().toMillis() + " ms\n")
                            .getBytes(StandardCharsets.US_ASCII));
                }
            }
        }
        sql.sql("analyze filled").update();
    }

    private void copyRows() {
        sql.sql("set enable_mergejoin = off").update();
        sql.sql("set enable_nestloop = off").update();
        long last = sql.sql("select max(id) from " + JOBS).query(Long.class).single();
        copy(JOBS, "t.job_uuid = f.template",
                Map.of("id", "f.id + " + last, "job_uuid", "f.job_uuid", "error_history", ERRORS, "last_verification",
                        LAST_VERIFICATION, "facebook_looked_at", "t.facebook_looked_at"));
        sql.sql("select setval(pg_get_serial_sequence('" + JOBS + "', 'id'), (select max(id) from " + JOBS + "))")
                .query(Long.class).single();
        sql.sql("alter table filled add like_job bigint").update();
        sql.sql("update filled f set like_job = j.id from " + JOBS + " j where j.job_uuid = f.template").update();
        sql.sql("analyze filled").update();
        // Each of these jobs has settled, and none has slots under way.
        sql.sql("alter table " + SLOTS + " disable trigger user").update();
        OF_JOBS.forEach(table -> copy(table, "t.job_id = f.like_job", Map.of("job_id", "f.id + " + last)));
        sql.sql("alter table " + SLOTS + " enable trigger user").update();
        sql.sql("reset enable_mergejoin").update();
        sql.sql("reset enable_nestloop").update();
    }

    /** Rows like those of the first launch of the kind. @param otherwise what columns hold instead of that and of a later time */
    private void copy(String table, String join, Map<String, String> otherwise) {
        var values = new LinkedHashMap<String, String>();
        sql.sql("""
                select column_name, data_type from information_schema.columns
                where table_schema = 'public' and table_name = :table order by ordinal_position""")
                .param("table", table).query(row -> {
                    var column = row.getString(1);
                    values.put(column, row.getString(2).startsWith("timestamp") ? "t." + column + " + f.later"
                            : "t." + column);
                });
        values.remove("id");
        values.putAll(otherwise);
        sql.sql("insert into " + table + " (" + String.join(", ", values.keySet()) + ") select "
                + String.join(", ", values.values()) + " from filled f join " + table + " t on " + join).update();
    }

    /** Of what is deleted after a while: the share of a year's that is kept, and of calls those of a launch that was made. */
    private void keptForSomeDays() {
        sql.sql("""
                insert into idempotency_keys (job_id, fingerprint, user_id, ad_sets, ads, created_at, published_at)
                select job_uuid, fingerprint, user_id, requested_ad_sets, requested_ads,
                       now() - random() * interval '1 day' * :days, now()
                from campaign_creation_jobs j order by id desc limit (select count(*) from filled) * :days / :year
                on conflict do nothing""").param("days", REQUESTS_KEPT_DAYS).param("year", YEAR_DAYS).update();
        sql.sql("create temp table called as select job_uuid, gen_random_uuid() as work, w.* from"
                + " (select job_uuid from campaign_creation_jobs order by id desc"
                + " limit (select count(*) from filled) * :days / :year) j cross join"
                + " (select work_id as like_work, service, attempt, last_number from graph_call_works where job_id ="
                + " (select job_id from graph_call_works group by job_id order by count(*) desc limit 1)) w")
                .param("days", CALLS_KEPT_DAYS).param("year", YEAR_DAYS).update();
        sql.sql("""
                insert into graph_call_works (job_id, work_id, service, attempt, last_number, noted_at)
                select job_uuid, work, service, attempt, last_number, now() - random() * interval '29 days' from called""")
                .update();
        sql.sql("""
                insert into graph_calls select c.job_uuid, c.work, number, purpose, begun_at, took_ms, batch, http_status,
                    fbtrace_id, outcome, parts
                from called c join graph_calls like_call on like_call.work_id = c.like_work""")
                .update();
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
