package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * A drill: the key that encrypts access tokens is known to somebody. While launches run it is changed as the operator's page says, service
 * by service, and afterwards it opens nothing any more.
 */
final class LeakedKey {

    private static final Duration ASKED_EVERY = Duration.ofSeconds(1);
    private static final Duration STOPPED_WITHIN = Duration.ofSeconds(60);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    private static final String NOTHING_LEFT = "0 encrypted with the first key";

    private final PrintStream out;
    private final Fleet fleet;
    private final ToolsRun tools;
    private final List<String> problems = new ArrayList<>();
    private final long startedAt = System.nanoTime();

    private LeakedKey(PrintStream out, Fleet fleet, ToolsRun tools) {
        this.out = out;
        this.fleet = fleet;
        this.tools = tools;
    }

    /** @return a sentence for each thing that is wrong */
    static List<String> run(PrintStream out, Path folder) throws InterruptedException {
        var rules = GraphRules.DEFAULTS.withLatency(Duration.ofMillis(20), Duration.ofMillis(40))
                .withMutationsPerSecondMax(0);
        var services = new HashMap<>(LaunchStream.SERVICES);
        services.putAll(Roll.WAITS);
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
                var receiver = new Receiver();
                var fleet = Fleet.start(folder, simulator.baseUrl(), services);
                var watch = new SettlementWatch(fleet.kafka());
                var launches = new LaunchStream(fleet.kafka(), receiver.address(), ASKED_EVERY)) {
            var tools = new ToolsRun(folder, fleet.settings(Processes.KAFKA, ServiceLogin.TOOLS),
                    fleet.settings(Processes.POSTGRESQL, ServiceLogin.JOB_SERVICE), simulator.baseUrl(), out);
            var drill = new LeakedKey(out, fleet, tools);
            drill.say("everything runs; its output is in " + folder);
            fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
            launches.turn(true);
            drill.changeKey();
            launches.turn(false);
            watch.await(launches.launches().size(), PATIENCE);
            var verdict = Verdict.on(fleet, simulator.world(), launches.launches());
            drill.say(launches.launches().size() + " launches, " + verdict);
            drill.problems.addAll(verdict.problems());
            return drill.problems;
        }
    }

    private void changeKey() throws InterruptedException {
        var known = fleet.credentialsKey();
        var secret = Processes.newKey();
        var from = System.nanoTime();
        startAllWith(known, secret);
        startAllWith(secret, known);
        tools.with("KEYS", secret + "," + known).with("KNOWN", known);
        encryptAnew("credentials");
        encryptAnew("webhooks");
        startAllWith(secret);
        say(String.format(Locale.ROOT, "the key was changed within %.1f s", (System.nanoTime() - from) / 1e9));
        if (tools.run("credentials", "reencrypt", "--credentials-key-env=KNOWN").code() != 1) {
            problems.add("the key that leaked still opens access tokens");
        }
    }

    private void encryptAnew(String what) throws InterruptedException {
        while (!tools.done(what, "reencrypt", "--credentials-key-env=KEYS").output().contains(NOTHING_LEFT)) {
            say(what + ": again, until nothing is left to do");
        }
    }

    /** One service after the other. */
    private void startAllWith(String... keys) throws InterruptedException {
        fleet.credentialsKey(keys);
        for (var name : fleet.services()) {
            var program = fleet.program(name);
            if (!program.stop(STOPPED_WITHIN)) {
                problems.add(name + " did not stop within " + STOPPED_WITHIN);
                program.kill();
            }
            program.start();
            fleet.await(name + " is ready", () -> fleet.isReady(name));
        }
        say("every service has been started anew, with " + keys.length + (keys.length == 1 ? " key" : " keys"));
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
