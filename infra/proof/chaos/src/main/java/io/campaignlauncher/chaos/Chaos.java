package io.campaignlauncher.chaos;

import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.standin.Commit;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Launches run against a Facebook with faults while processes are killed, frozen and restarted. The seed decides which and in
 * which order; when exactly a blow falls is the machine's affair.
 */
public final class Chaos {

    private static final Duration LEASE = Duration.ofSeconds(4);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);
    /** Longer than a claim is good for, and than a share group waits for an acknowledgement of it. */
    private static final Duration FROZEN = LEASE.plus(REQUEST_TIMEOUT).plusSeconds(2);
    /** Waiting takes seconds here, not minutes. */
    static final Map<String, String> IMPATIENT = Map.ofEntries(
            Map.entry("graph.request-timeout", REQUEST_TIMEOUT.toMillis() + "ms"),
            Map.entry("launch.creation.lease", LEASE.toMillis() + "ms"),
            Map.entry("launch.creation.mutations-per-second", "0"),
            Map.entry("launch.creation.rate-limit-pause", "1s"),
            Map.entry("launch.creation.command-validity", "20s"),
            Map.entry("launch.retry.budget", "30"),
            Map.entry("launch.retry.initial-delay", "100ms"),
            Map.entry("launch.retry.max-delay", "1s"),
            Map.entry("launch.read-lag", "500ms"),
            Map.entry("launch.rate-limit-delay", "1s"),
            Map.entry("launch.stalled-after", "30s"),
            Map.entry("launch.stalled-poll", "2s"));

    /** What no retry helps against: such a launch is rolled back. */
    private static final FaultEffect REFUSED = new FaultEffect.Refused(400, 100, null, "Invalid parameter");
    private static final int LISTED_EACH = 3;
    private static final int REFUSED_EACH = 5;

    private final Settings settings;
    private final PrintStream out;
    private final Random random;
    private final LaunchRecords records = new LaunchRecords();
    private final long startedAt = System.nanoTime();

    /**
     * @param jobs     launches, of 2 to 12 ad sets each; Facebook refuses the ads of every fifth
     * @param blows    how often something is struck; Kafka, PostgreSQL and a frozen creator are among them each time
     * @param every    between two blows
     * @param patience how long the jobs may take to settle once the last blow has fallen
     */
    public record Settings(int jobs, int blows, Duration every, long seed, Duration patience) {

        /** What a build can afford. */
        public static Settings bounded(long seed) {
            return new Settings(60, 9, Duration.ofSeconds(3), seed, Duration.ofMinutes(2));
        }
    }

    private interface Blow {
        void fall(Fleet fleet);
    }

    public Chaos(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.random = new Random(settings.seed());
    }

    /** @param folder for the processes' data and output */
    public Verdict run(Path folder) throws InterruptedException, ExecutionException {
        var rules = GraphRules.DEFAULTS.withLatency(Duration.ofMillis(20), Duration.ofMillis(40))
                .withMutationsPerSecondMax(0);
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
                var fleet = Fleet.start(folder, simulator.baseUrl(), IMPATIENT)) {
            say("everything runs; its output is in " + folder);
            fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
            faults().forEach(simulator.faults()::add);
            var launches = launches(settings.jobs(), random);
            try (var watch = new SettlementWatch(fleet.kafka()); var apps = new HttpApps(fleet.apis())) {
                var striking = Thread.ofPlatform().name("blows").start(() -> strike(fleet));
                ask(fleet, apps, launches);
                striking.join();
                apps.await(settings.patience());
                say(apps.again() + " requests over HTTP were sent again; refused: " + apps.refusals());
                if (!apps.refusals().isEmpty()) {
                    throw new IllegalStateException("refused: " + apps.refusals());
                }
                say("the last blow has fallen; " + watch.settlements().size() + " of " + launches.size()
                        + " jobs have settled");
                watch.await(launches.size(), settings.patience());
            }
            say("all have settled");
            var verdict = Verdict.on(fleet, simulator.world(), launches);
            say(simulator.faults().fired() + " faults of Facebook, " + verdict.events("SlotsReopened") + " reopenings, "
                    + verdict.events("RetryScheduled") + " retries, " + verdict.events("EntitiesDeleted")
                    + " deletions; " + verdict);
            return verdict;
        }
    }

    static List<Fault> faults() {
        return List.of(
                sometimes(FaultTarget.ANY_CREATE, 0.02, FaultEffect.replyLost()),
                sometimes(FaultTarget.ANY_CREATE, 0.01, FaultEffect.requestLost()),
                sometimes(FaultTarget.ANY_CREATE, 0.01, FaultEffect.timeout()),
                sometimes(FaultTarget.ANY_CREATE, 0.01, new FaultEffect.ServerError(Commit.atOnce())),
                sometimes(FaultTarget.ANY_CREATE, 0.01, new FaultEffect.NullElement(Commit.atOnce())),
                sometimes(FaultTarget.CREATE_AD_SET, 0.01, new FaultEffect.SilentFailure()),
                sometimes(FaultTarget.CREATE_AD, 0.01, new FaultEffect.SilentFailure()),
                sometimes(FaultTarget.ANY_CREATE, 0.05, new FaultEffect.EdgeLag(Duration.ofMillis(300))),
                sometimes(FaultTarget.READ, 0.02, new FaultEffect.ServerError(Commit.never())),
                sometimes(FaultTarget.DELETE_CAMPAIGN, 0.2, new FaultEffect.SilentFailure()),
                sometimes(FaultTarget.DELETE_AD_SET, 0.05, new FaultEffect.SilentFailure()),
                sometimes(FaultTarget.DELETE_AD, 0.05, new FaultEffect.SilentFailure()),
                sometimes(FaultTarget.DELETE, 0.03, FaultEffect.replyLost()),
                sometimes(FaultTarget.DELETE, 0.03, new FaultEffect.ServerError(Commit.never())),
                Fault.always(FaultTarget.CREATE_AD, REFUSED).named(Launch.REFUSED));
    }

    private static Fault sometimes(FaultTarget on, double probability, FaultEffect effect) {
        return Fault.always(on, effect).withProbability(probability);
    }

    static List<Launch> launches(int jobs, Random random) {
        return IntStream.rangeClosed(1, jobs)
                .mapToObj(i -> new Launch("buyer-" + i, "act_" + (5000 + i % 7),
                        "Chaos " + i + (i % REFUSED_EACH == 0 ? Launch.REFUSED : ""), 2 + random.nextInt(11),
                        i % LISTED_EACH == 0))
                .toList();
    }

    /**
     * Spread over the time of the blows: of four launches two are asked for over Kafka, one over HTTP, and one over both, by two
     * apps at a time.
     */
    private void ask(Fleet fleet, HttpApps apps, List<Launch> launches)
            throws ExecutionException, InterruptedException {
        var pause = settings.every().multipliedBy(settings.blows()).dividedBy(launches.size());
        var client = fleet.kafka();
        client.put("acks", "all");
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < launches.size(); i++) {
                var launch = launches.get(i);
                if (i % 4 >= 2) {
                    apps.ask(launch, i / 4);
                }
                if (i % 4 == 3) {
                    apps.ask(launch, i / 4 + 1);
                }
                if (i % 4 != 2) {
                    producer.send(records.createCampaign(launch.request(), "/chaos", Instant.now())).get();
                }
                Thread.sleep(pause);
            }
        }
    }

    private void strike(Fleet fleet) {
        for (var blow : blows(fleet)) {
            try {
                Thread.sleep(settings.every());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
            blow.fall(fleet);
        }
    }

    /** Every service is as likely; Kafka, PostgreSQL and a frozen creator come once among ten, and once at least. */
    private List<Blow> blows(Fleet fleet) {
        var blows = new ArrayList<Blow>();
        for (int i = 0; i < settings.blows(); i++) {
            blows.add(switch (i % 10) {
                case 0 -> this::freezeCreator;
                case 1 -> it -> restart(it, Fleet.KAFKA);
                case 2 -> it -> restart(it, Fleet.POSTGRESQL);
                default -> it -> kill(it, fleet.services().get(random.nextInt(fleet.services().size())));
            });
        }
        Collections.shuffle(blows, random);
        return blows;
    }

    private void kill(Fleet fleet, String name) {
        say("kill -9 " + name);
        fleet.kill(name);
        fleet.startAgain(name);
    }

    private void restart(Fleet fleet, String server) {
        say("kill -9 " + server + ", and start it again");
        fleet.restartServer(server);
        say(server + " is back");
    }

    private void freezeCreator(Fleet fleet) {
        var name = Fleet.CREATORS.get(random.nextInt(Fleet.CREATORS.size()));
        say("freeze " + name + " for " + FROZEN.toSeconds() + " s");
        fleet.program(name).freeze();
        try {
            Thread.sleep(FROZEN);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        fleet.program(name).wake();
        say("wake " + name);
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
