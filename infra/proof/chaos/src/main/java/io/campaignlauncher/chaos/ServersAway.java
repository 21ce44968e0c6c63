package io.campaignlauncher.chaos;

import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import java.io.PrintStream;
import java.net.URI;
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
import java.util.TreeSet;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Takes one server after another away under a light stream of launches, and gives it back: what the services write meanwhile, what
 * waiting costs, whether they say that they are not ready, and how soon jobs go on. Needs Linux.
 */
public final class ServersAway {

    private static final Duration LAUNCH_EVERY = Duration.ofMillis(500);
    private static final Duration BEFORE = Duration.ofSeconds(6);
    private static final Duration PROBED_EVERY = Duration.ofSeconds(5);
    private static final Duration PROBE_MAX = Duration.ofSeconds(4);
    private static final Duration SETTLED_WITHIN = Duration.ofMinutes(4);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final Pattern NOT_UP = Pattern
            .compile("\"(\\w+)\":\\{(?:\"details\":\\{[^{}]*},)?\"status\":\"(?!UP)");

    private final Settings settings;
    private final PrintStream out;
    private final HttpClient http = HttpClient.newBuilder().connectTimeout(PROBE_MAX).build();
    private final AwayTable table = new AwayTable();
    private final long startedAt = System.nanoTime();
    private final Fleet fleet;
    private final LaunchStream stream;
    private final SettlementWatch watch;

    /**
     * @param idle how long everything runs without a launch at the beginning
     * @param away how long each server is away
     * @param only names of {@link Away}'s cases; empty: all
     */
    public record Settings(Duration idle, Duration away, Set<String> only) {}

    private ServersAway(Settings settings, PrintStream out, Fleet fleet, LaunchStream stream, SettlementWatch watch) {
        this.settings = settings;
        this.out = out;
        this.fleet = fleet;
        this.stream = stream;
        this.watch = watch;
    }

