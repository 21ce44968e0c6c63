package io.campaignlauncher.launchfile.sheet;

import java.util.List;
import java.util.Map;

/**
 * A row with what is written in its cells.
 *
 * @param number   as a spreadsheet shows it, from 1
 * @param cells    from column A on; those that are not there are empty
 * @param mistakes by the index of the column, why the text of a cell is not what somebody entered
 */
public record SheetRow(int number, List<String> cells, Map<Integer, String> mistakes) {

    public String cell(int column) {
        return column < cells.size() ? cells.get(column) : "";
    }

    public boolean isEmpty() {
        for (var cell : cells) {
            if (!cell.isBlank()) {
                return false;
            }
        }
        return true;
    }
}
