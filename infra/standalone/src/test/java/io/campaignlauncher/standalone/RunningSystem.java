package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.job.model.JobCommandGateway;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.readmodel.ReadModelRebuild;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.standalone.Services.Service;
import io.campaignlauncher.testing.TestBroker;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import tools.jackson.databind.JsonNode;

/**
 * The whole system, started once for all scenarios: a real broker, a real database, the simulator, the services. It is
 * less patient than in production, so that waiting takes no minutes. Every test works on an ad account of its own.
 */
final class RunningSystem implements AutoCloseable {

    static final String CREDENTIAL = "acceptance";
    static final String TOKEN = "EAAacceptanceTestToken0123456789";
    static final Duration PATIENCE = Duration.ofSeconds(90);
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(3);
    static final Duration SETTLE_DELAY = Duration.ofMillis(1500);
    static final Duration READ_LAG = Duration.ofMillis(300);

    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Set<String> ENDS = Set.of("completed", "failed", "rolled_back");

    private final Simulator simulator;
    private final Standalone standalone;
    private final PublishedRecords published;
    private final KafkaProducer<String, byte[]> producer;
    private final LaunchRecords records = new LaunchRecords();
    private final HikariDataSource database;
    private final JdbcClient sql;
    private final AtomicLong accounts = new AtomicLong(700_000_000);

    private RunningSystem(Simulator simulator, Standalone standalone) {
        this.simulator = simulator;
        this.standalone = standalone;
        this.published = PublishedRecords.follow(kafka(Map.of()));
        this.producer = new KafkaProducer<>(kafka(Map.of("acks", "all")),
                new StringSerializer(), new ByteArraySerializer());
        var properties = standalone.properties();
        this.database = pool(properties.get("spring.datasource.url").toString(),
                properties.get("spring.datasource.username").toString(),
                properties.get("spring.datasource.password").toString());
        this.sql = JdbcClient.create(database);
    }

    /** Each log-in costs both sides some thousand rounds of hashing, so there is none for each query. */
    private static HikariDataSource pool(String url, String username, String password) {
        var pool = new HikariDataSource();
        pool.setPoolName("test");
        pool.setJdbcUrl(url);
        pool.setUsername(username);
        pool.setPassword(password);
        pool.setMinimumIdle(0);
        pool.addDataSourceProperty("ApplicationName", "job-service-test");
        return pool;
    }

    static RunningSystem start() {
        // The pace of changes is a matter of its own tests; here it would only take time.
        var simulator = Simulator.start(SimulatorSettings.DEFAULTS.withRules(
                GraphRules.DEFAULTS.withMutationsPerSecondMax(0)));
        try {
            var standalone = Standalone.start("--no-demo", "--server.port=0", TestBroker.SERVICE_ARGUMENT,
                    "--graph.base-url=" + simulator.baseUrl(),
                    "--graph.request-timeout=" + REQUEST_TIMEOUT.toMillis() + "ms",
                    "--launch.retry.initial-delay=50ms", "--launch.retry.max-delay=400ms",
                    "--launch.retry.flaky-delay=200ms",
                    "--launch.read-lag=" + READ_LAG.toMillis() + "ms",
                    "--launch.settle-delay=" + SETTLE_DELAY.toMillis() + "ms",
                    "--launch.rate-limit-delay=1s", "--launch.creation.rate-limit-pause=1s",
                    "--launch.creation.lease=4s", "--launch.creation.mutations-per-second=0",
                    "--launch.timer-poll=50ms", "--launch.stalled-after=20s", "--launch.stalled-poll=1s",
                    "--launch.webhook.allow-private-addresses=true", "--launch.webhook.first-delay=50ms",
                    "--launch.webhook.max-delay=200ms", "--launch.webhook.poll=50ms");
            var system = new RunningSystem(simulator, standalone);
            system.storeToken(CREDENTIAL, TOKEN);
            return system;
        } catch (RuntimeException e) {
            simulator.close();
            throw e;
        }
    }

    /** An ad account that no other test uses, in good order. */
    String freshAccount() {
        return "act_" + accounts.incrementAndGet();
    }

    HttpApi http() {
        return new HttpApi(standalone.api());
    }

    Simulator simulator() {
        return simulator;
    }

    Facebook facebook() {
        return new Facebook(simulator);
    }

    /** Something goes wrong on this account from now on. */
    void fault(String account, FaultTarget on, FaultEffect effect, int from, int times) {
        simulator.faults().add(new Fault(on, account, null, from, times, 1, effect));
    }

    /** The database as the job-service sees it. */
    JdbcClient sql() {
        return sql;
    }

