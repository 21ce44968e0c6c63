package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.EmbeddedStandby;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.jspecify.annotations.Nullable;

/** The machine of the database is lost while launches are under way. Services go on by the two hosts of their address. */
final class LostPrimary {

    private static final String SLOT = "job_feed";
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofMinutes(4);
    /** Until a request that was taken must be known to the store, if it has not been forgotten. */
    private static final Duration KNOWN_AFTER = Duration.ofSeconds(8);

    private final Settings settings;
    private final PrintStream out;
    private final LaunchRecords records = new LaunchRecords();
    private final long startedAt = System.nanoTime();
    private final CountDownLatch heldBack = new CountDownLatch(1);

    record Settings(Loss loss, int launches, long seed) {}

    /** @param forgotten how many launches had been taken, were not known any more and were asked for again */
    record Result(Verdict verdict, int forgotten, Duration promoted, Duration settled) {

        /** Of what anybody acted on, how much the store does not know, in sentences. */
        List<String> problems() {
            return verdict.problems();
        }
    }

    LostPrimary(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
    }

    /** @param folder for the processes' data and output */
    Result run(Path folder) throws InterruptedException, ExecutionException {
        var rules = GraphRules.DEFAULTS.withLatency(Duration.ofMillis(20), Duration.ofMillis(40))
                .withMutationsPerSecondMax(0);
        var started = new AtomicReference<@Nullable EmbeddedStandby>();
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
                var fleet = Fleet.startWithStandby(folder, simulator.baseUrl(), Chaos.IMPATIENT, started::set)) {
            fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
            var standby = Objects.requireNonNull(started.get());
            settings.loss().prepare(standby, SLOT);
            say("everything runs, a standby too; output is in " + folder);
            Chaos.faults().forEach(simulator.faults()::add);
            var launches = Chaos.launches(settings.launches(), new Random(settings.seed()));
            try (var watch = new SettlementWatch(fleet.kafka()); var apps = new HttpApps(fleet.apis())) {
                return watched(fleet, standby, simulator, launches, watch, apps);
            }
        }
    }

    private Result watched(Fleet fleet, EmbeddedStandby standby, Simulator simulator, List<Launch> launches,
            SettlementWatch watch, HttpApps apps) throws InterruptedException, ExecutionException {
        var asking = Thread.ofPlatform().name("apps").start(() -> ask(fleet, apps, launches));
        while (watch.settlements().size() < launches.size() / 6) {
            Thread.sleep(BETWEEN_REQUESTS);
        }
        var moments = settings.loss().befall(fleet, standby, () -> {
            heldBack.countDown();
            say("the standby gets nothing more; " + watch.settlements().size() + " of " + launches.size()
                    + " jobs have settled");
        });
        say("primary lost, standby promoted; by then " + watch.settlements().size() + " jobs had settled");
        asking.join();
        apps.await(PATIENCE);
        Thread.sleep(KNOWN_AFTER);
        var forgotten = askAgain(fleet, launches);
        say(forgotten + " launches that had been taken were not known any more and were asked for again");
        watch.await(launches.size(), PATIENCE);
        var settledAt = watch.settlements().values().stream().mapToLong(SettlementWatch.Settlement::nanos)
                .filter(nanos -> nanos - moments.promoted() > 0).min().orElse(moments.promoted());
        say("all have settled");
        var verdict = Verdict.on(fleet, simulator.world(), launches);
        say(simulator.faults().fired() + " faults of Facebook; " + verdict.ends() + ", " + verdict.problems().size()
                + " problems");
        return new Result(verdict, forgotten, moments.untilPromoted(), moments.until(settledAt));
    }

    /** Every other one over HTTP. The second half is asked for from when the standby gets nothing more. */
    private void ask(Fleet fleet, HttpApps apps, List<Launch> launches) {
        var client = fleet.kafka();
        client.put("acks", "all");
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < launches.size(); i++) {
                if (i % 2 == 0) {
                    apps.ask(launches.get(i), i / 2);
                } else {
                    producer.send(records.createCampaign(launches.get(i).request(), "/chaos", Instant.now())).get();
                }
                Thread.sleep(BETWEEN_REQUESTS);
                if (i == launches.size() / 2) {
                    heldBack.await();
                }
            }
        } catch (InterruptedException | ExecutionException e) {
            throw new IllegalStateException("cannot ask for launches", e);
        }
    }

    /** As whoever was told that a launch was taken, and sees that nobody knows it: the same again, under the same key. */
    private static int askAgain(Fleet fleet, List<Launch> launches) throws InterruptedException {
        var store = new EventReader(fleet.database());
        var unknown = launches.stream().filter(launch -> !store.knows(UUID.fromString(launch.jobId()), null, null))
                .toList();
        try (var apps = new HttpApps(fleet.apis())) {
            unknown.forEach(launch -> apps.ask(launch, 0));
            apps.await(PATIENCE);
        }
        return unknown.size();
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", (System.nanoTime() - startedAt) / 1e9, what);
    }
}
