package io.campaignlauncher.readmodel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.campaignlauncher.job.view.TestInfrastructure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** A database of the release before, with jobs that have settled and jobs that run, gets the view in place of the table of slots. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SlotsMigrationIT {

    private static final Instant T0 = Instant.parse("2026-01-01T00:00:00Z");
    private static final MigrationVersion BEFORE = MigrationVersion.fromVersion("20");
    private static final String READER = "reader_of_slots";

    private static ReadModelUnderTest model;
    private static ReleaseBefore before;
    private static final ScriptedJob settled = ScriptedJob.accepted("u", "settled", 30, T0).completed();
    private static final ScriptedJob running = ScriptedJob.accepted("u", "running", 30, T0).preVerified();
    private static final ScriptedJob waiting = ScriptedJob.accepted("u", "waiting", 30, T0);

    @BeforeAll
    static void fill() {
        model = new ReadModelUnderTest(TestInfrastructure.database("slots_migration", BEFORE));
        before = new ReleaseBefore(model);
        for (var job : List.of(settled, running, waiting)) {
            model.store(job);
            before.apply(job.facts());
        }
        model.jdbc.execute("create view slots_by_status as select status, count(*) as slots from entity_creation_slots"
                + " group by status");
        model.jdbc.execute("create view failed_slots with (security_barrier = true) as"
                + " select * from entity_creation_slots e where e.status = 'failed'");
        TestInfrastructure.administrator().sql("create role " + READER).update();
        model.jdbc.execute("grant select, update on entity_creation_slots to " + READER + " with grant option");
        model.jdbc.execute("grant insert (job_id) on entity_creation_slots to " + READER);
    }

    @Test
    @Order(1)
    void is_refused_where_something_else_holds_rows_of_the_table() {
        model.jdbc.execute("create materialized view kept_slots as select * from entity_creation_slots");
        var rows = rows();
        assertThatThrownBy(() -> TestInfrastructure.migrate(model.dataSource, MigrationVersion.LATEST))
                .hasMessageContaining("kept_slots reads entity_creation_slots, which becomes a view");
        assertThat(rows()).isEqualTo(rows);
        model.jdbc.execute("drop materialized view kept_slots");
    }

    @Test
    @Order(2)
    void the_view_says_what_the_table_said_and_looks_like_it() {
        var rows = rows();
        var columns = columns();
        var comments = comments();
        var byStatus = model.jdbc.queryForList("select * from slots_by_status order by 1").toString();

        TestInfrastructure.migrate(model.dataSource, MigrationVersion.LATEST);

        assertThat(rows()).isEqualTo(rows).hasSize(3 * 61);
        assertThat(columns()).isEqualTo(columns);
        assertThat(comments()).isEqualTo(comments).contains("pending, creating, created, failed or rolled_back",
                "One row an entity that a job may create. Derived like the jobs.");
        assertThat(model.jdbc.queryForList("select * from slots_by_status order by 1")).hasToString(byStatus);
        assertThat(allowed("has_table_privilege(?, 'entity_creation_slots', 'select with grant option')")).isTrue();
        assertThat(allowed("has_table_privilege(?, 'entity_creation_slots', 'update')")).isTrue();
        assertThat(allowed("has_table_privilege(?, 'entity_creation_slots', 'delete')")).isFalse();
        assertThat(allowed("has_column_privilege(?, 'entity_creation_slots', 'job_id', 'insert')")).isTrue();
        assertThat(model.jdbc.queryForObject("select reloptions::text from pg_class where relname = 'failed_slots'",
                String.class)).isEqualTo("{security_barrier=true}");
    }

    @Test
    @Order(3)
    void jobs_that_ran_go_on_in_both_releases_and_new_ones_begin() {
        running.createdAll();
        before.apply(running.facts().subList(4, running.facts().size()));
        int seen = running.facts().size();
        model.apply(running.verified().facts().subList(seen, running.facts().size()));
        assertThat(model.row(running).settled()).isTrue();
        model.apply(waiting.completed().facts().subList(2, waiting.facts().size()));
        assertThat(model.row(waiting).settled()).isTrue();
        var begun = ScriptedJob.accepted("u", "begun", 30, T0).preVerified();
        model.apply(begun);
        for (var job : List.of(running, waiting, begun)) {
            model.jdbc.update("delete from event_store.domain_events where aggregate_identifier = ?",
                    job.jobId().toString());
            model.store(job);
        }

        assertThat(model.jdbc.queryForObject("select count(*) from settled_slots", Integer.class)).isEqualTo(3 * 61);
        assertThat(model.jdbc.queryForObject("select count(distinct job_id) from slots_under_way", Integer.class))
                .isEqualTo(1);
        assertThat(model.jdbc.queryForObject("select sum(slots) from slots_by_status", Integer.class))
                .isEqualTo(4 * 61);
        assertThat(model.jdbc.queryForObject("select count(distinct id) from entity_creation_slots", Integer.class))
                .isEqualTo(4 * 61);
        assertThat(model.rebuild.differences()).isEmpty();
    }

    @Test
    @Order(4)
    void a_rebuild_makes_what_the_scripts_made() {
        var definitions = definitions();
        model.rebuild.rebuild();
        assertThat(definitions()).isEqualTo(definitions).noneMatch(line -> line.startsWith("entity_creation_slots_"));
        assertThat(allowed("has_table_privilege(?, 'entity_creation_slots', 'select with grant option')")).isTrue();
        assertThat(model.rebuild.differences()).isEmpty();
        model.jdbc.execute("revoke all on entity_creation_slots, settled_slots, slots_under_way from " + READER);
        TestInfrastructure.administrator().sql("drop role " + READER).update();
    }

    private static List<String> rows() {
        return model.jdbc.queryForList("select to_jsonb(t)::text from entity_creation_slots t order by t.id",
                String.class);
    }

    private static List<String> columns() {
        return model.jdbc.queryForList("""
                select concat_ws(' ', column_name, data_type) from information_schema.columns
                where table_name = 'entity_creation_slots' order by ordinal_position""", String.class);
    }

    private static List<String> comments() {
        return model.jdbc.queryForList("""
                select coalesce(description, '') from pg_description
                where objoid = 'entity_creation_slots'::regclass order by objsubid""", String.class);
    }

    /** Of the tables of slots. */
    private static List<String> definitions() {
        return model.jdbc.queryForList(
                """
                        with slots as (select unnest(array['settled_slots'::regclass, 'slots_under_way'::regclass]) as oid)
                        select conname || ' ' || pg_get_constraintdef(c.oid) from pg_constraint c join slots on c.conrelid = slots.oid
                        union all select relname || ' ' || coalesce(reloptions::text, '') from pg_class
                                  where relnamespace = 'public'::regnamespace and relname like '%slots%'
                        union all select relname || ' ' || attname || ' ' || attstorage::text
                                  from pg_attribute join slots on attrelid = slots.oid join pg_class c on c.oid = attrelid
                        union all select sequencename || ' ' || increment_by from pg_sequences where schemaname = 'public'
                                  and sequencename like '%slots%'
                        order by 1""",
                String.class);
    }

    private static boolean allowed(String privilege) {
        return Objects.requireNonNull(model.jdbc.queryForObject("select " + privilege, Boolean.class, READER));
    }
}
