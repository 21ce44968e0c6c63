package io.campaignlauncher.launchfile;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A column that means something to a launch.
 *
 * @param header   as Ads Manager writes it
 * @param of       whose it is; all rows of one say the same
 * @param kind     what its cells hold
 * @param path     where its value stands in the entry of that level; empty where it stands nowhere
 * @param inVideos where it stands in an ad with a video; empty where it has no place there
 */
record Column(String header, Level of, Kind kind, List<String> path, List<String> inVideos) {

    enum Level {
        CAMPAIGN,
        AD_SET,
        AD
    }

    static Column of(String header, Level level, Kind kind, String path) {
        return new Column(header, level, kind, steps(path), steps(path));
    }

    /** One of the creative, whose place depends on what is shown. */
    static Column shown(String header, Kind kind, String inLinks, String inVideos) {
        return new Column(header, Level.AD, kind, steps(inLinks), steps(inVideos));
    }

    /** Rows are maps of columns; a header is there once. */
    @Override
    public int hashCode() {
        return header.hashCode();
    }

    private static List<String> steps(String path) {
        return path.isEmpty() ? List.of() : List.of(path.split("/"));
    }

    List<String> path(boolean video) {
        return video ? inVideos : path;
    }

    /**
     * Takes the text that this column would have out of an entry; null, and the entry as it was, where it says nothing
     * that a cell can say.
     */
    @Nullable
    String take(ObjectNode entry, boolean video, Account account) {
        var steps = path(video);
        var parent = steps.isEmpty() ? null : parent(entry, steps);
        var value = parent == null ? null : parent.get(steps.getLast());
        var text = value == null ? null : text(value, account);
        if (parent != null && text != null) {
            parent.remove(steps.getLast());
        }
        return text;
    }

    /** Only what would be read as the same again. */
    private @Nullable String text(JsonNode value, Account account) {
        var text = kind.write(value, account);
        return text != null && !text.isBlank() && kind.read(text, account).equals(new Reading.Value(value)) ? text
                : null;
    }

    private static @Nullable ObjectNode parent(ObjectNode entry, List<String> steps) {
        var node = entry;
        for (var step : steps.subList(0, steps.size() - 1)) {
            if (!(node.get(step) instanceof ObjectNode next)) {
                return null;
            }
            node = next;
        }
        return node;
    }

    void put(ObjectNode entry, boolean video, JsonNode value) {
        var steps = path(video);
        var node = entry;
        for (var step : steps.subList(0, steps.size() - 1)) {
            node = node.withObjectProperty(step);
        }
        node.set(steps.getLast(), value);
    }
}
