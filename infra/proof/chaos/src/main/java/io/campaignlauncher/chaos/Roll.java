package io.campaignlauncher.chaos;

import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * From one release to the next and back, one instance after the other, while launches run: readers of facts first, then who decides,
 * then the workers; back in reverse.
 */
final class Roll {

    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** Counters of what an instance could not read, or could not decide on because of that. */
    private static final Pattern UNREADABLE = Pattern
            .compile("(?m)^(\\w*(?:unreadable|undecidable)\\w*(?:\\{[^}]*})?) ([0-9.eE+]+)$");
    /** Waits as a drill has time for. */
    static final Map<String, String> WAITS = Map.of(
            "graph.request-timeout", "2s",
            "launch.creation.mutations-per-second", "0",
            "launch.retry.budget", "60",
            "launch.retry.max-delay", "2s",
            "launch.read-lag", "500ms",
            "launch.stalled-after", "60s",
            "logging.level.io.campaignlauncher", "INFO");

    private final Settings settings;
    private final PrintStream out;
    private final Fleet fleet;
    private final SettlementWatch watch;
    private final RollCallers callers;
    private final RollStreams streams;
    private final List<String> problems = new ArrayList<>();
    private final long startedAt = System.nanoTime();

    /**
     * @param previous       the release to begin with and to go back to
     * @param previousDrains whether an instance of it that stops sends callers elsewhere; where not, answers that it breaks off are told
     *                       of and are no problem of this release
     * @param highestLevel   what {@code launch.feature-level.highest} is set to; null: nothing, because the previous release announces
     *                       what it reads
     * @param between        two replacements
     * @param unwritten      columns of the read model's tables that the previous release does not know
     * @param only           names of services that are replaced; empty: all
     */
    record Settings(Releases previous, boolean previousDrains, @Nullable Integer highestLevel, Duration between,
            int callers,
            int streams, Set<String> unwritten, Set<String> only) {}

    private Roll(Settings settings, PrintStream out, Fleet fleet, SettlementWatch watch, RollCallers callers,
            RollStreams streams) {
        this.settings = settings;
        this.out = out;
        this.fleet = fleet;
        this.watch = watch;
        this.callers = callers;
        this.streams = streams;
    }

