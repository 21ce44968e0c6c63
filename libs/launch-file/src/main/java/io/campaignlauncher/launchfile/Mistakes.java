package io.campaignlauncher.launchfile;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects what is wrong with a file: the first of it, and how much more there was. */
final class Mistakes {

    static final int KEPT_MAX = 1_000;

    private final List<CellMistake> kept = new ArrayList<>();
    private long further;

    void add(CellMistake mistake) {
        if (kept.size() < KEPT_MAX) {
            kept.add(mistake);
        } else {
            further++;
        }
    }

    /** By row, then by column. */
    List<CellMistake> kept() {
        return kept.stream().sorted(Comparator.comparingInt(CellMistake::row)
                .thenComparing(mistake -> mistake.letter().length()).thenComparing(CellMistake::letter)).toList();
    }

    long further() {
        return further;
    }
}
