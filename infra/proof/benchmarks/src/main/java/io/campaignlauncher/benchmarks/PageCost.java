package io.campaignlauncher.benchmarks;

import java.util.ArrayList;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What pages of the console take from the request to their last byte: beside a launch, and among many launches. */
final class PageCost implements AutoCloseable {

    private static final int JOBS = 10_000;
    private static final int SLOTS_EACH = 20;
    private static final int USERS = 100;
    private static final int WARM_UP = 50;
    private static final int ASKED = 200;
    private static final double TARGET_MS = 200;

    private final Api api;
    private final JdbcClient sql;

    /** @param properties of the system, with its database */
    PageCost(Api api, Map<String, Object> properties) {
        this.api = api;
        this.sql = JdbcClient.create(SystemDatabase.source(properties));
    }

    /** @param jobs launches some of 50 + 50, one after the other */
    void measure(Callable<?> jobs) throws Exception {
        jobs.call();
        System.out.printf(Locale.ROOT, "(k) a page, ms                             p50      p95   KiB   of the target"
                + " of %.0f at p95%n", TARGET_MS);
        try (var launching = Executors.newSingleThreadExecutor()) {
            var launches = launching.submit(() -> {
                while (!Thread.interrupted()) {
                    jobs.call();
                }
                return null;
            });
            page("the list, beside a launch", "/console");
            page("a launch, beside another", "/console/jobs/" + newest());
            launches.cancel(true);
        }
        fill();
        System.out.printf(Locale.ROOT, "    among %d launches:%n", JOBS);
        page("the list", "/console");
        page("its last page", "/console?after=50");
        page("of a user", "/console?userId=u-7");
        page("of a name", "/console?name=many+7");
        page("of an error that nobody met", "/console?errorCode=100/33");
        page("what nobody can find", "/console/find?q=nothing+like+it");
    }

    private UUID newest() {
        return sql.sql("select job_uuid from campaign_creation_jobs order by id desc limit 1").query(UUID.class)
                .single();
    }

    private void page(String what, String address) throws Exception {
        var millis = new ArrayList<Double>();
        int bytes = 0;
        for (int i = -WARM_UP; i < ASKED; i++) {
            var from = System.nanoTime();
            bytes = api.bytes(address);
            if (i >= 0) {
                millis.add((System.nanoTime() - from) / 1e6);
            }
        }
        var p = new Percentiles(millis);
        System.out.printf(Locale.ROOT, "    %-36s %9.1f %8.1f %5d %11.2f%n", what, p.at(0.50), p.at(0.95), bytes / 1024,
                p.at(0.95) / TARGET_MS);
    }

    /** Rows like those of a launch that is done; the event store has no more of them. */
    private void fill() {
        sql.sql("""
                insert into campaign_creation_jobs
                select (jsonb_populate_record(null::campaign_creation_jobs, to_jsonb(j) || jsonb_build_object(
                    'id', nextval(pg_get_serial_sequence('campaign_creation_jobs', 'id')),
                    'job_uuid', gen_random_uuid(),
                    'user_id', 'u-' || i % :users, 'ad_account_id', 'act_' || 1000 + i % :users,
                    'campaign_name', 'Many ' || i, 'idempotency_key', 'many-' || i))).*
                from (select * from campaign_creation_jobs where status = 'completed' limit 1) j
                cross join generate_series(1, :jobs) i""").param("users", USERS).param("jobs", JOBS).update();
        sql.sql("""
                insert into settled_slots
                select (jsonb_populate_record(null::settled_slots, to_jsonb(s) || jsonb_build_object(
                    'job_id', j.id, 'facebook_id', j.id * 1000 + s.id,
                    'id', nextval(pg_get_serial_sequence('settled_slots', 'id'))))).*
                from campaign_creation_jobs j
                cross join (select * from settled_slots order by id limit :slots) s
                where j.campaign_name like 'Many %'""").param("slots", SLOTS_EACH).update();
        sql.sql("analyze campaign_creation_jobs, settled_slots").update();
    }

    @Override
    public void close() {
        api.close();
    }
}
