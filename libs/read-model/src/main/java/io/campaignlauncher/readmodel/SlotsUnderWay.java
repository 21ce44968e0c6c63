package io.campaignlauncher.readmodel;

import io.campaignlauncher.readmodel.RowArrays.Column;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Writes {@code slots_under_way}: the slots of a job that has not settled, some of one type a row. Its columns are arrays with an element
 * for each slot, or one for all; null where they say what they said at the beginning. Whoever writes to the view {@code
 * entity_creation_slots} makes rows of their own of them, so that a job may be gone from here.
 */
final class SlotsUnderWay {

    /** As many as the view shows of a row, and as the ids of slots have room for between two numbers of their sequence. */
    static final int SLOTS_A_ROW = 25;

    /** Says how many slots the row has. */
    private static final Column NAME = SlotRows.columns("entity_name").getFirst();
    private static final List<Column> FIXED = SlotRows.columns("entity_name", "ad_set_slot_number");
    private static final List<Column> CHANGING = SlotRows.columns("status", "facebook_id", "creation_started_at",
            "creation_completed_at", "error_message", "retry_count", "updated_at", "adopted");
    private static final List<Column> ARRAYS = Stream.concat(FIXED.stream(), CHANGING.stream()).toList();
    private static final String KEY = "job_id = ? and entity_type = ? and first_number = ?";

    private final JdbcTemplate jdbc;
    private final String insert;
    private final String update;
    private final String settle;

    SlotsUnderWay(JdbcTemplate jdbc, Schema schema) {
        this.jdbc = jdbc;
        var table = schema.table(RebuiltTables.UNDER_WAY);
        insert = "insert into " + table + " (job_id, entity_type, first_number, first_id, created_at, "
                + RowArrays.names(ARRAYS, "") + ") values (?, ?, ?, nextval(pg_get_serial_sequence('"
                + schema.table(RebuiltTables.SETTLED) + "', 'id')), ?::timestamptz, "
                + ARRAYS.stream().map(SlotsUnderWay::parameter).collect(Collectors.joining(", ")) + ")";
        update = "update " + table + " set "
                + CHANGING.stream().map(column -> column.name() + " = " + parameter(column))
                        .collect(Collectors.joining(", "))
                + " where " + KEY;
        settle = "with gone as (delete from " + table + " where job_id = any(?) returning *), settled as (insert into "
                + schema.table(RebuiltTables.SETTLED) + " (id, " + RowArrays.names(SlotRows.COLUMNS, "")
                + ") select u.first_id + place - 1, " + shown("gone") + " order by 1) select distinct job_id from gone";
    }

    private static String parameter(Column column) {
        return "?::" + column.type().sqlName() + "[]";
    }

    /** The slots of these rows one by one; it has a condition's place at its end. */
    static String select(Schema schema) {
        return "select " + shown(schema.table(RebuiltTables.UNDER_WAY));
    }

    private static String shown(String rows) {
        return SlotRows.COLUMNS.stream().map(SlotsUnderWay::shown).collect(Collectors.joining(", ")) + " from " + rows
                + " u cross join lateral generate_subscripts(u.entity_name, 1) as place";
    }

    private static String shown(Column column) {
        var name = "u." + column.name();
        var element = name + "[least(place, cardinality(" + name + "))]";
        return switch (column.name()) {
            case "job_id", "entity_type", "created_at" -> name;
            case "slot_number" -> "u.first_number + place - 1";
            case "status" -> "coalesce(" + element + ", 'pending')";
            case "retry_count" -> "coalesce(" + element + ", 0)";
            case "updated_at" -> "coalesce(" + element + ", u.created_at)";
            case "adopted" -> "coalesce(" + element + ", false)";
            default -> element;
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
    }

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

    /** Makes a row of each slot of these jobs, as it stands here. @return those that were here */
    Set<JobView> settle(Collection<JobView> jobs) {
        var settled = new HashSet<JobView>();
        if (jobs.isEmpty()) {
            return settled;
        }
        var byId = jobs.stream().collect(Collectors.toMap(job -> Objects.requireNonNull(job.id()), job -> job));
        jdbc.query(settle,
                statement -> statement.setArray(1,
                        statement.getConnection().createArrayOf("int8", byId.keySet().toArray(Long[]::new))),
                row -> {
                    settled.add(Objects.requireNonNull(byId.get(row.getLong("job_id"))));
                });
        return settled;
    }

    private static void bindKey(PreparedStatement statement, int from, Row row) throws SQLException {
        statement.setLong(from, Objects.requireNonNull(row.job().id()));
        statement.setString(from + 1, JobView.wireName(row.first().type));
        statement.setInt(from + 2, row.first().number);
    }

    private static void bindArrays(PreparedStatement statement, int from, List<Column> columns, Row row)
            throws SQLException {
        var now = row.slots().stream().map(slot -> SlotRows.values(null, slot)).toList();
        var before = SlotRows.values(null, row.first().asAllotted());
        for (int i = 0; i < columns.size(); i++) {
            var column = columns.get(i);
            int place = SlotRows.COLUMNS.indexOf(column);
            var elements = now.stream().map(values -> column.type().written(values[place])).toArray(String[]::new);
            var array = shortened(column, elements, column.type().written(before[place]));
            if (array == null) {
                statement.setNull(from + i, Types.ARRAY);
            } else {
                statement.setArray(from + i,
                        statement.getConnection().createArrayOf(column.type().sqlName(), array));
            }
        }
    }

    /** @param before what a slot said at the beginning, of a column that changes */
    private static @Nullable String @Nullable [] shortened(Column column, @Nullable String[] elements,
            @Nullable String before) {
        if (column.equals(NAME) || !Arrays.stream(elements).allMatch(element -> Objects.equals(element, elements[0]))) {
            return elements;
        }
        var nothing = CHANGING.contains(column) ? before : null;
        return Objects.equals(elements[0], nothing) ? null : Arrays.copyOf(elements, 1);
    }
}
