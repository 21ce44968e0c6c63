package io.campaignlauncher.creation.kafka;

import static io.campaignlauncher.creation.Commands.launch;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.creation.claims.ClaimsDatabase;
import io.campaignlauncher.creation.claims.JdbcClaims;
import io.campaignlauncher.creation.claims.WaitingCommands;
import io.campaignlauncher.creation.graph.CreationWorker;
import io.campaignlauncher.creation.graph.WorkerTime;
import io.campaignlauncher.creation.model.CreationSettings;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.messaging.Anomalies;
import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.messaging.KillSwitches;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.pace.OwnPaces;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.PlannedEntity;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.GraphFake;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.testing.TestServers;
import io.campaignlauncher.worker.calls.JobCalls;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/** A creator with room for one round, on the real Kafka and the real PostgreSQL; the test says when Facebook answers. */
class PriorityIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Duration LONG = Duration.ofMinutes(5);
    private static final SimpleMeterRegistry METERS = new SimpleMeterRegistry();
    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static TestServers servers;
    private static HikariDataSource database;
    private static WaitingCommands waiting;

    /** Campaign names in the order in which Facebook was asked for them. */
    private final List<String> begun = new CopyOnWriteArrayList<>();
    private final Sinks.Empty<Void> firstAnswer = Sinks.empty();
    private final Switches switches = new Switches();
    private final List<CreationWorker> workers = new CopyOnWriteArrayList<>();
    private final List<CreationCommandListener> listeners = new CopyOnWriteArrayList<>();
    private KafkaRecordPublisher publisher;

    @BeforeAll
    static void open() {
        servers = TestServers.shared();
        database = ClaimsDatabase.open(servers.database().createDatabase("priorities"), servers.database().username(),
                servers.database().password(), 8, new SimpleMeterRegistry());
        ClaimsDatabase.migrate(database);
        waiting = new WaitingCommands(database, RECORDS.encoding(), LONG);
    }

    @AfterAll
    static void close() {
        database.close();
    }

    @BeforeEach
    void start() {
        var kafka = KafkaSettings.of("test", servers.kafka().emptied().bootstrapServers(), (short) -1,
                TestBroker.CLIENT_SETTINGS);
        var topics = new TopicAdministrator(kafka, Clock.systemUTC());
        topics.start();
        topics.ready().block(SOON);
        topics.stop();
        JdbcClient.create(database).sql("TRUNCATE creator.waiting_commands, creator.creation_claims").update();
        publisher = new KafkaRecordPublisher(kafka);
    }

    @AfterEach
    void stop() {
        listeners.forEach(CreationCommandListener::stop);
        workers.forEach(CreationWorker::dispose);
        publisher.close();
    }

    @Test
    void a_later_9_is_begun_before_earlier_5s_and_equals_keep_their_order() {
        busyCreator(10);
        send("five 1", 5, Duration.ZERO);
        send("five 2", 5, Duration.ZERO);
        send("five 3", 5, Duration.ZERO);
        putAside(3);
        send("nine", 9, Duration.ZERO);
        putAside(4);

        firstAnswer.tryEmitEmpty();

        begun("busy", "nine", "five 1", "five 2", "five 3");
        assertThat(waiting.count()).isZero();
    }

    @Test
    void a_0_that_has_waited_long_enough_is_not_overtaken_any_more() {
        busyCreator(10);
        send("patient zero", 0, Duration.ofSeconds(50));
        send("zero", 0, Duration.ofSeconds(20));
        putAside(2);
        send("nine", 9, Duration.ZERO);
        putAside(3);

        firstAnswer.tryEmitEmpty();

        begun("busy", "patient zero", "nine", "zero");
    }

    @Test
    void looks_no_further_ahead_than_it_may_and_begins_all_that_waits_on_the_topic_too() {
        busyCreator(2);
        for (var i = 1; i <= 6; i++) {
            send("five " + i, 5, Duration.ZERO);
        }
        putAside(2);

        firstAnswer.tryEmitEmpty();

        await().atMost(SOON).until(() -> begun.size() == 7);
        assertThat(begun).doesNotHaveDuplicates();
    }

    @Test
    void what_was_put_aside_by_a_creator_that_is_gone_is_begun_by_another_one() {
        var gone = busyCreator(10);
        send("five", 5, Duration.ZERO);
        send("nine", 9, Duration.ZERO);
        putAside(2);
        gone.stop();
        workers.forEach(CreationWorker::dispose);

        creator(10);

        begun("busy", "nine", "five");
    }

    @Test
    void what_was_put_aside_waits_while_creation_is_switched_off() {
        busyCreator(10);
        send("five", 5, Duration.ZERO);
        putAside(1);
        switches.creation = false;
        firstAnswer.tryEmitEmpty();
        await().atMost(SOON).until(() -> workers.getFirst().roundsInProgress() == 0);
        creator(10);
        assertThat(begun).containsExactly("busy");
        assertThat(waiting.count()).isEqualTo(1);

        switches.creation = true;

        begun("busy", "five");
    }

    private CreationCommandListener busyCreator(int lookAhead) {
        var listener = creator(lookAhead);
        send("busy", 5, Duration.ZERO);
        await().atMost(SOON).until(() -> begun.contains("busy"));
        return listener;
    }

    private CreationCommandListener creator(int lookAhead) {
        var d = CreationSettings.defaults();
        var settings = new CreationSettings(LONG, LONG, d.sweepEvery(), Duration.ofMillis(10), d.branchesAtOnce(),
                d.requestsAtOnce(), d.requestsWaitingMax(), 1, 0, d.rateLimitPause());
        var worker = new CreationWorker(new Facebook(), _ -> Optional.of("token"), (_, _, _) -> Mono.empty(),
                JobCalls.NONE, new JdbcClaims(database, settings), new OwnPaces(Clock.systemUTC(), 0),
                WorkerTime.system(), settings,
                METERS,
                "creator-" + UUID.randomUUID());
        workers.add(worker);
        var kafka = KafkaSettings.of("test", servers.kafka().bootstrapServers(), (short) -1,
                TestBroker.CLIENT_SETTINGS);
        var listener = new CreationCommandListener(kafka, () -> false, Readiness.always(), worker, waiting,
                new DeadLetters(publisher, METERS, Clock.systemUTC()), RECORDS, switches, _ -> Optional.of("token"),
                settings,
                new LookAheadSettings(lookAhead, Duration.ZERO), Clock.systemUTC(), new Anomalies(METERS),
                new Progress("creation", METERS));
        listeners.add(listener);
        listener.start();
        return listener;
    }

    private void send(String name, int priority, Duration ago) {
        var message = launch(name, 1, 1).setCampaign(new PlannedEntity(1, 0, name, null, 0)).setPriority(priority)
                .build();
        var envelope = Envelope.of(UUID.randomUUID().toString(), "CreateEntities", "/job-service", message.getJobId(),
                Instant.now().minus(ago));
        publisher.publish(RECORDS.record(Topic.CREATION_COMMANDS, message.getAdAccountId(), message, envelope))
                .block(SOON);
    }

    private static void putAside(int count) {
        await().atMost(SOON).until(() -> waiting.count() == count);
    }

    private void begun(String... names) {
        await().atMost(SOON).untilAsserted(() -> assertThat(begun).containsExactly(names));
    }

    /** Refuses every campaign, the first one when it is told to. */
    private final class Facebook extends GraphFake {

        @Override
        public Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters) {
            return Mono.defer(() -> {
                var name = parameters.get("name");
                begun.add(name);
                var refused = new GraphAnswer(new GraphResult.Failure(new GraphError(GraphError.Kind.PERMANENT, false,
                        100, null, 400, "refused", null, null)), GraphUsage.NONE);
                return name.equals("busy") ? firstAnswer.asMono().thenReturn(refused) : Mono.just(refused);
            });
        }
    }

    private static final class Switches implements KillSwitches {

        volatile boolean creation = true;

        @Override
        public State state(KillSwitch which) {
            return State.asSet(which != KillSwitch.CREATION || creation);
        }

        @Override
        public Flux<Boolean> on(KillSwitch which) {
            return Flux.never();
        }

        @Override
        public Mono<Void> turn(KillSwitch which, boolean enabled, @Nullable String reason, @Nullable String by) {
            throw new AssertionError("a creator turns no switch");
        }

        @Override
        public Mono<Void> known() {
            return Mono.empty();
        }
    }
}
