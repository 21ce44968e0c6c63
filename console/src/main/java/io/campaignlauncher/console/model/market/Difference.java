package io.campaignlauncher.console.model.market;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What became of a field between two versions.
 *
 * @param before empty: it was not there
 * @param after  empty: it is not there any more
 * @param parts  of both, word by word; empty: not compared so
 */
public record Difference(String field, String before, String after, List<Part> parts) {

    private static final Pattern WORD = Pattern.compile("\\S+|\\s+");
    /** Above it the comparison of every word with every other takes too long. */
    private static final int WORDS_MAX = 1_500;

    /** Some words. @param kind {@code same}, {@code gone} or {@code new} */
    public record Part(String kind, String text) {}

    public Difference {
        parts = List.copyOf(parts);
    }

    /** Said in a word. */
    public String word() {
        return before.isEmpty() ? "added" : after.isEmpty() ? "removed" : "changed";
    }

    /** The fields that differ, in the order in which people read. */
    static List<Difference> between(Content before, Content after) {
        var old = before.fields();
        var now = after.fields();
        var names = new LinkedHashSet<>(now.keySet());
        names.addAll(old.keySet());
        var differences = new ArrayList<Difference>();
        for (var name : names) {
            var was = old.getOrDefault(name, "");
            var is = now.getOrDefault(name, "");
            if (!was.equals(is)) {
                differences.add(new Difference(name, was, is, Content.isProse(name) ? words(was, is) : List.of()));
            }
        }
        return differences;
    }

    private static List<Part> words(String before, String after) {
        var old = WORD.matcher(before).results().map(found -> found.group()).toList();
        var now = WORD.matcher(after).results().map(found -> found.group()).toList();
        if (old.isEmpty() || now.isEmpty() || old.size() > WORDS_MAX || now.size() > WORDS_MAX) {
            return List.of();
        }
        return parts(old, now, common(old, now));
    }

    /** How long the longest row of words is that both have from these places on, in this order. */
    private static int[][] common(List<String> old, List<String> now) {
        var common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j)) ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        return common;
    }

    private static List<Part> parts(List<String> old, List<String> now, int[][] common) {
        var parts = new ArrayList<Part>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                add(parts, "same", old.get(i));
                i++;
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                add(parts, "gone", old.get(i++));
            } else {
                add(parts, "new", now.get(j++));
            }
        }
        return parts;
    }

    private static void add(List<Part> parts, String kind, String word) {
        if (!parts.isEmpty() && parts.getLast().kind().equals(kind)) {
            parts.set(parts.size() - 1, new Part(kind, parts.getLast().text() + word));
        } else {
            parts.add(new Part(kind, word));
        }
    }
}
