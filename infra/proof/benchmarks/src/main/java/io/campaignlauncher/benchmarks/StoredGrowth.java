package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Fleet;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.simulator.Simulator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What a launch costs on an empty store and on one with many events. Two systems side by side, of which one at a time has something to
 * do, in turns: what else the machine does hits both. The CPU seconds are those of a system's own processes.
 */
final class StoredGrowth implements AutoCloseable {

    private static final String JOB_SERVICE = Fleet.JOB_SERVICES.getFirst();
    private static final int FIRST_LAUNCHES = 20;
    private static final int WARM_UP_TIMES = 2;
    private static final double BYTES_AN_EVENT = 5_000;
    private static final double CLAIMS_KEPT_YEARS = 35 / 365.0;
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int SHOWN = 8;

    private final Path folder;
    private final long events;
    private final FleetLoad empty;
    private final FleetLoad full;
    private final List<FleetLoad.Cost> emptyCosts = new ArrayList<>();
    private final List<FleetLoad.Cost> fullCosts = new ArrayList<>();

    private StoredGrowth(Path folder, Simulator simulator, long events) {
        this.folder = folder;
        this.events = events;
        this.empty = FleetLoad.start(1, folder.resolve("empty"), simulator, "empty", 30_000);
        this.full = FleetLoad.start(1, folder.resolve("full"), simulator, "full", 31_000);
    }

