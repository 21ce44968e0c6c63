package io.campaignlauncher.analytics.model;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Counts and durations of some span of time. Of bounded size: each {@link Counted} has so many labels and no more. */
public final class Tally {

    /** Labels of one count; what comes with a further one is counted as {@link Counted#OTHER}. */
    static final int LABELS_MAX = 40;

    private final Map<Counted, SortedMap<String, Long>> counts = new EnumMap<>(Counted.class);
    private final Map<Stage, Durations> durations = new EnumMap<>(Stage.class);

    void add(Counted counted, String label, long times) {
        if (times == 0) {
            return;
        }
        var labels = counts.computeIfAbsent(counted, _ -> new TreeMap<>());
        var bounded = labels.containsKey(label) || labels.size() < LABELS_MAX ? label : Counted.OTHER;
        labels.merge(bounded, times, Long::sum);
    }

    void add(Stage stage, Duration took) {
        durations.computeIfAbsent(stage, _ -> new Durations()).add(took);
    }

    void add(Tally others) {
        others.counts.forEach((counted, labels) -> labels.forEach((label, times) -> add(counted, label, times)));
        others.durations.forEach((stage, took) -> durations.computeIfAbsent(stage, _ -> new Durations()).add(took));
    }

    public long count(Counted counted, String label) {
        return counts(counted).getOrDefault(label, 0L);
    }

    public long sum(Counted counted) {
        return counts(counted).values().stream().mapToLong(Long::longValue).sum();
    }

    /** By label; those that were not counted yet are missing. Without a label it is the empty one. */
    public SortedMap<String, Long> counts(Counted counted) {
        return counts.getOrDefault(counted, new TreeMap<>());
    }

    public Durations durations(Stage stage) {
        return durations.getOrDefault(stage, new Durations());
    }
}
