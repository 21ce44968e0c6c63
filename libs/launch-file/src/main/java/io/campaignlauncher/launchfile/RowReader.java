package io.campaignlauncher.launchfile;

import io.campaignlauncher.launchfile.Header.Place;
import io.campaignlauncher.launchfile.sheet.SheetRow;
import io.campaignlauncher.launchfile.sheet.UnreadableSheet;
import io.campaignlauncher.launchfile.sheet.UnreadableSheet.Reason;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/** Makes of a row what its cells say, and notes each that is wrong. */
final class RowReader {

    private static final int DATES_MAX = 100;
    /** As many as a spreadsheet's cell holds. */
    private static final int CHARACTERS_MAX = 32_767;
    private static final Reading TOO_LONG = new Reading.Mistake("The cell holds more than " + CHARACTERS_MAX
            + " characters, which no spreadsheet would. Shorten it.");
    /** Of all cells together. Three characters of a list can take a hundred bytes. */
    private static final int VALUES_MAX = 1_000_000;

    private final Header header;
    private final Account account;
    private final Mistakes mistakes;
    /** By column what its last cell was: rows repeat what they say of their campaign and ad set. */
    private final Map<Integer, Cell> last = new HashMap<>();
    private final Map<String, ShownDate> dates = new LinkedHashMap<>();
    private final Map<Integer, Filled> filled = new TreeMap<>();
    private int values;
    private boolean currencyDecides;
    private boolean timeZoneDecides;

    private record Filled(Place place, int firstRow, String firstText, int rows) {

        Filled again() {
            return new Filled(place, firstRow, firstText, rows + 1);
        }
    }

    RowReader(Header header, Account account, Mistakes mistakes) {
        this.header = header;
        this.account = account;
        this.mistakes = mistakes;
    }

    /** By column what is not blank. */
    Map<Column, Cell> read(SheetRow row) throws UnreadableSheet {
        var cells = new LinkedHashMap<Column, Cell>();
        for (int i = 0; i < row.cells().size(); i++) {
            var text = Defused.undone(row.cell(i));
            if (!text.isBlank()) {
                read(row, header.at(i), text, cells);
            }
        }
        if (values > VALUES_MAX) {
            throw new UnreadableSheet(Reason.UNSAFE, "The lists of this file have more entries than can be launched."
                    + " Make several files of it.");
        }
        return cells;
    }

    private void read(SheetRow row, Place place, String text, Map<Column, Cell> cells) {
        switch (place.use()) {
            case MAPPED -> {
                var column = Objects.requireNonNull(place.column());
                cells.putIfAbsent(column, mapped(row, place, column, text));
            }
            case CHANGED ->
                mistakes.add(place.mistake(row.number(), text, "With an id this row asks to change what is on"
                        + " Facebook already. Only new ones are made here: empty the cell."));
            case TOLD -> {
            }
            case NOT_MAPPED -> notMapped(row, place, text);
            case NAMELESS -> mistakes.add(place.mistake(row.number(), text,
                    "The cell stands under no header. Empty it, or name its column."));
        }
    }

    private Cell mapped(SheetRow row, Place place, Column column, String text) {
        var mistake = row.mistakes().get(place.index());
        var cell = mistake == null ? read(place, column, text) : new Cell(text, new Reading.Mistake(mistake));
        if (cell.reading() instanceof Reading.Mistake(var sentence)) {
            mistakes.add(place.mistake(row.number(), text, sentence));
        } else if (column.kind() instanceof Times && cell.hasValue()) {
            show(row, column, text);
        }
        return cell;
    }

    private Cell read(Place place, Column column, String text) {
        var before = last.get(place.index());
        if (before != null && before.text().equals(text)) {
            return before;
        }
        var cell = new Cell(text, text.length() > CHARACTERS_MAX ? TOO_LONG : column.kind().read(text, account));
        last.put(place.index(), cell);
        values += cell.reading() instanceof Reading.Value(var json) ? count(json) : 0;
        currencyDecides |= column.kind() instanceof Amounts && cell.hasValue() && account.decimals() == null;
        timeZoneDecides |= column.kind() instanceof Times && cell.reading() instanceof Reading.Value(var time)
                && !Times.hasOffset(time);
        return cell;
    }

    private static int count(JsonNode json) {
        int count = 1;
        for (var within : json) {
            count += count(within);
        }
        return count;
    }

    private void show(SheetRow row, Column column, String text) {
        if (dates.size() < DATES_MAX && !dates.containsKey(text)) {
            var inWords = Times.inWords(text, account);
            if (inWords != null) {
                dates.put(text, new ShownDate(row.number(), column.header(), text, inWords));
            }
        }
    }

    private void notMapped(SheetRow row, Place place, String text) {
        var usual = Columns.DEFAULTS.getOrDefault(Columns.key(place.header()), Set.of());
        if (!usual.contains(text.strip().toLowerCase(Locale.ROOT))) {
            filled.merge(place.index(), new Filled(place, row.number(), text, 1), (before, _) -> before.again());
        }
    }

    /** Once all rows were read: a column that nothing is made of might have been the budget. */
    void noteFilled() {
        filled.values().forEach(column -> mistakes.add(column.place().mistake(column.firstRow(), column.firstText(),
                "This column is not supported, and holds something in " + column.rows() + " "
                        + (column.rows() == 1 ? "row" : "rows") + ". Empty it if the launch can do without.")));
    }

    List<ShownDate> dates() {
        return new ArrayList<>(dates.values());
    }

    boolean currencyDecides() {
        return currencyDecides;
    }

    boolean timeZoneDecides() {
        return timeZoneDecides;
    }
}