    /**
     * @param events   stored before
     * @param launches at once
     * @param rounds   how often on each
     * @return what a launch takes, measured on the empty one
     */
    static LaunchFigures run(Simulator simulator, long events, int launches, int rounds) throws Exception {
        var folder = Files.createTempDirectory("growth-stored-");
        requireRoom(folder, events);
        Files.createDirectories(folder.resolve("empty"));
        Files.createDirectories(folder.resolve("full"));
        try (var growth = new StoredGrowth(folder, simulator, events)) {
            growth.fill();
            return growth.measure(launches, rounds);
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private static void requireRoom(Path folder, long events) {
        double gib = 1 << 30;
        double needed = events * BYTES_AN_EVENT / gib;
        double there = folder.toFile().getUsableSpace() / gib;
        System.out.printf(Locale.ROOT, "%,d events and their tables take about %.0f GiB; there are %.0f%n", events,
                needed, there);
        if (there < needed * 1.1) {
            throw new IllegalStateException("there is no room for so many");
        }
    }

    private void fill() throws SQLException, IOException, InterruptedException {
        // Of which the rows about requests to Facebook are made.
        for (var each : List.of(empty, full)) {
            each.run(FIRST_LAUNCHES);
        }
        var fleet = full.fleet();
        long from = System.nanoTime();
        fleet.kill(JOB_SERVICE);
        dropSlot(fleet);
        int launches;
        try (var tables = new FilledTables(fleet.database())) {
            launches = tables.fill(events);
        }
        JdbcClient.create(fleet.database(ServiceLogin.CREATOR_SERVICE))
                .sql("""
                        insert into creator.creation_claims (job_id, round, worker, claimed_at, lease_until, finished_at, command_id,
                            correlation_id, request_timeout)
                        select gen_random_uuid(), 1, 'growth/' || i, at, at + interval '15 s', at + interval '2 s',
                            gen_random_uuid() || '/command', gen_random_uuid(), interval '10 s'
                        from (select i, now() - random() * interval '34 days' as at from generate_series(1, :claims) i) claims""")
                .param("claims", (int) (launches * CLAIMS_KEPT_YEARS)).update();
        fleet.startAgain(JOB_SERVICE);
        fleet.awaitReady(JOB_SERVICE);
        System.out.printf(Locale.ROOT, "%,d launches of a past filled in within %.0f s; the database is %.1f GiB%n%n",
                launches, (System.nanoTime() - from) / 1e9, bytes(fleet) / (1 << 30));
    }

    /** Its log would be all that is filled in. */
    private static void dropSlot(Fleet fleet) throws InterruptedException {
        var sql = JdbcClient.create(fleet.database());
        while (sql.sql("select exists (select from pg_replication_slots)").query(Boolean.class).single()) {
            sql.sql("select pg_drop_replication_slot(slot_name) from pg_replication_slots where not active").query()
                    .listOfRows();
            Thread.sleep(LOOK_EVERY);
        }
    }

    private static double bytes(Fleet fleet) {
        return JdbcClient.create(fleet.database()).sql("select pg_database_size(current_database())")
                .query(Double.class).single();
    }

    private LaunchFigures measure(int launches, int rounds) throws Exception {
        for (int time = 0; time < WARM_UP_TIMES; time++) {
            empty.run(launches);
            full.run(launches);
        }
        var emptyBefore = DatabaseWork.settled(empty.fleet().database());
        var fullBefore = DatabaseWork.settled(full.fleet().database());
        var figuresBefore = Stored.by(empty.fleet());
        for (int round = 0; round < rounds; round++) {
            for (var load : round % 2 == 0 ? List.of(empty, full) : List.of(full, empty)) {
                block(load, launches);
            }
        }
        int all = launches * rounds;
        var emptyWork = DatabaseWork.settled(empty.fleet().database()).since(emptyBefore, all);
        print(launches, emptyWork, DatabaseWork.settled(full.fleet().database()).since(fullBefore, all));
        return LaunchFigures.of(emptyCosts, emptyWork, Stored.by(empty.fleet()).since(figuresBefore, all),
                connections(empty.fleet()));
    }

    private static Map<String, Double> connections(Fleet fleet) {
        // The rollback service opens those of its pool when there is something to roll back.
        var byUser = new TreeMap<>(Map.of("rollback_service", 2.0));
        JdbcClient.create(fleet.database())
                .sql("select usename, count(*) from pg_stat_activity where usename like '%\\_service' group by usename")
                .query(row -> {
                    byUser.put(row.getString(1), row.getDouble(2));
                });
        return byUser;
    }

    private void block(FleetLoad load, int launches) throws InterruptedException {
        var cost = load.run(launches);
        (load == empty ? emptyCosts : fullCosts).add(cost);
        System.out.printf(Locale.ROOT, "%s: %.1f launches/s, %.1f CPU ms each%n", load == empty ? "empty" : "full",
                cost.launchesPerSecond(), cost.cpuMillisEach());
    }

    private void print(int launches, DatabaseWork emptyWork, DatabaseWork fullWork) {
        System.out.printf(Locale.ROOT, "%n(o) %d launches of 50 + 50 at once, %d times in turns%n%-48s %10s %12s %7s%n",
                launches, emptyCosts.size(), "    events stored before", "none", "%,d".formatted(events), "ratio");
        row("CPU ms each, all processes (to be at most 1.05)", FleetLoad.Cost::cpuMillisEach);
        emptyCosts.getFirst().cpuSeconds().keySet().forEach(kind -> row("  " + kind, cost -> cost.cpuMillisEach(kind)));
        row("launches/s", FleetLoad.Cost::launchesPerSecond);
        System.out.println("    of PostgreSQL, for each launch:");
        emptyWork.figures()
                .forEach((name, value) -> row("  " + name, value, fullWork.figures().getOrDefault(name, 0.0)));
        most("rows read without an index", emptyWork.scannedRows(), fullWork.scannedRows());
        most("blocks not in shared buffers", emptyWork.fetchedBlocks(), fullWork.fetchedBlocks());
    }

    private static void most(String what, Map<String, Double> emptyWork, Map<String, Double> fullWork) {
        System.out.println("    " + what + ", for each launch, where those are most:");
        Stream.of(emptyWork, fullWork).flatMap(work -> work.entrySet().stream())
                .sorted(Map.Entry.<String, Double>comparingByValue().reversed()).map(Map.Entry::getKey).distinct()
                .limit(SHOWN).forEach(name -> row("  " + name, emptyWork.getOrDefault(name, 0.0),
                        fullWork.getOrDefault(name, 0.0)));
    }

    /** Medians; the ratio is that of the rounds, in each of which both were measured one after the other. */
    private void row(String what, ToDoubleFunction<FleetLoad.Cost> figure) {
        var ratios = new ArrayList<Double>();
        for (int round = 0; round < emptyCosts.size(); round++) {
            ratios.add(figure.applyAsDouble(fullCosts.get(round)) / figure.applyAsDouble(emptyCosts.get(round)));
        }
        Function<List<FleetLoad.Cost>, Double> median = costs -> new Percentiles(
                costs.stream().mapToDouble(figure).boxed().toList()).at(0.50);
        System.out.printf(Locale.ROOT, "    %-44s %10.1f %12.1f %7.3f%n", what, median.apply(emptyCosts),
                median.apply(fullCosts), new Percentiles(ratios).at(0.50));
    }

    private static void row(String what, double without, double with) {
        System.out.printf(Locale.ROOT, "    %-44s %10.1f %12.1f %7s%n", what, without, with,
                without < 1 ? "" : "%.3f".formatted(with / without));
    }

    @Override
    public void close() {
        full.close();
        empty.close();
    }
}
