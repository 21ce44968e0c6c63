package io.campaignlauncher.market.tables;

import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The rows of one kind that a fold works on: what the tables have, and what they are to have. */
final class Pending<K, S> {

    private final Map<K, S> known = new HashMap<>();
    private final Map<K, Change<S>> changes = new LinkedHashMap<>();

    /**
     * A row that is to be written.
     *
     * @param stored what the table has; null: no row
     * @param next   what it is to have
     * @param first  when the first event of the change happened
     * @param last   when the last one did
     */
    record Change<S>(@Nullable S stored, S next, Instant first, Instant last) {}

    /** What the tables have. */
    void know(Map<K, S> states) {
        known.putAll(states);
    }

    void know(K key, S state) {
        known.put(key, state);
    }

    @Nullable
    S get(K key) {
        return known.get(key);
    }

    /**
     * A row that is there from now on. Also where the table has one already: it is for the table's key to refuse a second one, which
     * somebody may have written since this one was decided on.
     */
    void add(K key, S next, Instant at) {
        changes.put(key, new Change<>(null, next, at, at));
        known.put(key, next);
    }

    void put(K key, S next, Instant at) {
        var change = changes.get(key);
        changes.put(key, change == null ? new Change<>(known.get(key), next, at, at)
                : new Change<>(change.stored(), next, change.first(), at));
        known.put(key, next);
    }

    /** Whether the table would not see a state that the row has been in: it changes a second time before it is written. */
    boolean hides(K key, S next, Function<S, Object> status) {
        var change = changes.get(key);
        return change != null && !status.apply(change.next()).equals(status.apply(next))
                && !Optional.ofNullable(change.stored()).map(status).equals(Optional.of(status.apply(change.next())));
    }

    List<Change<S>> added() {
        return changes.values().stream().filter(change -> change.stored() == null).toList();
    }

    List<Change<S>> updated() {
        return changes.values().stream().filter(change -> change.stored() != null).toList();
    }

    /** The tables have it all. */
    void written() {
        changes.clear();
    }
}
