package io.campaignlauncher.tools;

import static io.campaignlauncher.tools.MarketUnderTest.ANNAS_WALLET;
import static io.campaignlauncher.tools.MarketUnderTest.CAMPAIGN;
import static io.campaignlauncher.tools.MarketUnderTest.CHANNEL;
import static io.campaignlauncher.tools.MarketUnderTest.CORRECTION;
import static io.campaignlauncher.tools.MarketUnderTest.POSTED;
import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The past of the marketplace out of its topic, on which each event stands twice, and each stream in some partition. */
class MarketTopicIT {

    private static final LaunchRecords RECORDS = new LaunchRecords();

    private static MarketUnderTest market;
    private static String bootstrapServers;

    private record Ran(int code, String out, String err) {}

    @BeforeAll
    static void publish() throws Exception {
        market = new MarketUnderTest("market_topic");
        bootstrapServers = TestBroker.shared().emptied().bootstrapServers();
        try (var admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers))) {
            admin.createTopics(List.of(new NewTopic(Topic.MARKET_EVENTS.topicName(), 3, (short) 1))).all().get();
        }
        try (var producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(), new ByteArraySerializer())) {
            for (int times = 0; times < 2; times++) {
                for (var event : market.events()) {
                    producer.send(RECORDS.record(Topic.MARKET_EVENTS, event.jobId(), event.payload(), envelope(event)))
                            .get();
                }
            }
        }
    }

    private static Envelope envelope(StoredEvent event) {
        return new Envelope(event.eventId(), event.type(), "/moderation-service", event.jobId(), event.at(),
                event.sequence(), "c-1", null, null);
    }

    @AfterAll
    static void close() {
        market.close();
    }

    static List<UUID> ids() {
        return List.of(CAMPAIGN, POSTED, CHANNEL, ANNAS_WALLET, CORRECTION);
    }

    @ParameterizedTest
    @MethodSource("ids")
    void the_topic_tells_the_same_as_the_event_store(UUID id) {
        var times = market.events().stream().map(StoredEvent::time).distinct().toList();
        var half = times.get(times.size() / 2);
        for (var more : List.of(List.<String>of(), List.of("--at", half))) {
            var state = run("state", id, more);
            assertThat(withoutPositions(run("state", id, plus(more, "--from=topic")).out()))
                    .isEqualTo(withoutPositions(state.out()));
            var history = run("history", id, plus(more, "--json")).out();
            assertThat(withoutPositions(run("history", id, plus(more, "--json", "--from=topic")).out()).lines())
                    .containsExactlyInAnyOrderElementsOf(withoutPositions(history).lines().toList());
        }
    }

    @Test
    void the_topic_knows_no_positions() {
        assertThat(run("state", CAMPAIGN, List.of("--from=topic", "--at=3")).err())
                .isEqualTo("the topic tells no positions: say a time\n");
        assertThat(run("history", new UUID(9, 9), List.of("--from=topic")).err())
                .contains("nothing on the topic is about");
    }

    private static List<String> plus(List<String> some, String... more) {
        return Stream.concat(some.stream(), List.of(more).stream()).toList();
    }

    private static String withoutPositions(String text) {
        return text.replaceAll("\"position\":\\d+,|event \\d+ (?=\\()", "");
    }

    private static Ran run(String command, UUID id, List<String> more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var all = plus(List.of("market", command, id.toString(), "--bootstrap-servers", bootstrapServers),
                more.toArray(String[]::new));
        var code = Tools.run(market.environment(), new PrintWriter(out, true), new PrintWriter(err, true),
                all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }
}
