package io.campaignlauncher.readmodel;

import io.campaignlauncher.readmodel.RowArrays.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes {@code slots_under_way}: the slots of a job that has not settled, some of one type a row, each column but the key an array with
 * one element a slot. Whoever writes to the view {@code entity_creation_slots} makes rows of them, so that a job may be gone from here.
 */
final class SlotsUnderWay {

    /** As many of a row as the view shows. */
    static final int SLOTS_A_ROW = 25;

    private static final List<Column> FIXED = SlotRows.columns("entity_name", "ad_set_slot_number");
    private static final List<Column> CHANGING = SlotRows.columns("status", "facebook_id", "creation_started_at",
            "creation_completed_at", "error_message", "retry_count", "updated_at", "adopted");
    private static final List<Column> ARRAYS = Stream.concat(FIXED.stream(), CHANGING.stream()).toList();
    private static final String KEY = "job_id = ? and entity_type = ? and first_number = ?";

    private final JdbcTemplate jdbc;
    private final String insert;
    private final String update;
    private final String delete;

    SlotsUnderWay(JdbcTemplate jdbc, Schema schema) {
        this.jdbc = jdbc;
        var table = schema.table(RebuiltTables.UNDER_WAY);
        insert = "insert into " + table + " (job_id, entity_type, first_number, first_id, created_at, "
                + RowArrays.names(ARRAYS, "") + ") values (?, ?, ?, " + SlotRows.nextId(schema) + ", ?::timestamptz, "
                + ARRAYS.stream().map(SlotsUnderWay::parameter).collect(Collectors.joining(", ")) + ")";
        update = "update " + table + " set "
                + CHANGING.stream().map(column -> column.name() + " = " + parameter(column))
                        .collect(Collectors.joining(", "))
                + " where " + KEY;
        delete = "delete from " + table
                + " where job_id = any(?) returning job_id, entity_type, first_number, first_id";
    }

    private static String parameter(Column column) {
        return "?::" + column.type().sqlName() + "[]";
    }

    /** The part of a query that shows the slots of these rows one by one; it has a condition's place at its end. */
    static String shown(Schema schema) {
        return "select " + SlotRows.COLUMNS.stream().map(SlotsUnderWay::shown).collect(Collectors.joining(", "))
                + " from " + schema.table(RebuiltTables.UNDER_WAY) + " u cross join lateral unnest("
                + RowArrays.names(ARRAYS, "u.") + ") with ordinality as s(" + RowArrays.names(ARRAYS, "") + ", place)";
    }

    private static String shown(Column column) {
        return switch (column.name()) {
            case "job_id", "entity_type", "created_at" -> "u." + column.name();
            case "slot_number" -> "u.first_number + s.place::int - 1";
            case "status" -> "coalesce(s.status, 'pending')";
            case "retry_count" -> "coalesce(s.retry_count, 0)";
            case "updated_at" -> "coalesce(s.updated_at, u.created_at)";
            case "adopted" -> "coalesce(s.adopted, false)";
            default -> "s." + column.name();
        };
    }

    /** Slots that share a row. */
    private record Row(JobView job, List<SlotView> slots) {

        SlotView first() {
            return slots.getFirst();
        }

        boolean changed() {
            return slots.stream().anyMatch(slot -> slot.changed);
        }

        Key key() {
            return new Key(JobView.wireName(first().type), first().number);
        }
    }

    private record Key(String type, int firstNumber) {}

    private static Stream<Row> rows(JobView job) {
        var rows = new ArrayList<Row>();
        for (var slot : job.slots()) {
            if (rows.isEmpty() || rows.getLast().slots().size() == SLOTS_A_ROW
                    || rows.getLast().first().type != slot.type) {
                rows.add(new Row(job, new ArrayList<>()));
            }
            rows.getLast().slots().add(slot);
        }
        return rows.stream();
    }

    void insert(Collection<JobView> jobs) {
        var rows = jobs.stream().flatMap(SlotsUnderWay::rows).toList();
        if (!rows.isEmpty()) {
            jdbc.batchUpdate(insert, rows, rows.size(), (statement, row) -> {
                bindKey(statement, 1, row);
                statement.setString(4, row.first().createdAt.toString());
                bindArrays(statement, 5, ARRAYS, row);
            });
        }
    }

    /** Brings the rows up to date in which a slot changed. @return the jobs that are not here */
    Set<JobView> update(Collection<JobView> jobs) {
        var rows = jobs.stream().flatMap(SlotsUnderWay::rows).filter(Row::changed).toList();
        var missing = new HashSet<JobView>();
        if (!rows.isEmpty()) {
            int[] counts = jdbc.batchUpdate(update, rows, rows.size(), (statement, row) -> {
                bindArrays(statement, 1, CHANGING, row);
                bindKey(statement, 1 + CHANGING.size(), row);
            })[0];
            for (int i = 0; i < counts.length; i++) {
                if (counts[i] == 0) {
                    missing.add(rows.get(i).job());
                }
            }
        }
        return missing;
    }

    /** Takes the jobs out, and tells their slots the ids that they had. @return those that were here */
    Set<JobView> remove(Collection<JobView> jobs) {
        var removed = new HashSet<JobView>();
        if (jobs.isEmpty()) {
            return removed;
        }
        var byId = jobs.stream().collect(Collectors.toMap(job -> Objects.requireNonNull(job.id()), job -> job));
        var firstIds = new HashMap<JobView, Map<Key, Long>>();
        jdbc.query(delete,
                statement -> statement.setArray(1,
                        statement.getConnection().createArrayOf("int8", byId.keySet().toArray(Long[]::new))),
                row -> {
                    firstIds.computeIfAbsent(Objects.requireNonNull(byId.get(row.getLong("job_id"))),
                            _ -> new HashMap<>())
                            .put(new Key(row.getString("entity_type"), row.getInt("first_number")),
                                    row.getLong("first_id"));
                });
        firstIds.forEach((job, ids) -> {
            removed.add(job);
            rows(job).forEach(row -> number(row.slots(), ids.get(row.key())));
        });
        return removed;
    }

    private static void number(List<SlotView> slots, @Nullable Long firstId) {
        for (int i = 0; firstId != null && i < slots.size(); i++) {
            slots.get(i).id = firstId + i;
        }
    }

    private static void bindKey(PreparedStatement statement, int from, Row row) throws SQLException {
        statement.setLong(from, Objects.requireNonNull(row.job().id()));
        statement.setString(from + 1, JobView.wireName(row.first().type));
        statement.setInt(from + 2, row.first().number);
    }

    /** An array in which no element says anything is left out. */
    private static void bindArrays(PreparedStatement statement, int from, List<Column> columns, Row row)
            throws SQLException {
        var now = row.slots().stream().map(slot -> SlotRows.values(null, slot)).toList();
        var before = SlotRows.values(null, row.first().asAllotted());
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            int place = SlotRows.COLUMNS.indexOf(column);
            var nothing = CHANGING.contains(column) ? before[place] : null;
            if (now.stream().allMatch(values -> Objects.equals(values[place], nothing))) {
                statement.setNull(from + i, Types.ARRAY);
            } else {
                statement.setArray(from + i, statement.getConnection().createArrayOf(column.type().sqlName(),
                        now.stream().map(values -> column.type().written(values[place])).toArray(String[]::new)));
            }
        }
    }
}