    /** All of the database, whose ever it is. */
    JdbcClient sqlOfAdministrator() {
        return JdbcClient.create(databaseOfAdministrator());
    }

    DataSource databaseOfAdministrator() {
        var database = standalone.database();
        var administrator = database.administrator();
        return new DriverManagerDataSource(database.jdbcUrl(), administrator.username(), administrator.password());
    }

    PublishedRecords published() {
        return published;
    }

    LaunchRecords records() {
        return records;
    }

    Standalone standalone() {
        return standalone;
    }

    Services services() {
        return standalone.services();
    }

    /** What a client of Kafka is made with. @param further settings of the client's own */
    Map<String, Object> kafka(Map<String, Object> further) {
        var settings = standalone.kafka().client("test");
        settings.putAll(further);
        return settings;
    }

    /** What a command-line tool is told of Kafka: it finds how to log in where the system keeps that for people. */
    List<String> kafkaOptions() {
        return List.of("--bootstrap-servers", standalone.kafka().bootstrapServers(), "--command-config",
                standalone.folder().resolve("kafka/tools.properties").toString());
    }

    void storeToken(String credentialId, String token) {
        assertThat(http().put("/v1/credentials/" + credentialId, Map.of("accessToken", token)).status()).isEqualTo(204);
    }

    /** Publishes the request on Kafka as an upstream app does. @return the job's id */
    String publish(CreateCampaign request) {
        publish(records.createCampaign(request, "/acceptance", Instant.now()));
        return jobId(request);
    }

    /** Returns when Kafka has the record. */
    void publish(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the job service has put every command that was published so far to its job. */
    void allCommandsRead() {
        try (var admin = Admin.create(kafka(Map.of()))) {
            var partitions = IntStream.range(0, Topic.CAMPAIGN_COMMANDS.partitions())
                    .mapToObj(partition -> new TopicPartition(Topic.CAMPAIGN_COMMANDS.topicName(), partition))
                    .toList();
            var ends = admin.listOffsets(partitions.stream()
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest())));
            await("every command is read").atMost(PATIENCE).until(() -> {
                var read = admin.listConsumerGroupOffsets("job-service-requests").partitionsToOffsetAndMetadata().get();
                for (var partition : partitions) {
                    long end = ends.partitionResult(partition).get().offset();
                    if (end > 0 && (read.get(partition) == null || read.get(partition).offset() < end)) {
                        return false;
                    }
                }
                return true;
            });
        }
    }

    /** Sends the request over HTTP. */
    HttpApi.Response post(CreateCampaign request) {
        return http().post("/v1/jobs", Requests.body(request), Map.of("Idempotency-Key", request.getIdempotencyKey()));
    }

    static String jobId(CreateCampaign request) {
        return JobIds.of(request.getUserId(), request.getIdempotencyKey()).toString();
    }

    JsonNode job(String jobId) {
        return http().get("/v1/jobs/" + jobId).body();
    }

    JsonNode slots(String jobId) {
        return http().get("/v1/jobs/" + jobId + "/slots").body();
    }

    /** The job as its events in the store say. */
    JobState state(String jobId) {
        return services().context(Service.JOB).getBean(JobCommandGateway.class).state(jobId);
    }

    ReadModelRebuild readModel() {
        return services().context(Service.JOB).getBean(ReadModelRebuild.class);
    }

    /** Waits until the job has come to one of its ends, and the tables have all of it. */
    JsonNode settled(String jobId) {
        var settled = await("job " + jobId + " settles").atMost(PATIENCE).pollInterval(LOOK_EVERY).ignoreExceptions()
                .until(() -> job(jobId), job -> ENDS.contains(job.path("status").asString("")));
        tablesAreUpToDate();
        return settled;
    }

    /** Waits until the tables have what the event store had a moment ago; answers of the HTTP API do not wait for them. */
    void tablesAreUpToDate() {
        var events = sql.sql("select aggregate_identifier as job, max(sequence_number) as version"
                + " from event_store.domain_events group by 1").query().listOfRows();
        await("the tables have every event").atMost(PATIENCE).until(() -> {
            var rows = sql.sql("select job_uuid::text as job, version from campaign_creation_jobs").query()
                    .listOfRows().stream()
                    .collect(Collectors.toMap(row -> row.get("job"), row -> (Long) row.get("version")));
            return events.stream()
                    .allMatch(job -> rows.getOrDefault(job.get("job"), -1L) >= (Long) job.get("version"));
        });
    }

    /** Launches over Kafka and waits for the end. */
    JsonNode launch(CreateCampaign request) {
        return settled(publish(request));
    }

    @Override
    public void close() {
        published.close();
        producer.close();
        database.close();
        standalone.close();
        simulator.close();
    }
}
