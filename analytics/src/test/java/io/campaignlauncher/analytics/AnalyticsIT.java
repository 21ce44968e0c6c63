package io.campaignlauncher.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.messaging.TopicReplication;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.KafkaNames;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Strategy;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program, on a real broker. */
class AnalyticsIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final LaunchRecords RECORDS = new LaunchRecords();

    private static String bootstrapServers;
    private static KafkaProducer<String, byte[]> producer;

    @TempDir
    private Path folder;

    @BeforeAll
    static void launches() throws Exception {
        bootstrapServers = TestBroker.shared().emptied().bootstrapServers();
        makeTopics(KafkaSettings.of("test", bootstrapServers, (short) -1, TestBroker.CLIENT_SETTINGS));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(), new ByteArraySerializer());
        launch(producer, "today", Instant.now().minus(Duration.ofHours(2)));
        launch(producer, "last week", Instant.now().minus(Duration.ofDays(7)));
    }

    private static void makeTopics(KafkaSettings settings) {
        var topics = new TopicAdministrator(settings, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
    }

    @AfterAll
    static void disconnect() {
        producer.close();
    }

    @Test
    void prints_what_was_of_late_and_ends() {
        var out = new StringWriter();
        assertThat(run(out, new StringWriter(), "--once")).isZero();

        assertThat(line(out, "accepted for_all")).matches(" +0 +0 +1 +1");
        assertThat(line(out, "settled completed")).matches(" +0 +0 +1 +1");
        assertThat(line(out, "verification pass rate")).matches("( +-){4}");
        assertThat(line(out, "launch time, s, median")).matches(" +- +- +60.00 +60.00");
    }

    @Test
    void prints_all_that_there_ever_was() {
        var out = new StringWriter();
        assertThat(run(out, new StringWriter(), "--once", "--history", "all")).isZero();

        assertThat(line(out, "settled completed")).matches(" +0 +0 +1 +2");
    }

    @Test
    void counts_the_launches_of_the_installation_alone_whose_prefix_it_is_told() throws Exception {
        var eu = KafkaSettings.of("test", bootstrapServers, new KafkaNames("eu-"), TopicReplication.OF_BROKER,
                TestBroker.CLIENT_SETTINGS);
        makeTopics(eu);
        try (var producerOfEu = new KafkaClients(eu).producer("test", PATIENCE)) {
            launch(producerOfEu, "in the EU", Instant.now().minus(Duration.ofHours(2)));
        }
        var out = new StringWriter();
        assertThat(run(out, new StringWriter(), "--once", "--history", "all", "--prefix", "eu-")).isZero();

        assertThat(line(out, "settled completed")).matches(" +0 +0 +1 +1");
    }

    @Test
    void prints_again_and_again_serves_metrics_where_it_is_told_to_and_ends_when_it_is_told_to() throws Exception {
        var out = new StringWriter();
        var err = new StringWriter();
        var ended = new CountDownLatch(1);
        var running = CompletableFuture.supplyAsync(
                () -> run(ended, out, err, "--every", "1s", "--metrics-port", "0"));
        try {
            await().atMost(PATIENCE).until(() -> out.toString().split("settled completed").length > 2);
            var page = Pattern.compile("http://\\S+").matcher(err.toString());
            assertThat(page.find()).isTrue();
            try (var client = HttpClient.newHttpClient()) {
                assertThat(client.send(HttpRequest.newBuilder(URI.create(page.group())).build(),
                        BodyHandlers.ofString()).body())
                        .contains("figures_recent_jobs_settled{status=\"completed\",window=\"24h\"} 1.0")
                        .contains("figures_jobs_settled_total{status=\"completed\"} 0.0");
            }
        } finally {
            ended.countDown();
        }
        assertThat(running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isZero();
    }

    @Test
    void says_what_it_does_not_understand() {
        assertThat(misunderstood("--every", "0s")).contains("--every");
        assertThat(misunderstood("--every", "often")).contains("30s, 10m, 25h or 7d, not often");
        assertThat(misunderstood("--history", "1h")).contains("--history").contains("at least 24h");
        assertThat(misunderstood("--history", "ages")).contains("--history").contains("not ages");
        assertThat(misunderstood("--metrics-port", "70000")).contains("--metrics-port").contains("not 70000");
        assertThat(misunderstood("--metrics-port", "0", "--metrics-address", "0.0.0.0"))
                .contains("--metrics-address is \"0.0.0.0\"").contains("until there is a log-in");
        assertThat(misunderstood("--command-config", folder.resolve("none").toString())).contains("cannot read");
        assertThat(misunderstood("--prefix", "eu")).contains("--prefix", "not \"eu\"");
        assertThat(misunderstood("--what")).contains("--what");
    }

    private static String misunderstood(String... arguments) {
        var err = new StringWriter();
        assertThat(run(new StringWriter(), err, arguments)).isEqualTo(2);
        return err.toString();
    }

    private static String line(StringWriter out, String name) {
        return out.toString().lines().filter(line -> line.startsWith(name + " ")).findFirst().orElseThrow()
                .substring(name.length());
    }

    private static int run(StringWriter out, StringWriter err, String... arguments) {
        return run(new CountDownLatch(1), out, err, arguments);
    }

    private static int run(CountDownLatch ended, StringWriter out, StringWriter err, String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("--bootstrap-servers", bootstrapServers));
        return Analytics.run(new PrintWriter(out), new PrintWriter(err, true), ended, all.toArray(String[]::new));
    }

    /** A job that took a minute. */
    private static void launch(KafkaProducer<String, byte[]> producer, String jobId, Instant at) throws Exception {
        publish(producer, jobId, 0, at, JobAccepted.newBuilder()
                .setRequest(CreateCampaign.newBuilder().setStrategy(Strategy.FOR_ALL).build()).build());
        publish(producer, jobId, 1, at.plusSeconds(60), JobCompleted.newBuilder().build());
    }

    private static void publish(KafkaProducer<String, byte[]> producer, String jobId, long sequence, Instant at,
            SpecificRecord event) throws Exception {
        producer.send(RECORDS.record(Topic.JOB_EVENTS, jobId, event, new Envelope(jobId + sequence,
                event.getSchema().getName(), "/job-service", jobId, at, sequence, jobId, null, null))).get();
    }
}
