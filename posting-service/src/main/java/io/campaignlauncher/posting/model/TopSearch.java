package io.campaignlauncher.posting.model;

import java.util.List;
import java.util.OptionalInt;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a high message id of a channel of which none is known: ever larger steps up, then halves. What it finds exists; deleted
 * messages may hide a higher one, which costs later looks more questions and nothing else.
 *
 * <p>Asked and told by one thread at a time.
 */
public final class TopSearch {

    /** Neighbours that must all be missing before a place counts as above the top. */
    private static final int WIDTH = 3;
    private static final int ID_MAX = 1 << 30;
    /** The first messages of a channel may be deleted: the search does not end before it has come so far. */
    private static final int FIRST_END = 64;

    private final TreeSet<Integer> existing = new TreeSet<>();
    private int below;
    private @Nullable Integer above;
    private int place = 1;
    private int offset;
    private @Nullable String failure;

    /** The id to probe; empty at the end. */
    public OptionalInt next() {
        return failure != null || done() ? OptionalInt.empty() : OptionalInt.of(place + offset);
    }

    public void answered(ProbeAnswer answer) {
        switch (answer) {
            case ProbeAnswer.Unanswered(var reason) -> failure = reason;
            case ProbeAnswer.Nothing _ -> {
                if (++offset == WIDTH) {
                    if (above != null || !existing.isEmpty() || place >= FIRST_END) {
                        above = place;
                    }
                    move();
                }
            }
            case ProbeAnswer.Ours _,ProbeAnswer.SomebodyElses _ -> {
                below = place + offset;
                existing.add(below);
                move();
            }
        }
    }

    /** Why it ended early; null where it did not. */
    public @Nullable String failure() {
        return failure;
    }

    /** What is there, of the ids that were asked for. */
    public List<Integer> existing() {
        return List.copyOf(existing);
    }

    private boolean done() {
        return above != null && above - below <= 1 || place >= ID_MAX;
    }

    private void move() {
        offset = 0;
        place = above == null ? place * 2 : below + (above - below) / 2;
    }
}
