package io.campaignlauncher.chaos;

import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A drill: while launches run, everything ends, PostgreSQL is put back to some seconds before, and an operator brings the system back with
 * {@code campaign-tools recover}. Then the same with a Kafka that is lost.
 */
public final class Recovery {

    private static final Duration ASKED_EVERY = Duration.ofMillis(250);
    /** Of the fleet: validity of a command, lease, request time-out, settle delay. */
    private static final String FENCE = "--fence=30s";
    private static final List<String> SWITCHES = List.of("intake", "creation", "rollback");

    private final Settings settings;
    private final PrintStream out;
    private final Random random;
    private final LaunchRecords records = new LaunchRecords();
    private final List<Launch> launches = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final long startedAt = System.nanoTime();

    /**
     * @param jobs     launches before each of the two troubles
     * @param before   how much earlier than the end PostgreSQL is put back to
     * @param patience how long jobs may take to settle once everything runs again
     */
    public record Settings(int jobs, Duration before, long seed, Duration patience) {}

    public Recovery(Settings settings, PrintStream out) {
        this.settings = settings;
        this.out = out;
        this.random = new Random(settings.seed());
    }

    /** @return a sentence for each thing that is wrong */
    public List<String> run(Path folder) throws Exception {
        var rules = GraphRules.DEFAULTS.withLatency(Duration.ofMillis(20), Duration.ofMillis(40))
                .withMutationsPerSecondMax(0);
        try (var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(rules));
                var fleet = Fleet.start(folder, simulator.baseUrl(), Chaos.IMPATIENT)) {
            say("everything runs; its output is in " + folder);
            fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
            Chaos.faults().forEach(simulator.faults()::add);
            var tools = new ToolsRun(folder, fleet.settings(Processes.KAFKA, ServiceLogin.TOOLS),
                    fleet.settings(Processes.POSTGRESQL, ServiceLogin.JOB_SERVICE), simulator.baseUrl(), out);
            comeBackToATime(fleet, tools);
            judge("restored", Verdict.on(fleet, simulator.world(), launches));
            loseKafka(fleet, tools);
            judge("Kafka lost", Verdict.on(fleet, simulator.world(), launches));
            return problems;
        }
    }

    private void judge(String what, Verdict verdict) {
        say(what + ": " + verdict);
        verdict.problems().forEach(problem -> problems.add(what + ": " + problem));
    }

    private void comeBackToATime(Fleet fleet, ToolsRun tools) throws Exception {
        var server = fleet.folder().resolve(Processes.POSTGRESQL);
        var backup = new BaseBackup(server.resolve("data"), fleet.folder(),
                fleet.settings(Processes.POSTGRESQL, ServiceLogin.JOB_SERVICE).getProperty("spring.datasource.url"),
                Files.readString(server.resolve("passwords/postgres")).strip());
        backup.archiveFromNextStart();
        fleet.restartServer(Processes.POSTGRESQL);
        fleet.await("the feed is read again", () -> feedIsRead(fleet));
        backup.take();
        say("a base backup is taken");
        ask(fleet, settings.jobs());
        var to = backup.now();
        Thread.sleep(settings.before());
        workers(fleet).forEach(fleet::kill);
        turn(fleet, false);
        Fleet.JOB_SERVICES.forEach(fleet::kill);
        say("everything has ended, in the middle of it");
        backup.archiveAll();
        fleet.kill(Processes.POSTGRESQL);
        var lostAt = System.nanoTime();
        fleet.await("PostgreSQL has ended", () -> !Files.exists(server.resolve("data/postmaster.pid")));
        backup.restore(to);
        fleet.giveBack(Processes.POSTGRESQL);
        say("PostgreSQL is as it was at " + to);
        recover(fleet, tools, to);
        turn(fleet, true);
        var back = seconds(lostAt);
        awaitSettled(fleet);
        say(String.format(Locale.ROOT, "restored: RTO %.1f s until the switches were on, %.1f s until all had settled",
                back, seconds(lostAt)));
    }

    private void recover(Fleet fleet, ToolsRun tools, Instant to) throws InterruptedException {
        if (!tools.run("recover", "check").tells("store-lacks")) {
            throw new IllegalStateException("a store that was put back is not found");
        }
        tools.done("recover", "import", FENCE);
        var check = tools.run("recover", "check");
        if (check.tells("store-lacks") || check.tells("gap") || check.tells("two-histories")) {
            problems.add("restored: RPO is not 0: " + check.output());
        }
        tools.done("replay", "rebuild", "--switch-over");
        fleet.await("the groups have no member",
                () -> isDone(tools, "recover", "offsets", "--to=" + to, "--margin=10s"));
        // Facebook has faults, also for who compares.
        fleet.await("it is verified",
                () -> isDone(tools, "recover", "verify", "--since=" + to, "--token-env=TOKEN"));
        fleet.services().forEach(fleet::startAgain);
        fleet.await("a job-service is ready", () -> isReady(fleet));
    }

    private void loseKafka(Fleet fleet, ToolsRun tools) throws Exception {
        ask(fleet, settings.jobs());
        fleet.await("every request is a job", () -> jobs(fleet) == launches.size());
        fleet.services().forEach(fleet::kill);
        fleet.kill(Processes.KAFKA);
        BaseBackup.delete(fleet.folder().resolve(Processes.KAFKA).resolve("data"));
        var lostAt = System.nanoTime();
        say("Kafka's data are gone");
        fleet.giveBack(Processes.KAFKA);
        tools.done("recover", "kafka");
        Fleet.JOB_SERVICES.forEach(fleet::startAgain);
        fleet.await("a job-service is ready", () -> isReady(fleet));
        fleet.await("everything is published", () -> isDone(tools, "recover", "check"));
        fleet.await("the groups have no member", () -> isDone(tools, "recover", "offsets", "--to-end"));
        fleet.storeToken(Launch.CREDENTIAL, Launch.TOKEN);
        workers(fleet).forEach(fleet::startAgain);
        var back = seconds(lostAt);
        awaitSettled(fleet);
        say(String.format(Locale.ROOT, "Kafka lost: RTO %.1f s until all was started, %.1f s until all had settled",
                back, seconds(lostAt)));
    }

    private static boolean isDone(ToolsRun tools, String... command) {
        try {
            return tools.run(command).code() == 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static List<String> workers(Fleet fleet) {
        return fleet.services().stream().filter(name -> !Fleet.JOB_SERVICES.contains(name)).toList();
    }

    private static boolean isReady(Fleet fleet) {
        return Fleet.JOB_SERVICES.stream()
                .allMatch(name -> Processes.status(HttpRequest.newBuilder(fleet.readiness(name)).build()) == 200);
    }

    private static boolean feedIsRead(Fleet fleet) {
        return !JdbcClient.create(fleet.database()).sql("select slot_name from pg_replication_slots where active")
                .query(String.class).list().isEmpty();
    }

    private static long jobs(Fleet fleet) {
        return JdbcClient.create(fleet.database())
                .sql("select count(*) from event_store.domain_events where sequence_number = 0").query(Long.class)
                .single();
    }

    private static long settled(Fleet fleet) {
        return JdbcClient.create(fleet.database())
                .sql("select count(*) from event_store.domain_events"
                        + " where payload_type in ('JobCompleted', 'JobFailed', 'JobRolledBack')")
                .query(Long.class).single();
    }

    private void awaitSettled(Fleet fleet) throws InterruptedException {
        var until = System.nanoTime() + settings.patience().toNanos();
        while (settled(fleet) < launches.size()) {
            if (System.nanoTime() > until) {
                throw new IllegalStateException(settled(fleet) + " of " + launches.size() + " jobs have settled");
            }
            Thread.sleep(200);
        }
    }

    private void turn(Fleet fleet, boolean on) {
        for (var which : SWITCHES) {
            for (var api : fleet.apis()) {
                turn(fleet, api, which, on);
            }
        }
        say("switches are " + (on ? "on" : "off"));
    }

    private static void turn(Fleet fleet, URI api, String which, boolean on) {
        var request = HttpRequest.newBuilder(api.resolve("/v1/kill-switches/" + which))
                .header("content-type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString("{\"enabled\":" + on + "}")).build();
        fleet.await("the switch is turned", () -> Processes.status(request) == 200);
    }

    private void ask(Fleet fleet, int jobs) throws ExecutionException, InterruptedException {
        var client = fleet.kafka();
        client.put("acks", "all");
        var more = IntStream.range(launches.size(), launches.size() + jobs)
                .mapToObj(i -> new Launch("buyer-" + i, "act_" + (5000 + i % 7),
                        "Recovery " + i + (i % 5 == 0 ? Launch.REFUSED : ""), 2 + random.nextInt(11), i % 3 == 0))
                .toList();
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            for (var launch : more) {
                producer.send(records.createCampaign(launch.request(), "/recovery", Instant.now())).get();
                Thread.sleep(ASKED_EVERY);
            }
        }
        launches.addAll(more);
        say(jobs + " launches are asked for");
    }

    private static double seconds(long since) {
        return (System.nanoTime() - since) / 1e9;
    }

    private void say(String what) {
        out.printf(Locale.ROOT, "%7.1f s  %s%n", seconds(startedAt), what);
    }
}
