package io.campaignlauncher.launchfile;

import io.campaignlauncher.launchfile.Column.Level;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A campaign, or an ad set, as the rows that name it say. A cell that is empty says nothing; those that are not say the
 * same.
 */
final class Draft {

    private final Level level;
    private final int row;
    private final Map<Column, Said> said = new LinkedHashMap<>();

    record Said(int row, Cell cell) {}

    /** @param row the first that names it */
    Draft(Level level, int row) {
        this.level = level;
        this.row = row;
    }

    int row() {
        return row;
    }

    /** The columns in which a row says something else than one before. */
    List<Column> contradictions(Map<Column, Cell> cells) {
        return said.entrySet().stream().filter(entry -> {
            var cell = cells.get(entry.getKey());
            return cell != null && cell.hasValue() && entry.getValue().cell().hasValue()
                    && !cell.reading().equals(entry.getValue().cell().reading());
        }).map(Map.Entry::getKey).toList();
    }

    Said said(Column column) {
        return Objects.requireNonNull(said.get(column));
    }

    void add(int atRow, Map<Column, Cell> cells) {
        cells.forEach((column, cell) -> {
            if (column.of() == level) {
                said.merge(column, new Said(atRow, cell), (before, now) -> before.cell().hasValue() ? before : now);
            }
        });
    }

    /** Whether any row has something there, be it right or wrong, that does not say "as usual". */
    boolean says(Column column) {
        var cell = said.get(column);
        return cell != null && !(cell.cell().reading() instanceof Reading.Nothing);
    }

    @Nullable
    JsonNode value(Column column) {
        var cell = said.get(column);
        return cell != null && cell.cell().reading() instanceof Reading.Value(var json) ? json : null;
    }

    ObjectNode entry() {
        var entry = JsonNodeFactory.instance.objectNode();
        said.forEach((column, each) -> {
            if (each.cell().reading() instanceof Reading.Value(var json)) {
                column.put(entry, false, json);
            }
        });
        return entry;
    }
}
