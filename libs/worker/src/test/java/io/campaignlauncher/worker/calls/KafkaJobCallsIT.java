package io.campaignlauncher.worker.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.GraphCallNoted;
import io.campaignlauncher.schemas.GraphCallPart;
import io.campaignlauncher.schemas.GraphCallPurpose;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

class KafkaJobCallsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String SECRET = "EAAsecretsecretsecretsecret0123456789";
    private static final AccessToken TOKEN = new AccessToken(SECRET, "act_1001");
    private static final String JOB = "3fe502d5-d408-3ed7-9584-07bcfe334d30";
    private static final CalledFor WORK = new CalledFor(JOB, GraphCallPurpose.LOOK, GraphCallPurpose.CREATE, 1,
            Envelope.of("c-1", "CreateEntities", "/job-service", JOB, Instant.EPOCH));

    private final LaunchRecords records = new LaunchRecords();
    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final HttpGraph graph = new HttpGraph(_ -> Mono.just(new HttpAnswer(200, Map.of(),
            "{\"id\":\"23850000000000001\"}".getBytes(StandardCharsets.UTF_8))),
            GraphSettings.towards(URI.create("http://localhost")), null, null);
    private KafkaJobCalls calls;

    @AfterEach
    void stop() {
        calls.stop();
    }

    private Mono<?> request() {
        return graph.post(TOKEN, "act_1001/campaigns", Map.of("name", "Summer sale", "token", SECRET));
    }

    private double lost() {
        return meters.get("graph.calls.not.noted").counter().count();
    }

    @Test
    void notes_every_request_of_a_piece_of_work_in_order_and_nothing_that_was_sent() {
        var broker = TestBroker.shared().emptied();
        var kafka = KafkaSettings.of("test", broker.bootstrapServers(), (short) -1, TestBroker.CLIENT_SETTINGS);
        var topics = new TopicAdministrator(kafka, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
        calls = new KafkaJobCalls(kafka, records, "/creator-service", Readiness.always(), meters, Clock.systemUTC());
        calls.start();

        calls.noted(WORK, request().then(request())
                .then(graph.batch(TOKEN, List.of(GraphOperation.get("23850000000000001", Map.of()))))).block(PATIENCE);

        await().atMost(PATIENCE).untilAsserted(
                () -> assertThat(broker.all(Topic.GRAPH_CALLS.topicName())).hasSize(3));
        var noted = broker.all(Topic.GRAPH_CALLS.topicName());
        assertThat(noted).allSatisfy(record -> {
            assertThat(record.key()).isEqualTo(JOB);
            assertThat(new String(record.value(), StandardCharsets.ISO_8859_1)).doesNotContain(SECRET, "Summer sale",
                    "act_1001", "23850000000000001");
        });
        var messages = noted.stream().map(record -> (GraphCallNoted) records.read(record).message()).toList();
        assertThat(messages).extracting(GraphCallNoted::getNumber).containsExactly(1, 2, 3);
        assertThat(messages).extracting(GraphCallNoted::getWorkId).containsOnly(messages.getFirst().getWorkId());
        assertThat(messages).extracting(GraphCallNoted::getPurpose).containsExactly(GraphCallPurpose.CREATE,
                GraphCallPurpose.CREATE, GraphCallPurpose.LOOK);
        assertThat(messages.getLast().getParts()).extracting(GraphCallPart::getPath).containsExactly("{id}");
        assertThat(lost()).isZero();
    }

    @Test
    void while_kafka_is_away_requests_go_on_and_what_is_not_noted_is_counted() throws Exception {
        int nobody;
        try (var port = new ServerSocket(0)) {
            nobody = port.getLocalPort();
        }
        calls = new KafkaJobCalls(KafkaSettings.of("test", "127.0.0.1:" + nobody, (short) -1, Map.of()), records,
                "/creator-service", Readiness.always(), meters, Clock.systemUTC());
        calls.start();
        int many = 5 * KafkaJobCalls.WAITING_MAX;

        var answered = calls.noted(WORK, Flux.range(0, many).concatMap(_ -> request()).count())
                .subscribeOn(Schedulers.boundedElastic()).block(PATIENCE);

        assertThat(answered).isEqualTo(many);
        assertThat(lost()).isGreaterThanOrEqualTo(many - 2.0 * KafkaJobCalls.WAITING_MAX);
    }

    @Test
    void what_waits_is_bounded_while_nothing_is_published() {
        calls = new KafkaJobCalls(KafkaSettings.of("test", "127.0.0.1:1", (short) -1, Map.of()), records,
                "/creator-service", Mono::never, meters, Clock.systemUTC());
        calls.start();

        calls.noted(WORK, Flux.range(0, KafkaJobCalls.WAITING_MAX + 5).concatMap(_ -> request()).then())
                .subscribeOn(Schedulers.boundedElastic()).block(PATIENCE);

        assertThat(lost()).isEqualTo(5);
    }
}
