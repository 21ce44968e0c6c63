package io.campaignlauncher.job.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.view.JobPage.Place;
import io.campaignlauncher.readmodel.ReadModelUnderTest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Lists among ten thousand jobs with twenty slots each: every filter finds its jobs, and touches few others. */
class ManyJobsIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final int JOBS = 10_000;
    /** The account, the name and the user of every hundredth job, one after the other. */
    private static final int EVERY = 100;
    private static final int PAGE = 50;
    /** Of the page itself, of those that are compared with their events, of what was found and sorted before. */
    private static final int ROWS_TOUCHED_MAX = 700;

    private static ReadModelUnderTest model;
    private static JobQueries queries;

    @BeforeAll
    static void fill() {
        model = new ReadModelUnderTest(TestInfrastructure.database("many_jobs"));
        queries = model.queries();
        var sql = JdbcClient.create(model.dataSource);
        sql.sql("""
                insert into campaign_creation_jobs (job_uuid, user_id, ad_account_id, campaign_name, strategy,
                    requested_ad_sets, requested_ads, status, ad_sets_created, ads_created, retry_count, retry_budget,
                    error_history, error_count, rollback_triggered, created_at, updated_at, version, fingerprint,
                    awaiting_confirmation, verified, http_calls, tenant, owner, idempotency_key, credential_id)
                select ('00000000-0000-4000-8000-' || lpad(to_hex(i), 12, '0'))::uuid, 'u-' || i % :every,
                    'act_' || 1000 + i % :every,
                    case i % :every when 7 then 'Spring' else 'Sale ' || i % 7 end || ' ' || i,
                    'FOR_ALL', 9, 10,
                    case when i % 200 = 3 then 'failed' when i % 200 = 4 then 'in_progress' else 'completed' end,
                    9, 10, 0, 5, case when i % 150 = 5 then
                        jsonb_build_array(jsonb_build_object('code', 100, 'subcode', i % 2 * 33, 'message', 'no'),
                            jsonb_build_object('code', 17, 'message', 'slow'))
                        else '[]' end, case when i % 150 = 5 then 2 else 0 end,
                    false, timestamptz '2026-01-01Z' + i * interval '1 minute',
                    timestamptz '2026-01-01Z' + i * interval '1 minute',
                    0, '', false, true, 12, case i % 50 when 1 then 'acme' else 'local' end,
                    case i % 50 when 1 then 'ann-' || i % 500 else 'local' end, 'key-' || i, 'cred-' || i % :every
                from generate_series(1, :jobs) i""")
                .param("every", EVERY).param("jobs", JOBS).update();
        sql.sql("""
                insert into settled_slots (job_id, slot_number, entity_type, facebook_id, entity_name, status,
                    retry_count, created_at, updated_at, adopted)
                select id, n, case when n = 1 then 'campaign' when n < 11 then 'ad_set' else 'ad' end,
                    (id * 100 + n)::text, 'entity ' || n, 'created', 0, created_at, created_at, false
                from campaign_creation_jobs cross join generate_series(1, 20) n where status <> 'in_progress'""")
                .update();
        sql.sql("""
                insert into slots_under_way (job_id, entity_type, first_number, first_id, created_at, entity_name,
                    status, facebook_id)
                select id, 'ad', 1, nextval(pg_get_serial_sequence('settled_slots', 'id')), created_at,
                    array_agg('entity ' || n), array_agg('created'::text), array_agg((id * 100 + n)::text)
                from campaign_creation_jobs cross join generate_series(1, 20) n where status = 'in_progress'
                group by id""").update();
        sql.sql("""
                insert into event_store.domain_events (event_identifier, aggregate_identifier, sequence_number,
                    time_stamp, payload_type, payload)
                select job_uuid::text, job_uuid::text, 0, created_at::text, 'JobAccepted', ''
                from campaign_creation_jobs order by id""")
                .update();
        sql.sql("analyze").update();
    }

    /** Each alone, and some together. */
    static Stream<Arguments> filters() {
        var any = JobFilter.NONE;
        return Stream.of(Arguments.of("none", any, JOBS), Arguments.of("user", any.ofUser("u-7"), 100),
                Arguments.of("account", any.onAccount("act_1011"), 100), Arguments.of("name", any.named("sPRing"), 100),
                Arguments.of("part of a name", any.named("pring"), 0),
                Arguments.of("entity", any.thatMade("77715"), 1),
                Arguments.of("entity of a job that runs", any.thatMade("60415"), 1),
                Arguments.of("no entity", any.thatMade("1"), 0),
                Arguments.of("code", any.thatMet(new ErrorCode(100, null)), 67),
                Arguments.of("code and subcode", any.thatMet(new ErrorCode(100, 33)), 67),
                Arguments.of("codes of two errors", any.thatMet(new ErrorCode(17, 33)), 0),
                Arguments.of("status", any.standing(Set.of("failed")), 50),
                Arguments.of("statuses", any.standing(Set.of("failed", "in_progress")), 100),
                Arguments.of("key", any.askedForAs("key-4711"), 1),
                Arguments.of("credential", any.withCredential("cred-3"), 100),
                Arguments.of("number", any.numbered(17), 1),
                Arguments.of("the first hour", any.before(at(61)), 60),
                Arguments.of("an hour long ago", any.since(at(100)).before(at(160)), 60),
                Arguments.of("the last hour", any.since(at(JOBS - 59)), 60),
                Arguments.of("user and status", any.ofUser("u-3").standing(Set.of("failed")), 50),
                Arguments.of("account, name and time",
                        any.onAccount("act_1007").named("spring").since(at(5_000)).before(at(9_000)), 40),
                Arguments.of("user who did not meet it", any.ofUser("u-7").thatMet(new ErrorCode(100, null)), 0));
    }

    /** People's SQL goes by the view, which is made of a table of rows and one of rows that slots share. */
    @Test
    void a_job_and_an_entity_are_found_by_indexes_through_the_view_of_slots() {
        assertThat(plan("select * from entity_creation_slots where facebook_id = '77715'"))
                .contains("settled_slots_facebook_id_idx").doesNotContain("Seq Scan on settled_slots");
        assertThat(plan("select * from entity_creation_slots where job_id = 604")).contains("slots_under_way_pkey")
                .doesNotContain("Seq Scan");
        assertThat(plan("""
                select s.* from campaign_creation_jobs j join entity_creation_slots s on s.job_id = j.id
                where j.idempotency_key = 'key-604'""")).contains("slots_under_way_pkey").doesNotContain("Seq Scan");
        assertThat(
                plan("""
                        update entity_creation_slots s set status = rows.status from unnest('{604,777}'::int8[], '{1,2}'::int4[],
                            '{created,created}'::text[]) as rows(job_id, slot_number, status)
                        where s.job_id = rows.job_id and s.slot_number = rows.slot_number"""))
                .contains("slots_under_way_pkey").doesNotContain("Seq Scan");
    }

    /** Where a whole table is read only if nothing else is left: one of the two is small. */
    private static String plan(String sql) {
        return Objects.requireNonNull(model.transaction.execute(_ -> {
            model.jdbc.execute("set local enable_seqscan = off");
            return String.join("\n", model.jdbc.queryForList("explain " + sql, String.class));
        }));
    }

    private static Instant at(int minute) {
        return T0.plusSeconds(60L * minute);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void every_filter_finds_its_jobs_and_reads_few_rows_beside_them(String name, JobFilter filter, int jobs) {
        var found = new ArrayList<Long>();
        var place = Place.FIRST;
        while (place != null && found.size() < 4 * PAGE) {
            var page = listed(Visibility.everything(), filter, place);
            page.jobs().forEach(job -> found.add(Objects.requireNonNull(job.number())));
            place = page.next() == null ? null : Place.after(page.next());
        }
        assertThat(found).as(name).hasSize(Math.min(jobs, 4 * PAGE)).doesNotHaveDuplicates()
                .isSortedAccordingTo((a, b) -> Long.compare(b, a));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("filters")
    void scopes_hold_under_every_filter(String name, JobFilter filter, int jobs) {
        var acme = listed(new Visibility("acme", null), filter, Place.FIRST).jobs();
        assertThat(acme).as(name).allMatch(job -> Objects.requireNonNull(job.number()) % 50 == 1);
        var ann = listed(new Visibility("acme", "ann-1"), filter, Place.FIRST).jobs();
        assertThat(ann).as(name).allMatch(job -> Objects.requireNonNull(job.number()) % 500 == 1)
                .hasSizeLessThanOrEqualTo(acme.size());
        assertThat(listed(new Visibility("nobodys", null), filter, Place.FIRST).jobs()).isEmpty();
        if (jobs == JOBS) {
            assertThat(acme).hasSize(PAGE);
            assertThat(ann).hasSize(JOBS / 500);
        }
    }

    /** A page, which has read no table from its beginning to its end, and not much more than is on it. */
    private static JobPage listed(Visibility visible, JobFilter filter, Place place) {
        return Objects.requireNonNull(model.transaction.execute(_ -> {
            var before = touched();
            var page = queries.jobs(visible, filter, place, PAGE);
            touched().forEach((table, after) -> {
                var already = before.getOrDefault(table, new Touched(0, 0));
                assertThat(after.wholeReads() - already.wholeReads()).as(table + filter.sql()).isZero();
                assertThat(after.rows() - already.rows()).as(table + filter.sql()).isLessThan(ROWS_TOUCHED_MAX);
            });
            return page;
        }));
    }

    /** @param rows found by an index */
    private record Touched(long wholeReads, long rows) {}

    /** Of each table, by this connection since it last told the statistics. */
    private static Map<String, Touched> touched() {
        return model.jdbc.query("""
                select relname, seq_scan, idx_tup_fetch from pg_stat_xact_user_tables
                where relname in ('campaign_creation_jobs', 'settled_slots', 'domain_events')""",
                (row, _) -> Map.entry(row.getString(1), new Touched(row.getLong(2), row.getLong(3)))).stream()
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
