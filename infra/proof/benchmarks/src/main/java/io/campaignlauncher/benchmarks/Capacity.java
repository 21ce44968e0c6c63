package io.campaignlauncher.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What so many launches a day need, computed from what one takes. A tenth of a day's launches come in its busiest hour; no core is to be
 * busy for more than 60 % of that hour; Kafka keeps three replicas, and each is taken to cost what the only one cost that was measured.
 */
final class Capacity {

    private static final List<Integer> LAUNCHES_A_DAY = List.of(1_000, 10_000, 100_000, 1_000_000);
    private static final double BUSIEST_HOUR = 0.1;
    private static final double HOUR_S = 3600;
    private static final double BUSY = 0.6;
    private static final int REPLICAS = 3;
    private static final int CORES_OF_AN_INSTANCE = 2;
    private static final int INSTANCES_MIN = 2;
    private static final double CHANGES_OF_A_LAUNCH = 101;
    private static final double CHANGES_OF_AN_ACCOUNT = 100;
    /** Facebook's score of an account in the full tier: so many points in so long, and a change is so many (rate-limiting). */
    private static final double SCORE_MAX = 9_000;
    private static final double SCORE_SECONDS = 300;
    private static final double SCORE_OF_A_CHANGE = 3;
    private static final double LAUNCHES_BY_SCORE = SCORE_MAX / SCORE_SECONDS / SCORE_OF_A_CHANGE / CHANGES_OF_A_LAUNCH;
    private static final double KIB_OF_A_GB = 1e9 / 1024;
    private static final int LARGE_MACHINE_CORES = 32;

    private final LaunchFigures figures;

    Capacity(LaunchFigures figures) {
        this.figures = figures;
    }

    /** Two tables in Markdown. */
    String tables() {
        return needs() + System.lineSeparator() + limits();
    }

    private String needs() {
        return table(
                Stream.concat(Stream.of("launches a day"),
                        LAUNCHES_A_DAY.stream().map("%,d"::formatted)).toList(),
                List.of(row("launches a second in the busiest hour", 2, Capacity::peak),
                        row("cores: job-service", 2, day -> cores("job", day)),
                        row("cores: creator-service", 2, day -> cores("creator", day)),
                        row("cores: verifier and rollback", 2, day -> cores("verifier", day) + cores("rollback", day)),
                        row("cores: PostgreSQL", 2, day -> cores("postgresql", day)),
                        row("cores: Kafka, all brokers", 2, day -> REPLICAS * cores("kafka", day)),
                        row("instances of the job-service, of 2 cores", 0, day -> instances("job", day)),
                        row("instances of the creator-service, of 2 cores", 0, day -> instances("creator", day)),
                        row("connections to PostgreSQL", 0, this::connections),
                        row("PostgreSQL's disk after a year, GB", 0, day -> figures
                                .kibAfterAYear(LaunchFigures.DATABASE, day) / KIB_OF_A_GB),
                        row("PostgreSQL's log, GB a day", 1, day -> figures.get(LaunchFigures.WAL) * day / KIB_OF_A_GB),
                        row("Kafka's disk after a year, all brokers, GB", 0, day -> REPLICAS * figures
                                .kibAfterAYear(LaunchFigures.KAFKA, day) / KIB_OF_A_GB),
                        row("partitions", 0, this::partitions),
                        row("of the change feed's ceiling, %", 1, day -> 100 * peak(day) / feedLaunches()),
                        row("ad accounts, by Facebook's score, at least", 0,
                                day -> Math.ceil(peak(day) / LAUNCHES_BY_SCORE))));
    }

    private String limits() {
        double account = CHANGES_OF_AN_ACCOUNT / CHANGES_OF_A_LAUNCH;
        double database = LARGE_MACHINE_CORES * BUSY / seconds("postgresql");
        return table(List.of("limit", "launches a second", "launches a day"), List.of(
                limit("one ad account, by Facebook's score", LAUNCHES_BY_SCORE),
                limit("one ad account, at 100 changes a second", account),
                limit(LaunchFigures.partitions() + " partitions, as far as they were seen to go",
                        figures.get(LaunchFigures.LAUNCHES_PER_SECOND)),
                limit("PostgreSQL on " + LARGE_MACHINE_CORES + " cores, 60 % busy", database),
                limit("the change feed", feedLaunches())));
    }

    private double seconds(String kind) {
        return figures.get(LaunchFigures.CPU + kind) / 1000;
    }

    private static double peak(double launchesADay) {
        return launchesADay * BUSIEST_HOUR / HOUR_S;
    }

    private double cores(String kind, double launchesADay) {
        return peak(launchesADay) * seconds(kind) / BUSY;
    }

    private double instances(String kind, double launchesADay) {
        return Math.max(INSTANCES_MIN, Math.ceil(cores(kind, launchesADay) / CORES_OF_AN_INSTANCE));
    }

    private double connections(double launchesADay) {
        return instances("job", launchesADay) * figures.get(LaunchFigures.CONNECTIONS + "job_service")
                + instances("creator", launchesADay) * figures.get(LaunchFigures.CONNECTIONS + "creator_service")
                + INSTANCES_MIN * figures.get(LaunchFigures.CONNECTIONS + "rollback_service");
    }

    /** None has to do more than it was seen to do. */
    private double partitions(double launchesADay) {
        var seen = figures.get(LaunchFigures.LAUNCHES_PER_SECOND) / LaunchFigures.partitions();
        return Math.max(LaunchFigures.partitions(), Math.ceil(peak(launchesADay) / seen));
    }

    private double feedLaunches() {
        return figures.get(LaunchFigures.FEED) / figures.get(LaunchFigures.EVENTS);
    }

    private static List<String> row(String what, int decimals, DoubleFunction<Double> figure) {
        return Stream.concat(Stream.of(what), LAUNCHES_A_DAY.stream().map(day -> number(figure.apply(day), decimals)))
                .toList();
    }

    private static List<String> limit(String what, double launchesPerSecond) {
        return List.of(what, number(launchesPerSecond, 2), number(launchesPerSecond * HOUR_S / BUSIEST_HOUR, 0));
    }

    private static String number(double value, int decimals) {
        return String.format(Locale.ROOT, "%,." + decimals + "f", value);
    }

    private static String table(List<String> head, List<List<String>> rows) {
        var line = "|---" + "|---:".repeat(head.size() - 1) + "|";
        return Stream.concat(Stream.of(cells(head), line), rows.stream().map(Capacity::cells))
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private static String cells(List<String> cells) {
        return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
    }
}
