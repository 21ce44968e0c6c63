package io.campaignlauncher.readmodel;

import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/** The side tables of a rebuild: made like the live ones, and put in their place. */
final class RebuiltTables {

    static final String JOBS = "campaign_creation_jobs";
    /** A view of the two that follow. */
    static final String SLOTS = "entity_creation_slots";
    static final String SETTLED = "settled_slots";
    static final String UNDER_WAY = "slots_under_way";
    static final String VERIFICATIONS = "pre_creation_verifications";
    private static final List<String> ALL = List.of(JOBS, SETTLED, UNDER_WAY, VERIFICATIONS);
    private static final String LIVE = Schema.LIVE.schemaName() + ".";
    private static final String SIDE = Schema.REBUILD.schemaName() + ".";

    private RebuiltTables() {}

    /** Empty tables with the columns, keys and indexes of the live ones; those of a rebuild that died are removed. */
    static void create(JdbcTemplate jdbc) {
        drop(jdbc);
        jdbc.execute("create schema " + Schema.REBUILD.schemaName());
        ALL.forEach(table -> jdbc
                .execute("create table " + SIDE + table + " (like " + LIVE + table + " including all)"));
        ALL.forEach(table -> keepStorage(jdbc, table));
        jdbc.execute("create view " + SIDE + SLOTS + " as " + shown(jdbc));
    }

    /** What a view of the side tables has to show. */
    private static String shown(JdbcTemplate jdbc) {
        return Objects.requireNonNull(jdbc.queryForObject(
                "select public.slots_shown('" + Schema.REBUILD.schemaName() + "')", String.class));
    }

    private static void keepStorage(JdbcTemplate jdbc, String table) {
        jdbc.queryForList("""
                select format('alter table %s set (%%s)', array_to_string(reloptions, ', '))
                from pg_class where oid = '%s'::regclass and reloptions is not null
                """.formatted(SIDE + table, LIVE + table), String.class).forEach(jdbc::execute);
    }

    /** What is quicker once than row by row, and takes too long for the swap. */
    static void finish(JdbcTemplate jdbc) {
        List.of(SETTLED, UNDER_WAY).forEach(table -> jdbc.execute("alter table " + SIDE + table
                + " add foreign key (job_id) references " + SIDE + JOBS + " (id) on delete cascade"));
        jdbc.execute("alter table " + SIDE + VERIFICATIONS + " add foreign key (job_id) references " + SIDE + JOBS
                + " (id)");
        for (var table : ALL) {
            jdbc.execute("analyze " + SIDE + table);
        }
    }

    /**
     * Needs a transaction in which nobody else writes. Readers wait for the end of it, a moment. Whoever may read the live tables
     * may read the new ones. The view of slots is the one that it was, with its rights and whatever was built on it. Fails, and changes
     * nothing, where something else (a view) was built on the live tables.
     */
    static void swap(JdbcTemplate jdbc) {
        jdbc.execute("set local lock_timeout = '30s'");
        ALL.forEach(table -> keepGrantsAndComment(jdbc, table));
        var nextNumber = jdbc.queryForObject(
                "select nextval(pg_get_serial_sequence('" + LIVE + JOBS + "', 'id'))", Long.class);
        var triggers = ALL.stream().flatMap(table -> triggers(jdbc, table).stream()).toList();
        jdbc.execute("create or replace view " + LIVE + SLOTS + " as " + shown(jdbc));
        jdbc.execute("drop table " + ALL.stream().map(table -> LIVE + table).collect(Collectors.joining(", ")));
        ALL.forEach(table -> jdbc.execute("alter table " + SIDE + table + " set schema " + Schema.LIVE.schemaName()));
        triggers.forEach(jdbc::execute);
        jdbc.queryForObject("select setval(pg_get_serial_sequence('" + LIVE + JOBS + "', 'id'), ?)", Long.class,
                nextNumber);
        drop(jdbc);
    }

    private static List<String> triggers(JdbcTemplate jdbc, String table) {
        return jdbc.queryForList("select pg_get_triggerdef(oid) from pg_trigger where tgrelid = '" + LIVE + table
                + "'::regclass and not tgisinternal order by tgname", String.class);
    }

    static void drop(JdbcTemplate jdbc) {
        jdbc.execute("drop schema if exists " + Schema.REBUILD.schemaName() + " cascade");
    }

    private static void keepGrantsAndComment(JdbcTemplate jdbc, String table) {
        jdbc.queryForList("""
                select format('grant %%s on table %1$s to %%s%%s', a.privilege_type,
                              case a.grantee when 0 then 'public' else quote_ident(r.rolname) end,
                              case when a.is_grantable then ' with grant option' else '' end)
                from pg_class c cross join lateral aclexplode(c.relacl) a left join pg_roles r on r.oid = a.grantee
                where c.oid = '%2$s'::regclass and a.grantee <> c.relowner
                union all
                select format('comment on table %1$s is %%L', obj_description('%2$s'::regclass, 'pg_class'))
                """.formatted(SIDE + table, LIVE + table), String.class).forEach(jdbc::execute);
    }
}
