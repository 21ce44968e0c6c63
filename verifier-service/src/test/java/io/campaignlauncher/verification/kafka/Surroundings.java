package io.campaignlauncher.verification.kafka;

import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;

/** A real broker, the simulated Facebook, and short words for what a test does with them. */
final class Surroundings implements AutoCloseable {

    static final Duration PATIENCE = Duration.ofSeconds(30);

    final EmbeddedKafkaBroker broker = EmbeddedKafkaBroker.start();
    final Simulator simulator = Simulator.start();
    private final HttpGraph graph = HttpGraph.over(GraphSettings.towards(simulator.baseUrl()), null);
    private final AccessToken token = new AccessToken("test-token");
    private final KafkaRecordPublisher publisher = new KafkaRecordPublisher(
            KafkaSettings.towards(broker.bootstrapServers()));
    private final LaunchRecords records = new LaunchRecords();
    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrapServers()), new StringDeserializer(),
            new ByteArrayDeserializer());
    private final Topic reports;
    private final List<LaunchRecords.Received> received = new ArrayList<>();

    Surroundings(Topic reports) {
        this.reports = reports;
    }

    String[] arguments() {
        return new String[]{ "--kafka.bootstrap-servers=" + broker.bootstrapServers(),
            "--graph.base-url=" + simulator.baseUrl(), "--graph.request-timeout=2s",
            "--launch.credentials.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=" };
    }

    /** Publishes a job's event; the envelope's id is returned. */
    String publish(String jobId, SpecificRecord event) {
        var id = UUID.randomUUID().toString();
        publisher.publish(records.record(Topic.JOB_EVENTS, jobId, event,
                Envelope.of(id, event.getSchema().getName(), "/job-service", jobId, Instant.now()))).block(PATIENCE);
        return id;
    }

    /** Waits for the n-th report of a type about a job, counted from 1. */
    <T extends SpecificRecord> T report(String jobId, Class<T> type, int nth) {
        return type.cast(envelopeAndReport(jobId, type, nth).message());
    }

    LaunchRecords.Received envelopeAndReport(String jobId, Class<? extends SpecificRecord> type, int nth) {
        Predicate<LaunchRecords.Received> wanted = one -> type.isInstance(one.message())
                && one.envelope().subject().equals(jobId);
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> all(wanted), found -> found.size() >= nth).get(nth - 1);
    }

    List<LaunchRecords.Received> all(Predicate<LaunchRecords.Received> wanted) {
        if (consumer.assignment().isEmpty()) {
            var partitions = consumer.partitionsFor(reports.topicName(), PATIENCE).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        consumer.poll(Duration.ofMillis(5)).forEach(record -> received.add(records.read(record)));
        return received.stream().filter(wanted).toList();
    }

    String campaign(String account, String name, String label) {
        return create(account + "/campaigns", Map.of("name", name, "objective", "OUTCOME_SALES", "status", "PAUSED",
                "special_ad_categories", "[]", "is_adset_budget_sharing_enabled", "false", "adlabels",
                "[{\"name\":\"" + label + "\"}]"));
    }

    String adSet(String account, String name, String campaignId) {
        return create(account + "/adsets", Map.of("name", name, "campaign_id", campaignId, "status", "PAUSED",
                "daily_budget", "2000", "billing_event", "IMPRESSIONS", "optimization_goal", "LINK_CLICKS", "targeting",
                "{\"geo_locations\":{\"countries\":[\"US\"]}}"));
    }

    String ad(String account, String name, String adSetId) {
        return create(account + "/ads", Map.of("name", name, "adset_id", adSetId, "status", "PAUSED", "creative",
                "{\"object_story_spec\":{\"page_id\":\"1000000001\",\"link_data\":{\"link\":\"https://example.com\","
                        + "\"message\":\"Hello\"}}}"));
    }

    private String create(String path, Map<String, String> fields) {
        var answer = Objects.requireNonNull(graph.post(token, path, new HashMap<>(fields)).block(PATIENCE));
        if (answer.result() instanceof GraphResult.Success success && success.id() != null) {
            return Objects.requireNonNull(success.id());
        }
        throw new IllegalStateException(path + ": " + answer);
    }

    @Override
    public void close() {
        consumer.close();
        publisher.close();
        graph.close();
        simulator.close();
        broker.close();
    }
}
