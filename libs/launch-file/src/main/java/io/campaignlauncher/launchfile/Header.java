package io.campaignlauncher.launchfile;

import io.campaignlauncher.launchfile.sheet.SheetRow;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The row of headers: which column is where. */
final class Header {

    private static final int ALPHABET = 26;

    private final int row;
    private final Mistakes mistakes;
    private final List<Place> places = new ArrayList<>();
    private final Map<Column, Place> byColumn = new HashMap<>();
    private final Set<List<Column>> missed = new HashSet<>();

    /** @param column null where nothing is made of what stands there */
    record Place(int index, String header, @Nullable Column column, Use use) {

        CellMistake mistake(int row, String read, String sentence) {
            return new CellMistake(row, header, letter(index), read, sentence);
        }
    }

    enum Use {
        MAPPED,
        /** An id that asks for a change. */
        CHANGED,
        /** Passed over. */
        TOLD,
        NOT_MAPPED,
        NAMELESS
    }

    Header(SheetRow row, Mistakes mistakes) {
        this.row = row.number();
        this.mistakes = mistakes;
        var seen = new HashSet<String>();
        for (int i = 0; i < row.cells().size(); i++) {
            var place = place(i, row.cell(i).strip());
            places.add(place);
            var twice = place.use() != Use.NAMELESS && !seen.add(Columns.key(place.header()));
            if (twice || place.column() != null && byColumn.putIfAbsent(place.column(), place) != null) {
                mistakes.add(place.mistake(this.row, place.header(),
                        "This column is there twice. Keep one of the two, and delete the other."));
            }
        }
    }

    private static Place place(int index, String text) {
        var column = Columns.mapped(text);
        var key = Columns.key(text);
        return new Place(index, text, column, text.isEmpty() ? Use.NAMELESS
                : column != null ? Use.MAPPED
                        : Columns.CHANGED.contains(key) ? Use.CHANGED
                                : Columns.TOLD.contains(key) ? Use.TOLD
                                        : Use.NOT_MAPPED);
    }

    static int countKnown(List<String> cells) {
        return (int) cells.stream().filter(Columns::known).map(Columns::key).distinct().count();
    }

    /** Beyond the last header there is nothing but what has no name. */
    Place at(int index) {
        return index < places.size() ? places.get(index) : new Place(index, "", null, Use.NAMELESS);
    }

    /** Notes that a row, or all of them, have nothing in a column that is needed; also one of several. */
    void needed(int atRow, String sentence, Column... either) {
        var columns = List.of(either);
        var place = columns.stream().map(byColumn::get).filter(each -> each != null).findFirst();
        if (place.isPresent()) {
            mistakes.add(place.get().mistake(atRow, "", sentence));
        } else if (missed.add(columns)) {
            var names = columns.stream().map(Column::header).collect(Collectors.joining(" or "));
            mistakes.add(new CellMistake(row, names, "", "", "The file has no such column. Add it. " + sentence));
        }
    }

    /** Notes what is wrong with a cell of a column that is there. */
    void wrong(int atRow, Column column, String read, String sentence) {
        var place = byColumn.get(column);
        mistakes.add(place == null ? new CellMistake(atRow, column.header(), "", read, sentence)
                : place.mistake(atRow, read, sentence));
    }

    private static String letter(int index) {
        return (index >= ALPHABET ? letter(index / ALPHABET - 1) : "") + (char) ('A' + index % ALPHABET);
    }
}
