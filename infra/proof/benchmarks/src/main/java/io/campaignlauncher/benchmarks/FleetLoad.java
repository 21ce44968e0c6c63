package io.campaignlauncher.benchmarks;

import io.campaignlauncher.chaos.Fleet;
import io.campaignlauncher.chaos.Launch;
import io.campaignlauncher.chaos.SettlementWatch;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.simulator.Simulator;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Launches of 50 + 50 on a system whose services are processes, and what they cost there. */
final class FleetLoad implements AutoCloseable {

    private static final int ACCOUNTS = 50;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);

    private final Fleet fleet;
    private final Simulator simulator;
    private final String name;
    private final int firstAccount;
    private final LaunchRecords records = new LaunchRecords();
    private final KafkaProducer<String, byte[]> producer;
    private int blocks;

    /**
     * What some launches at once took.
     *
     * @param seconds    from the first publication to the last settlement
     * @param cpuSeconds of each kind of process until the tables had all of it as well; the simulator's and this one's are not in it
     */
    record Cost(int launches, double seconds, Map<String, Double> cpuSeconds) {

        double launchesPerSecond() {
            return launches / seconds;
        }

        double cpuMillisEach() {
            return cpuSeconds.values().stream().mapToDouble(Double::doubleValue).sum() * 1000 / launches;
        }

        double cpuMillisEach(String kind) {
            return cpuSeconds.getOrDefault(kind, 0.0) * 1000 / launches;
        }
    }

    private FleetLoad(Fleet fleet, Simulator simulator, String name, int firstAccount) {
        this.fleet = fleet;
        this.simulator = simulator;
        this.name = name;
        this.firstAccount = firstAccount;
        var client = fleet.kafka();
        client.put("acks", "all");
        this.producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer());
    }

    /**
     * Starts a system.
     *
     * @param each         how many job-services, and how many creators
     * @param name         of its launches
     * @param firstAccount of those that its launches are on
     */
    static FleetLoad start(int each, Path folder, Simulator simulator, String name, int firstAccount) {
        var fleet = Fleet.startOfSize(each, folder, simulator.baseUrl(),
                Map.of("launch.creation.mutations-per-second", "0"));
        fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
        return new FleetLoad(fleet, simulator, name, firstAccount);
    }

    Fleet fleet() {
        return fleet;
    }

    /** Asks for so many launches at once, and waits until all have settled and the tables say so. */
    Cost run(int launches) throws InterruptedException {
        var block = Baselines.launches(name + " " + ++blocks, launches, ACCOUNTS, firstAccount);
        try (var watch = new SettlementWatch(fleet.kafka())) {
            var before = fleet.cpuSeconds();
            var from = System.nanoTime();
            block.forEach(launch -> producer.send(records.createCampaign(launch.request(), "/benchmarks",
                    Instant.now())));
            watch.await(launches, PATIENCE);
            var last = watch.settlements().values().stream().mapToLong(SettlementWatch.Settlement::nanos).max()
                    .orElseThrow();
            awaitTables(block);
            var used = Cpu.between(before, fleet.cpuSeconds());
            block.forEach(launch -> ExactLaunch.require(simulator.world(), launch, watch.settlement(launch.jobId())));
            simulator.world().clear();
            return new Cost(launches, (last - from) / 1e9, byKind(used));
        }
    }

    private void awaitTables(List<Launch> block) throws InterruptedException {
        var jobs = block.stream().map(launch -> UUID.fromString(launch.jobId())).toArray(UUID[]::new);
        var settled = JdbcClient.create(fleet.database())
                .sql("select count(*) from campaign_creation_jobs where job_uuid = any(?) and status = 'completed'")
                .param(jobs);
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (settled.query(Integer.class).single() < jobs.length) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException("the tables do not have all within " + PATIENCE);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    /** Of all instances of a service together. */
    private static Map<String, Double> byKind(Map<String, Double> byProcess) {
        var byKind = new TreeMap<String, Double>();
        byProcess.forEach((process, seconds) -> byKind.merge(process.replaceAll("-\\d+$", ""), seconds, Double::sum));
        return byKind;
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        fleet.close();
    }
}
