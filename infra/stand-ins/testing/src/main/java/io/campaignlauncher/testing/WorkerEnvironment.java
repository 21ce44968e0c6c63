package io.campaignlauncher.testing;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.Simulator;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;

/**
 * The shared broker and a simulated Facebook around one worker, and short words for what its test does with them: publish
 * a job's event, wait for the worker's report, make what an earlier worker would have made.
 */
public final class WorkerEnvironment implements AutoCloseable {

    public static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final String ANOTHER_KEY = Base64.getEncoder().encodeToString(new byte[32]);

    private final String bootstrapServers = TestBroker.shared().emptied().bootstrapServers();
    private final Simulator simulator = Simulator.start();
    private final HttpGraph graph = HttpGraph.over(GraphSettings.towards(simulator.baseUrl()), null);
    private final AccessToken token = new AccessToken("test-token");
    private final LaunchRecords records = new LaunchRecords();
    private final KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), new StringSerializer(),
            new ByteArraySerializer());
    private final KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(
            Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers), new StringDeserializer(),
            new ByteArrayDeserializer());
    private final Topic reports;
    private final List<LaunchRecords.Received> received = new ArrayList<>();

    /** @param reports where the worker tells what it did */
    public WorkerEnvironment(Topic reports) {
        this.reports = reports;
    }

    /** With them the worker finds its surroundings. */
    public String[] arguments() {
        return new String[]{ "--kafka.bootstrap-servers=" + bootstrapServers,
            TestBroker.SERVICE_ARGUMENT,
            "--graph.base-url=" + simulator.baseUrl(), "--graph.request-timeout=2s",
            "--launch.credentials.key=MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=" };
    }

    /** The same for a worker with a key that opens nothing of what the others store. */
    public String[] argumentsWithAnotherKey(String... further) {
        var arguments = arguments();
        arguments[arguments.length - 1] = "--launch.credentials.key=" + ANOTHER_KEY;
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(further)).toArray(String[]::new);
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    public Simulator simulator() {
        return simulator;
    }

    /** Publishes a job's event; the envelope's id is returned. */
    public String publish(String jobId, SpecificRecord event) {
        var id = UUID.randomUUID().toString();
        var envelope = Envelope.of(id, event.getSchema().getName(), "/job-service", jobId, Instant.now());
        try {
            producer.send(records.record(Topic.JOB_EVENTS, jobId, event, envelope))
                    .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException("could not publish " + event.getSchema().getName(), e);
        }
        return id;
    }

    /** Waits for the n-th report of a type about a job, counted from 1. */
    public <T extends SpecificRecord> T report(String jobId, Class<T> type, int nth) {
        return type.cast(envelopeAndReport(jobId, type, nth).message());
    }

    public LaunchRecords.Received envelopeAndReport(String jobId, Class<? extends SpecificRecord> type, int nth) {
        Predicate<LaunchRecords.Received> wanted = one -> type.isInstance(one.message())
                && one.envelope().subject().equals(jobId);
        return Awaitility.await().atMost(PATIENCE).pollDelay(Duration.ZERO).pollInterval(Duration.ofMillis(10))
                .until(() -> all(wanted), found -> found.size() >= nth).get(nth - 1);
    }

    /** The reports until now. */
    public List<LaunchRecords.Received> all(Predicate<LaunchRecords.Received> wanted) {
        if (consumer.assignment().isEmpty()) {
            var partitions = consumer.partitionsFor(reports.topicName(), PATIENCE).stream()
                    .map(partition -> new TopicPartition(partition.topic(), partition.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
        }
        consumer.poll(Duration.ofMillis(5)).forEach(record -> received.add(records.read(record)));
        return received.stream().filter(wanted).toList();
    }

    /** Makes a campaign on Facebook; the three return the id that it was given. */
    public String campaign(String account, String name, String label) {
        return create(account + "/campaigns", Map.of("name", name, "objective", "OUTCOME_SALES", "status", "PAUSED",
                "special_ad_categories", "[]", "is_adset_budget_sharing_enabled", "false", "adlabels",
                "[{\"name\":\"" + label + "\"}]"));
    }

    public String adSet(String account, String name, String campaignId) {
        return create(account + "/adsets", Map.of("name", name, "campaign_id", campaignId, "status", "PAUSED",
                "daily_budget", "2000", "billing_event", "IMPRESSIONS", "optimization_goal", "LINK_CLICKS", "targeting",
                "{\"geo_locations\":{\"countries\":[\"US\"]}}"));
    }

    public String ad(String account, String name, String adSetId) {
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
        producer.close();
        graph.close();
        simulator.close();
    }
}
