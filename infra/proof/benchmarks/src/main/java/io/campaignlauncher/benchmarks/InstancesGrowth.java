package io.campaignlauncher.benchmarks;

import io.campaignlauncher.simulator.Simulator;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import org.apache.commons.io.FileUtils;

/**
 * The same load on one job-service and one creator, and on two of each, on the same cores: what coordination costs. Each system is made
 * anew, one after the other in turns.
 */
final class InstancesGrowth {

    private static final int WARM_UP_TIMES = 3;
    private static final int BLOCKS = 3;
    private static final int ACCOUNT = 20_000;

    private final Simulator simulator;
    private final int launches;
    private final Map<Integer, List<FleetLoad.Cost>> costs = new TreeMap<>();
    private final Map<Integer, DatabaseWork> work = new TreeMap<>();

    private InstancesGrowth(Simulator simulator, int launches) {
        this.simulator = simulator;
        this.launches = launches;
    }

    /** @param launches at once; @param rounds how often each system is made */
    static void run(Simulator simulator, int launches, int rounds) throws Exception {
        var growth = new InstancesGrowth(simulator, launches);
        for (int round = 1; round <= rounds; round++) {
            growth.measure(1);
            growth.measure(2);
        }
        growth.print();
    }

    private void measure(int each) throws Exception {
        var folder = Files.createTempDirectory("growth-instances-");
        try (var load = FleetLoad.start(each, folder, simulator, each + " of each", ACCOUNT + each * 1000)) {
            for (int time = 0; time < WARM_UP_TIMES; time++) {
                // As much for each process.
                load.run(launches / 2 * each);
            }
            var before = DatabaseWork.settled(load.fleet().database());
            for (int block = 0; block < BLOCKS; block++) {
                var cost = load.run(launches);
                costs.computeIfAbsent(each, _ -> new ArrayList<>()).add(cost);
                System.out.printf(Locale.ROOT, "%d + %d: %.1f launches/s, %.1f CPU ms each%n", each, each,
                        cost.launchesPerSecond(), cost.cpuMillisEach());
            }
            work.put(each, DatabaseWork.settled(load.fleet().database()).since(before, BLOCKS * launches));
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private void print() {
        System.out.printf(Locale.ROOT, "%n(n) %d launches of 50 + 50 at once on %d cores, medians%n%-44s %8s %8s %8s%n",
                launches, Runtime.getRuntime().availableProcessors(), "    job-services + creators", "1 + 1", "2 + 2",
                "ratio");
        row("launches/s (to be at least 1.0 x)", FleetLoad.Cost::launchesPerSecond);
        row("CPU ms each, all processes", FleetLoad.Cost::cpuMillisEach);
        costs.values().iterator().next().getFirst().cpuSeconds().keySet()
                .forEach(kind -> row("  " + kind, cost -> cost.cpuMillisEach(kind)));
        System.out.println("    of PostgreSQL, for each launch, the last time:");
        figures(1).forEach((name, one) -> row("  " + name, one, figures(2).getOrDefault(name, 0.0)));
    }

    private Map<String, Double> figures(int each) {
        return Objects.requireNonNull(work.get(each)).figures();
    }

    private void row(String what, ToDoubleFunction<FleetLoad.Cost> figure) {
        row(what, median(1, figure), median(2, figure));
    }

    private static void row(String what, double one, double two) {
        System.out.printf(Locale.ROOT, "    %-40s %8.1f %8.1f %8s%n", what, one, two,
                one < 1 ? "" : "%.2f".formatted(two / one));
    }

    private double median(int each, ToDoubleFunction<FleetLoad.Cost> figure) {
        return new Percentiles(costs.getOrDefault(each, List.of()).stream().mapToDouble(figure).boxed().toList())
                .at(0.50);
    }
}