    /** @param folder for the processes' data and output */
    public static Verdict run(Settings settings, PrintStream out, Path folder) throws InterruptedException {
        var rules = GraphRules.DEFAULTS.withLatency(Duration.ofMillis(20), Duration.ofMillis(40))
                .withMutationsPerSecondMax(0);
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
                var facebook = new Line(simulator.baseUrl());
                var receiver = new Receiver();
                var fleet = Fleet.startAsOperated(folder, facebook.address(), services());
                var probes = Executors.newSingleThreadScheduledExecutor();
                var watch = new SettlementWatch(fleet.kafka());
                var stream = new LaunchStream(fleet.kafka(), receiver.address(), LAUNCH_EVERY)) {
            var trial = new ServersAway(settings, out, fleet, stream, watch);
            trial.say("everything runs; its output is in " + folder);
            fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
            probes.scheduleAtFixedRate(trial::probe, 0, PROBED_EVERY.toMillis(), TimeUnit.MILLISECONDS);
            try {
                trial.run(new Away(fleet, facebook, receiver));
                trial.say(receiver.told() + " of " + stream.launches().size() + " notifications");
                return Verdict.on(fleet, simulator.world(), stream.launches());
            } finally {
                probes.shutdownNow();
            }
        }
    }

    private void run(Away away) throws InterruptedException {
        idle(away);
        for (var each : away.cases()) {
            if (settings.only().isEmpty() || settings.only().contains(each.name())) {
                takeAway(each, away);
            }
        }
        out.println(table);
    }

    /** As an operator has them, but for waits of minutes. Nobody ever listens where spans are to go. */
    private static Map<String, String> services() {
        var services = new HashMap<>(LaunchStream.SERVICES);
        services.putAll(Roll.WAITS);
        services.put("management.opentelemetry.tracing.export.otlp.endpoint", "http://127.0.0.1:1/v1/traces");
        return services;
    }

    private void idle(Away away) throws InterruptedException {
        say("idle for " + settings.idle().toSeconds() + " s; " + away.feedLeader() + " reads the feed");
        var logs = ends();
        Thread.sleep(settings.idle().dividedBy(3));
        var cpu = cpu();
        var from = System.nanoTime();
        Thread.sleep(settings.idle().multipliedBy(2).dividedBy(3));
        say(table.add("idle, " + away.feedLeader() + " leads", written(logs), share(cpu, from), "", "", "",
                notReady("")));
        logs = ends();
        cpu = cpu();
        from = System.nanoTime();
        stream.turn(true);
        Thread.sleep(settings.away());
        say(table.add("launches, all up but the collector", written(logs), share(cpu, from), "", "",
                seconds(longestStandstill(from)), notReady("")));
        settle();
    }

    private void takeAway(Away.Case each, Away away) throws InterruptedException {
        stream.turn(true);
        Thread.sleep(BEFORE);
        var logs = ends();
        say(each.name());
        each.goes().run();
        var goneAt = System.nanoTime();
        var who = away.struck();
        Thread.sleep(settings.away().dividedBy(2));
        // From here on nobody asks for anything: what is used now is the price of waiting.
        stream.turn(!each.server());
        var cpu = cpu();
        var from = System.nanoTime();
        Thread.sleep(settings.away().dividedBy(2));
        var waiting = share(cpu, from);
        var notReady = notReady(who);
        each.comesBack().run();
        var countedFrom = each.server() ? System.nanoTime() : goneAt;
        say(each.name() + ": back");
        Thread.sleep(BEFORE);
        settle();
        var on = underWay(countedFrom).stream().map(launch -> firstAfter(launch, countedFrom) - countedFrom).toList();
        say(table.add(each.name() + (who.isEmpty() ? "" : ", " + who), written(logs), waiting,
                seconds(on.stream().min(Long::compare).orElse(0L)), seconds(on.stream().max(Long::compare).orElse(0L)),
                seconds(longestStandstill(goneAt)), notReady));
    }

    private void settle() throws InterruptedException {
        stream.turn(false);
        var until = System.nanoTime() + SETTLED_WITHIN.toNanos();
        while (!stream.launches().stream().allMatch(launch -> watch.settlements().containsKey(launch.jobId()))) {
            if (System.nanoTime() > until) {
                say("NOT SETTLED within " + SETTLED_WITHIN + ": " + stream.launches().stream().map(Launch::jobId)
                        .filter(id -> !watch.settlements().containsKey(id)).toList());
                return;
            }
            Thread.sleep(LOOK_EVERY);
        }
        say("all " + stream.launches().size() + " have settled");
    }

    private List<Launch> underWay(long nanos) {
        return stream.launches().stream().filter(launch -> stream.askedNanos(launch) < nanos
                && (watch.settlements().get(launch.jobId()) == null
                        || watch.settlements().get(launch.jobId()).nanos() > nanos))
                .toList();
    }

    private long firstAfter(Launch launch, long nanos) {
        return watch.heardNanos(launch.jobId()).stream().filter(heard -> heard > nanos).findFirst().orElse(nanos);
    }

    /** Of all jobs, between two events of one, or from the request to the first. */
    private long longestStandstill(long since) {
        long longest = 0;
        for (var launch : stream.launches()) {
            var before = stream.askedNanos(launch);
            for (var heard : watch.heardNanos(launch.jobId())) {
                if (heard > since) {
                    longest = Math.max(longest, heard - Math.max(before, since));
                }
                before = heard;
            }
        }
        return longest;
    }

    private Map<String, Long> ends() {
        var ends = new HashMap<String, Long>();
        fleet.services().forEach(name -> ends.put(name, fleet.program(name).output().length()));
        return ends;
    }

    private Map<String, LogLines> written(Map<String, Long> since) {
        var written = new HashMap<String, LogLines>();
        since.forEach((name, from) -> written.put(name, LogLines.since(from, fleet.program(name))));
        return written;
    }

    private Map<String, Double> cpu() {
        var used = new HashMap<String, Double>();
        fleet.services().forEach(name -> used.put(name, Proc.cpuSeconds(fleet.program(name).pid())));
        return used;
    }

    /** Per cent of a core. */
    private Map<String, Double> share(Map<String, Double> before, long from) {
        var seconds = (System.nanoTime() - from) / 1e9;
        var now = cpu();
        now.replaceAll((name, used) -> 100 * (used - before.getOrDefault(name, 0.0)) / seconds);
        return now;
    }

    private String notReady(String except) {
        var parts = new TreeSet<String>();
        var services = new ArrayList<String>();
        for (var name : fleet.services()) {
            var answer = name.equals(except) ? "" : answer(fleet.readiness(name));
            var found = NOT_UP.matcher(answer);
            while (found.find()) {
                parts.add(found.group(1));
                if (!services.contains(name)) {
                    services.add(name);
                }
            }
        }
        return services.isEmpty() ? "" : services.size() + ": " + String.join(", ", parts);
    }

    private String answer(URI address) {
        try {
            return http.send(HttpRequest.newBuilder(address).timeout(Duration.ofSeconds(20)).build(),
                    HttpResponse.BodyHandlers.ofString()).body();
        } catch (Exception e) {
            return "\"silence\":{\"status\":\"DOWN\"}";
        }
    }

    /** As an orchestrator does. */
    private void probe() {
        fleet.services().forEach(name -> http.sendAsync(
                HttpRequest.newBuilder(fleet.readiness(name)).timeout(PROBE_MAX).build(),
                HttpResponse.BodyHandlers.discarding()));
    }

    private static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos / 1e9);
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
