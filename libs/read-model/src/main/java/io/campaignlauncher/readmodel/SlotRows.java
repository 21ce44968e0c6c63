package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.readmodel.RowArrays.Column;
import io.campaignlauncher.schemas.EntityType;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/** Reads slots, wherever they stand, and writes {@code settled_slots}: many rows a statement. */
final class SlotRows {

    static final List<Column> COLUMNS = List.of(new Column("job_id", SqlType.BIGINT),
            new Column("slot_number", SqlType.INT), new Column("entity_type", SqlType.TEXT),
            new Column("facebook_id", SqlType.TEXT), new Column("entity_name", SqlType.TEXT),
            new Column("status", SqlType.TEXT), new Column("creation_started_at", SqlType.TIME),
            new Column("creation_completed_at", SqlType.TIME), new Column("error_message", SqlType.TEXT),
            new Column("retry_count", SqlType.INT), new Column("created_at", SqlType.TIME),
            new Column("updated_at", SqlType.TIME), new Column("ad_set_slot_number", SqlType.INT),
            new Column("adopted", SqlType.BOOLEAN));
    private static final List<String> KEY = List.of("job_id", "slot_number", "entity_type");
    private static final List<String> FIXED = List.of("entity_name", "created_at", "ad_set_slot_number");
    private static final List<Column> UPDATED = COLUMNS.stream()
            .filter(column -> !FIXED.contains(column.name()))
            .toList();
    private static final List<Column> CHANGING = UPDATED.stream()
            .filter(column -> !KEY.contains(column.name()))
            .toList();
    private static final int[] UPDATED_PLACES = UPDATED.stream().mapToInt(COLUMNS::indexOf).toArray();
    private static final String IN_ORDER = " order by job_id,"
            + " case entity_type when 'campaign' then 1 when 'ad_set' then 2 else 3 end, slot_number";

    private final JdbcTemplate jdbc;
    private final String select;
    private final String selectShown;
    private final String insert;
    private final String update;

    SlotRows(JdbcTemplate jdbc, Schema schema) {
        this.jdbc = jdbc;
        var table = schema.table(RebuiltTables.SETTLED);
        select = "select * from (select " + RowArrays.names(COLUMNS, "") + " from " + table
                + " where job_id = any(?) union all " + SlotsUnderWay.select(schema) + " where u.job_id = any(?)) slots"
                + IN_ORDER;
        selectShown = "select " + RowArrays.names(COLUMNS, "") + " from " + schema.table(RebuiltTables.SLOTS)
                + " where job_id = any(?)" + IN_ORDER;
        insert = "insert into " + table + " (" + RowArrays.names(COLUMNS, "") + ") select "
                + RowArrays.names(COLUMNS, "rows.") + " from " + RowArrays.unnest(COLUMNS);
        update = "update " + table + " s set " + RowArrays.assignments(CHANGING) + " from " + RowArrays.unnest(UPDATED)
                + " where s.job_id = rows.job_id and s.slot_number = rows.slot_number and s.entity_type = rows.entity_type";
    }

    static List<Column> columns(String... names) {
        return Arrays.stream(names)
                .map(name -> COLUMNS.stream().filter(column -> column.name().equals(name)).findFirst().orElseThrow())
                .toList();
    }

    /** Gives each job the slots that the tables have. */
    void load(Collection<JobView> jobs) {
        load(select, 2, jobs);
    }

    /** The same as everybody is shown it, by the view. */
    void loadShown(Collection<JobView> jobs) {
        load(selectShown, 1, jobs);
    }

    /** @param places for the ids of the jobs */
    private void load(String query, int places, Collection<JobView> jobs) {
        if (jobs.isEmpty()) {
            return;
        }
        Map<Long, JobView> byId = jobs.stream()
                .collect(Collectors.toMap(job -> Objects.requireNonNull(job.id()), job -> job));
        jdbc.query(query, statement -> {
            var ids = statement.getConnection().createArrayOf("int8", byId.keySet().toArray(Long[]::new));
            for (int place = 1; place <= places; place++) {
                statement.setArray(place, ids);
            }
        }, row -> {
            Objects.requireNonNull(byId.get(row.getLong("job_id"))).addStored(slot(row));
        });
    }

    /** Adds a row for every slot of these jobs. */
    void insert(Collection<JobView> jobs) {
        var rows = new RowArrays(COLUMNS);
        for (var job : jobs) {
            job.slots().forEach(slot -> rows.add(values(job.id(), slot)));
        }
        if (!rows.isEmpty()) {
            jdbc.update(insert, rows::bind);
        }
    }

    /** Brings rows of slots that changed up to date. */
    void update(Collection<JobView> jobs) {
        var rows = new RowArrays(UPDATED);
        for (var job : jobs) {
            job.slots().stream().filter(slot -> slot.changed)
                    .forEach(slot -> rows.add(updated(values(job.id(), slot))));
        }
        if (!rows.isEmpty()) {
            jdbc.update(update, rows::bind);
        }
    }

    /** One value a column. */
    static @Nullable Object[] values(@Nullable Long jobId, SlotView slot) {
        return new @Nullable Object[]{ jobId, slot.number, JobView.wireName(slot.type), slot.facebookId, slot.name,
            JobView.wireName(slot.status), slot.startedAt, slot.completedAt, slot.error, slot.retryCount,
            slot.createdAt,
            slot.updatedAt, slot.adSetNumber == 0 ? null : slot.adSetNumber, slot.adopted };
    }

    private static @Nullable Object[] updated(@Nullable Object[] row) {
        return Arrays.stream(UPDATED_PLACES).mapToObj(place -> row[place]).toArray();
    }

    static SlotView slot(ResultSet row) throws SQLException {
        var slot = new SlotView(EntityType.valueOf(row.getString("entity_type").toUpperCase(Locale.ROOT)),
                row.getInt("slot_number"), row.getInt("ad_set_slot_number"), row.getString("entity_name"),
                Objects.requireNonNull(SqlType.instant(row, "created_at")));
        slot.status = SlotStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT));
        slot.facebookId = row.getString("facebook_id");
        slot.startedAt = SqlType.instant(row, "creation_started_at");
        slot.completedAt = SqlType.instant(row, "creation_completed_at");
        slot.error = row.getString("error_message");
        slot.retryCount = row.getInt("retry_count");
        slot.adopted = row.getBoolean("adopted");
        slot.updatedAt = Objects.requireNonNull(SqlType.instant(row, "updated_at"));
        return slot;
    }
}