    /** @return a sentence for each thing that is wrong */
    static List<String> run(Settings settings, PrintStream out, Path folder) throws InterruptedException, IOException {
        var rules = GraphRules.DEFAULTS.withLatency(Duration.ofMillis(20), Duration.ofMillis(40))
                .withMutationsPerSecondMax(0);
        var services = new HashMap<>(WAITS);
        if (settings.highestLevel() != null) {
            services.put("launch.feature-level.highest", settings.highestLevel().toString());
        }
        var launches = new CopyOnWriteArrayList<Launch>();
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
                var fleet = Fleet.startOf(settings.previous(), folder, simulator.baseUrl(), services)) {
            fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
            try (var watch = new SettlementWatch(fleet.kafka());
                    var streams = new RollStreams(fleet.apis(), settings.streams());
                    var callers = new RollCallers(fleet.apis(), settings.callers(), Duration.ofSeconds(1), launch -> {
                        launches.add(launch);
                        streams.follow(launch);
                    })) {
                var roll = new Roll(settings, out, fleet, watch, callers, streams);
                roll.say("everything runs, of the previous release; its output is in " + folder);
                roll.thereAndBack();
                callers.end(PATIENCE);
                if (!roll.settled(launches.size())) {
                    roll.conclude(launches.size());
                    return roll.problems;
                }
                streams.end(PATIENCE);
                roll.conclude(launches.size());
                var verdict = Verdict.on(fleet, simulator.world(), launches);
                roll.say("ends " + verdict.ends());
                return Stream
                        .concat(roll.problems.stream(), verdict.problems().stream().flatMap(roll::withoutUnwritten))
                        .toList();
            }
        }
    }

    /** A column that is new since the previous release is empty in the rows that that one wrote, until the tables are made anew. */
    private Stream<String> withoutUnwritten(String problem) {
        if (settings.unwritten().isEmpty()) {
            return Stream.of(problem);
        }
        var rest = problem.replaceAll("\\b(?:" + String.join("|", settings.unwritten())
                + ") is null instead of \"[^\"]*\"(?:, )?", "");
        return rest.endsWith(": []") ? Stream.empty() : Stream.of(rest);
    }

    private void thereAndBack() throws InterruptedException, IOException {
        var order = Stream.of(Fleet.JOB_SERVICES, List.of(Fleet.VERIFIER, Fleet.ROLLBACK), Fleet.CREATORS)
                .flatMap(List::stream).filter(name -> settings.only().isEmpty() || settings.only().contains(name))
                .toList();
        Thread.sleep(settings.between());
        for (var name : order) {
            replace(name, null);
        }
        say("all are of this release");
        for (var name : order.reversed()) {
            replace(name, settings.previous().jar(Fleet.artifact(name)));
        }
        say("all are of the previous release again");
    }

    /** @param jar null: this release */
    private void replace(String name, @Nullable Path jar) throws InterruptedException, IOException {
        unreadable(name);
        int brokenOff = callers.brokenOff();
        var from = System.nanoTime();
        var program = fleet.program(name);
        if (!program.stop(STOPPED_WITHIN)) {
            problems.add(name + " did not stop within " + STOPPED_WITHIN);
            program.kill();
        }
        var stopped = System.nanoTime();
        if (jar == null && !settings.previousDrains()) {
            say(name + " of the previous release broke off " + (callers.brokenOff() - brokenOff) + " answers");
        } else {
            callers.brokenOffAfter(brokenOff).forEach(one -> problems.add("broke off: " + one));
        }
        program.from(jar);
        program.start();
        fleet.await(name + " is ready", () -> fleet.isReady(name));
        var ready = System.nanoTime();
        Thread.sleep(settings.between());
        say("%s, to %s: stopped in %.1f s, ready %.1f s later; longest time without a settlement %.1f s".formatted(name,
                jar == null ? "this release" : "the previous one", (stopped - from) / 1e9, (ready - stopped) / 1e9,
                longestWithoutSettlement(from, System.nanoTime()) / 1e9));
    }

    private double longestWithoutSettlement(long from, long to) {
        long longest = 0;
        long before = from;
        var settled = watch.settlements().values().stream().mapToLong(SettlementWatch.Settlement::nanos)
                .filter(nanos -> nanos > from).sorted().toArray();
        for (var nanos : settled) {
            longest = Math.max(longest, nanos - before);
            before = nanos;
        }
        return Math.max(longest, to - before);
    }

    /** Whether all came to their end; that some stand still is a problem. */
    private boolean settled(int launches) throws InterruptedException {
        try {
            watch.await(launches, PATIENCE);
            return true;
        } catch (IllegalStateException stand) {
            problems.add(stand.getMessage());
            return false;
        }
    }

    private void conclude(int launches) throws IOException, InterruptedException {
        for (var name : fleet.services()) {
            unreadable(name);
        }
        say(launches + " launches; " + callers);
        say(streams.toString());
        callers.refused().forEach(one -> problems.add("refused: " + one));
        streams.gaps().forEach(one -> problems.add("a gap in a stream: " + one));
    }

    private void unreadable(String name) throws IOException, InterruptedException {
        try (var client = HttpClient.newHttpClient()) {
            var page = client.send(HttpRequest.newBuilder(fleet.api(name).resolve("/actuator/prometheus")).build(),
                    HttpResponse.BodyHandlers.ofString());
            if (page.statusCode() != 200) {
                problems.add(name + " tells no metrics: " + page.statusCode());
            }
            UNREADABLE.matcher(page.body()).results().filter(found -> Double.parseDouble(found.group(2)) > 0)
                    .forEach(found -> problems.add(name + " could not read everything: " + found.group()));
        }
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
