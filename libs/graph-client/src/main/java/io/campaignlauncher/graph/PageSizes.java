package io.campaignlauncher.graph;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many items to ask for in one page of an edge. Facebook refuses pages that are too much work for it ("Please reduce the amount
 * of data"): half as many are asked for then, and from then on, until so many pages in a row went well that twice as many are worth a
 * try. Known for the edges that were refused last; for every other edge, and after a start, the most is asked for.
 */
public final class PageSizes {

    /** Items of a page where nothing else is known. */
    public static final int ITEMS_MAX = 500;

    /** Pages of an edge that have to go well before the next ones are larger. */
    static final int GROWS_AFTER = 20;

    private static final int EDGES_MAX = 1_000;

    /** @param wentWell pages of this size in a row */
    private record Size(int items, int wentWell) {}

    private final Map<String, Size> reduced = new LinkedHashMap<>(16, 0.75f, true) {

        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Size> eldest) {
            return size() > EDGES_MAX;
        }
    };

    /** What to ask for, at least 1. @param edge its path, e.g. {@code act_1001/campaigns} */
    synchronized int of(String edge) {
        var size = reduced.get(edge);
        return size == null ? ITEMS_MAX : size.items;
    }

    /** Facebook refused a page of so many items. */
    synchronized void refused(String edge, int items) {
        reduced.put(edge, new Size(Math.max(1, Math.min(of(edge), items / 2)), 0));
    }

    /** A page for which so many items were asked was answered. */
    synchronized void answered(String edge, int items) {
        var size = reduced.get(edge);
        if (size == null || items < size.items) {
            return;
        }
        if (size.wentWell + 1 < GROWS_AFTER) {
            reduced.put(edge, new Size(size.items, size.wentWell + 1));
        } else if (size.items * 2 >= ITEMS_MAX) {
            reduced.remove(edge);
        } else {
            reduced.put(edge, new Size(size.items * 2, 0));
        }
    }
}
