package io.campaignlauncher.benchmarks;

import io.campaignlauncher.schemas.Topic;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a launch of 50 + 50 takes, as measured: a name and a figure a line, so that they can be printed, put on a page and read from it.
 * {@code cpu-ms.*} by kind of process, {@code database-kib.*} and {@code kafka-kib.*} by how long it is kept, {@code connections.*} of one
 * instance.
 */
record LaunchFigures(Map<String, Double> values) {

    static final String CPU = "cpu-ms.";
    static final String DATABASE = "database-kib.";
    static final String KAFKA = "kafka-kib.";
    static final String CONNECTIONS = "connections.";
    static final String EVENTS = "events";
    static final String WAL = "wal-kib";
    static final String LAUNCHES_PER_SECOND = "launches-per-second";
    static final String FEED = "feed-events-per-second";

    LaunchFigures {
        values = new TreeMap<>(values);
    }

    static LaunchFigures of(List<FleetLoad.Cost> costs, DatabaseWork work, Stored stored,
            Map<String, Double> connections) {
        var values = new TreeMap<String, Double>();
        costs.getFirst().cpuSeconds().keySet().forEach(kind -> values.put(CPU + kind,
                new Percentiles(costs.stream().map(cost -> cost.cpuMillisEach(kind)).toList()).at(0.50)));
        values.put(LAUNCHES_PER_SECOND,
                new Percentiles(costs.stream().map(FleetLoad.Cost::launchesPerSecond).toList()).at(0.50));
        values.put(EVENTS, stored.events());
        values.put(WAL, work.figures().getOrDefault(DatabaseWork.WAL_KIB, 0.0));
        stored.database().forEach((kept, kib) -> values.put(DATABASE + kept, kib));
        stored.kafka().forEach((kept, kib) -> values.put(KAFKA + kept, kib));
        connections.forEach((service, some) -> values.put(CONNECTIONS + service, some));
        return new LaunchFigures(values);
    }

    /** @param lines as {@link #text} gives them */
    static LaunchFigures read(Stream<String> lines) {
        return new LaunchFigures(lines.filter(line -> line.contains("=")).map(line -> line.split("="))
                .collect(Collectors.toMap(parts -> parts[0].strip(), parts -> Double.valueOf(parts[1].strip()))));
    }

    LaunchFigures with(String name, double value) {
        var more = new TreeMap<>(values);
        more.put(name, value);
        return new LaunchFigures(more);
    }

    /** @throws IllegalStateException where it was not measured */
    double get(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalStateException(name + " was not measured");
        }
        return value;
    }

    /** What stays of so many launches a day, after a year. @param prefix by how long it is kept */
    double kibAfterAYear(String prefix, double launchesADay) {
        return values.entrySet().stream().filter(entry -> entry.getKey().startsWith(prefix))
                .mapToDouble(entry -> entry.getValue() * launchesADay * days(entry.getKey().substring(prefix.length())))
                .sum();
    }

    private static int days(String kept) {
        var days = kept.replaceAll("\\D", "");
        return days.isEmpty() ? kept.equals(Stored.FOR_EVER) ? 365 : 0 : Integer.parseInt(days);
    }

    String text() {
        return values.entrySet().stream().map(entry -> String.format(Locale.ROOT, "%s=%.2f%n", entry.getKey(),
                entry.getValue())).collect(Collectors.joining());
    }

    static int partitions() {
        return Topic.JOB_EVENTS.partitions();
    }
}
