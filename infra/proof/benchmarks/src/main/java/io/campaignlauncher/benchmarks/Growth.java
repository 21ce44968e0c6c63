package io.campaignlauncher.benchmarks;

import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * What changes when the system grows. {@code growth instances [launches] [rounds]}, {@code growth stored [events] [launches] [rounds]},
 * {@code growth feed [events] [rounds]}; {@code growth} alone is all of them. {@code growth capacity <page>} computes what many
 * launches need from the figures on a page, which the others print, and writes it there.
 */
final class Growth {

    private static final long LAUNCHES = 300;
    private static final long INSTANCE_ROUNDS = 3;
    private static final long EVENTS = 10_000_000;
    private static final long STORED_LAUNCHES = 200;
    private static final long STORED_ROUNDS = 6;
    private static final long FEED_EVENTS = 500_000;
    private static final long FEED_ROUNDS = 3;

    private final GraphRules rules;
    private final List<String> arguments;

    private Growth(GraphRules rules, List<String> arguments) {
        this.rules = rules;
        this.arguments = arguments;
    }

    /** @param arguments those behind {@code growth} */
    static void run(GraphRules rules, List<String> arguments) throws Exception {
        LoggingSystem.get(Growth.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME, LogLevel.ERROR);
        var growth = new Growth(rules, arguments);
        switch (arguments.isEmpty() ? "" : arguments.getFirst()) {
            case "instances" -> growth.instances();
            case "stored" -> print(growth.stored());
            case "feed" -> System.out.printf("%n%s=%.2f%n", LaunchFigures.FEED, growth.feed());
            case "capacity" -> CapacityPage.write(Path.of(arguments.get(1)));
            case "" -> {
                growth.instances();
                var figures = growth.stored();
                print(figures.with(LaunchFigures.FEED, growth.feed()));
            }
            default -> throw new IllegalArgumentException("growth [instances | stored | feed | capacity <page>]");
        }
    }

    private void instances() throws Exception {
        try (var simulator = simulator()) {
            InstancesGrowth.run(simulator, (int) number(1, LAUNCHES), (int) number(2, INSTANCE_ROUNDS));
        }
    }

    private LaunchFigures stored() throws Exception {
        try (var simulator = simulator()) {
            return StoredGrowth.run(simulator, number(1, EVENTS), (int) number(2, STORED_LAUNCHES),
                    (int) number(3, STORED_ROUNDS));
        }
    }

    private double feed() throws Exception {
        return FeedSpeed.run(number(1, FEED_EVENTS), (int) number(2, FEED_ROUNDS));
    }

    private Simulator simulator() {
        return Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
    }

    private long number(int place, long otherwise) {
        return arguments.size() > place ? Long.parseLong(arguments.get(place)) : otherwise;
    }

    private static void print(LaunchFigures figures) {
        System.out.printf("%nfigures of a launch, for docs/capacity.md%n%s", figures.text());
        if (figures.values().containsKey(LaunchFigures.FEED)) {
            System.out.printf("%n(q) capacity%n%s", new Capacity(figures).tables());
        }
    }
}
