package io.campaignlauncher.readmodel;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import tools.jackson.databind.JsonNode;

/** Compares the live tables with those of a rebuild, row by row. */
final class ReadModelDifferences {

    private static final int FOUND_MAX = 100;
    private static final String JOBS = rows(RebuiltTables.JOBS, "", "t.job_uuid::text");
    private static final String SLOTS = rows(RebuiltTables.SLOTS, joined(),
            "concat_ws(' ', j.job_uuid, t.entity_type, t.slot_number)");
    private static final String VERIFICATIONS = rows(RebuiltTables.VERIFICATIONS, joined(),
            "concat_ws(' ', j.job_uuid, 'attempt', t.attempt)");

    private ReadModelDifferences() {}

    static List<String> find(JdbcTemplate jdbc) {
        var found = new ArrayList<String>();
        for (var rows : List.of(JOBS, SLOTS, VERIFICATIONS)) {
            jdbc.query("""
                    select coalesce(live.row_key, fresh.row_key) as row_key, live.content::text, fresh.content::text
                    from (%s) live full join (%s) fresh on live.row_key = fresh.row_key
                    where live.content is distinct from fresh.content
                    order by 1 limit %d""".formatted(rows.formatted("public"), rows.formatted("read_model_rebuild"),
                    FOUND_MAX - found.size()),
                    row -> {
                        found.add(difference(row.getString(1), row.getString(2), row.getString(3)));
                    });
        }
        return found;
    }

    private static String joined() {
        return " join %1$s." + RebuiltTables.JOBS + " j on j.id = t.job_id";
    }

    private static String rows(String table, String join, String key) {
        return "select " + key + " as row_key, to_jsonb(t) - 'id' - 'job_id' || '{\"table\": \"" + table
                + "\"}' as content from %1$s." + table + " t" + join;
    }

    private static String difference(String key, @Nullable String live, @Nullable String fresh) {
        if (live == null || fresh == null) {
            return key + ": only in the " + (live == null ? "event store" : "live table");
        }
        var liveRow = Json.read(live);
        var freshRow = Json.read(fresh);
        var columns = new TreeSet<String>();
        liveRow.propertyNames().forEach(name -> addIfDifferent(columns, name, liveRow, freshRow));
        return key + ": " + columns.stream()
                .map(name -> name + " is " + liveRow.get(name) + " instead of " + freshRow.get(name))
                .toList();
    }

    private static void addIfDifferent(TreeSet<String> columns, String name, JsonNode live, JsonNode fresh) {
        if (!live.get(name).equals(fresh.get(name))) {
            columns.add(name);
        }
    }
}
