package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Fleet;
import io.campaignlauncher.chaos.Launch;
import io.campaignlauncher.chaos.SettlementWatch;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.GraphRules;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.commons.io.FileUtils;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;

/**
 * The one crash that every engine can be compared on: 50 jobs of 50 + 50 run, the creator is killed when about 2,000 creates have
 * arrived, and a new one is started at once. Each part is a process of its own.
 */
final class CrashRecovery {

    private static final int JOBS = 50;
    private static final int AD_SETS = 50;
    private static final int CREATES_BEFORE = 2_000;
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration READ_LAG = Duration.ofSeconds(1);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final String CREATOR = Fleet.CREATORS.getFirst();

    private CrashRecovery() {}

    static void run(GraphRules rules) throws Exception {
        LoggingSystem.get(CrashRecovery.class.getClassLoader()).setLogLevel(LoggingSystem.ROOT_LOGGER_NAME,
                LogLevel.ERROR);
        var folder = Files.createTempDirectory("crash-recovery-");
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
                var fleet = Fleet.start(folder, simulator.baseUrl(), Map.of(
                        "launch.creation.lease", LEASE.toMillis() + "ms",
                        "graph.request-timeout", REQUEST_TIMEOUT.toMillis() + "ms",
                        "launch.read-lag", READ_LAG.toMillis() + "ms",
                        "launch.creation.mutations-per-second", "0"))) {
            Fleet.CREATORS.stream().filter(name -> !name.equals(CREATOR)).forEach(fleet::kill);
            fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
            measure(fleet, simulator);
        } finally {
            FileUtils.deleteQuietly(folder.toFile());
        }
    }

    private static void measure(Fleet fleet, Simulator simulator) throws Exception {
        var launches = Baselines.launches("crash", JOBS, 10, 9000);
        try (var watch = new SettlementWatch(fleet.kafka())) {
            publish(fleet, launches);
            while (creates(simulator) < CREATES_BEFORE) {
                Thread.sleep(1);
            }
            fleet.kill(CREATOR);
            long arrived = creates(simulator);
            long restart = System.nanoTime();
            fleet.startAgain(CREATOR);
            watch.await(JOBS, PATIENCE);
            var last = watch.settlements().values().stream().mapToLong(SettlementWatch.Settlement::nanos).max()
                    .orElseThrow();
            var completed = watch.settlements().values().stream()
                    .filter(settlement -> settlement.type().equals("JobCompleted"))
                    .count();
            var needed = launches.stream().mapToInt(Launch::entities).sum();
            var wait = LEASE.plus(REQUEST_TIMEOUT).plus(READ_LAG);
            double seconds = (last - restart) / 1e9;
            System.out.printf(Locale.ROOT, """

                    (e) the creator killed after %d of %d creates, a new one started at once
                        completed                                %d of %d, %d with one entity too many or too few
                        creates that arrived twice               %d
                        from the restart to the last settlement  %.1f s
                        the wait that safety asks for            %.1f s (lease %.0f s, time-out %.0f s, read lag %.0f s)
                        beyond it                                %.1f s
                    """, arrived, needed, completed, JOBS, wrong(simulator, launches), creates(simulator) - needed,
                    seconds, wait.toMillis() / 1e3, LEASE.toMillis() / 1e3, REQUEST_TIMEOUT.toMillis() / 1e3,
                    READ_LAG.toMillis() / 1e3, seconds - wait.toMillis() / 1e3);
        }
    }

    private static void publish(Fleet fleet, List<Launch> launches) {
        var records = new LaunchRecords();
        var client = fleet.kafka();
        client.put("acks", "all");
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            launches.forEach(launch -> producer.send(records.createCampaign(launch.request(), "/benchmarks",
                    Instant.now())));
        }
    }

    private static long creates(Simulator simulator) {
        var operations = simulator.counters().operations();
        return Stream.of(FaultTarget.CREATE_CAMPAIGN, FaultTarget.CREATE_AD_SET, FaultTarget.CREATE_AD)
                .mapToLong(kind -> operations.getOrDefault(kind, 0L))
                .sum();
    }

    private static long wrong(Simulator simulator, List<Launch> launches) {
        return launches.stream()
                .map(launch -> simulator.world().count(launch.adAccountId(), launch.name()))
                .filter(count -> count.campaigns() != 1 || count.adSets() != AD_SETS || count.ads() != AD_SETS
                        || count.duplicates() != 0)
                .count();
    }
}
