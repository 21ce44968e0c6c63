package io.campaignlauncher.launchfile;

import io.campaignlauncher.launchfile.Column.Level;
import java.util.Map;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An ad as its row says. */
record AdDraft(int row, String name, ObjectNode entry) {

    static final String WITH_LINK = "Link Page Post Ad";
    static final String WITH_VIDEO = "Video Page Post Ad";

    static AdDraft of(int row, String name, Map<Column, Cell> cells) {
        var video = hasVideo(cells);
        var entry = JsonNodeFactory.instance.objectNode();
        cells.forEach((column, cell) -> {
            if (column.of() == Level.AD && cell.reading() instanceof Reading.Value(var json)
                    && !column.path(video).isEmpty() && !isNamedBetter(column, cells)) {
                column.put(entry, video, json);
            }
        });
        return new AdDraft(row, name, entry);
    }

    /** Exports give the names of files beside the ids that Facebook has given them. */
    private static boolean isNamedBetter(Column column, Map<Column, Cell> cells) {
        return column.equals(Columns.IMAGE_FILE) && cells.containsKey(Columns.IMAGE_HASH)
                || column.equals(Columns.VIDEO_FILE) && cells.containsKey(Columns.VIDEO);
    }

    private static boolean hasVideo(Map<Column, Cell> cells) {
        var type = cells.get(Columns.CREATIVE_TYPE);
        return namesVideo(cells) || type != null && type.says(WITH_VIDEO);
    }

    private static boolean namesVideo(Map<Column, Cell> cells) {
        return cells.containsKey(Columns.VIDEO) || cells.containsKey(Columns.VIDEO_FILE);
    }

    /** Notes what such an ad would lack. */
    static void check(int row, Map<Column, Cell> cells, Header header) {
        if (!cells.containsKey(Columns.PAGE)) {
            header.needed(row, "An ad is shown by a page: give its id.", Columns.PAGE);
        }
        if (hasVideo(cells)) {
            checkVideo(row, cells, header);
        } else if (!cells.containsKey(Columns.LINK)) {
            header.needed(row, "An ad without a video needs the link that it leads to.", Columns.LINK);
        }
    }

    private static void checkVideo(int row, Map<Column, Cell> cells, Header header) {
        var type = cells.get(Columns.CREATIVE_TYPE);
        if (!namesVideo(cells)) {
            header.needed(row, "The ad is to show a video: give its id, or the name of its file.", Columns.VIDEO,
                    Columns.VIDEO_FILE);
        } else if (type != null && type.hasValue() && !type.says(WITH_VIDEO)) {
            header.wrong(row, Columns.CREATIVE_TYPE, type.text(),
                    "The ad has a video, so it cannot be of this type. Empty one of the two.");
        }
        if (cells.containsKey(Columns.LINK) && !cells.containsKey(Columns.CALL_TO_ACTION)) {
            header.needed(row, "A video leads to a link by its button: say which one, such as LEARN_MORE.",
                    Columns.CALL_TO_ACTION);
        }
    }
}
