package io.campaignlauncher.job.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.job.axon.JobHost;
import io.campaignlauncher.job.axon.Requests;
import io.campaignlauncher.job.model.Asked;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The change feed between the real write-ahead log and the real broker. */
class ChangeFeedIT {

    private static final Origin ORIGIN = new Origin("cause", "correlation", null);
    private static TestServers servers;
    private static String databaseUrl;
    private static JobHost host;

    private final LaunchRecords records = new LaunchRecords();
    private final List<AutoCloseable> opened = new ArrayList<>();
    private KafkaConsumer<String, byte[]> consumer;
    private final List<LaunchRecords.Received> seen = new ArrayList<>();

    @BeforeAll
    static void startInfrastructure() throws Exception {
        servers = TestServers.shared();
        var database = servers.database();
        databaseUrl = database.createDatabase("change_feed");
        host = new JobHost(databaseUrl, database.username(), database.password(),
                JobPolicy.defaults(Duration.ofSeconds(1)));
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka().emptied().bootstrapServers()))) {
            admin.createTopics(Arrays.stream(Topic.values())
                    .map(t -> new NewTopic(t.topicName(), t.partitions(), (short) 1)).toList())
                    .all().get();
        }
    }

    @AfterAll
    static void leaveTheServersWithoutASlot() {
        var jdbc = JdbcClient.create(host.dataSource());
        await().ignoreExceptions().untilAsserted(() -> jdbc.sql(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = 'change_feed'")
                .query().listOfRows());
        host.close();
    }

    @BeforeEach
    void subscribe() {
        var properties = new Properties();
        properties.put("bootstrap.servers", servers.kafka().bootstrapServers());
        properties.put("group.id", UUID.randomUUID().toString());
        properties.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.JOB_EVENTS.topicName(), Topic.CREATION_COMMANDS.topicName()));
    }

    @AfterEach
    void close() throws Exception {
        consumer.close();
        for (var open : opened.reversed()) {
            open.close();
        }
    }

    @Test
    void publishes_every_event_of_a_job_in_order_and_the_command_it_holds() {
        startFeed();
        var jobId = acceptAndPass();

        await().until(() -> eventsOf(jobId).size() == 4);
        assertThat(eventsOf(jobId)).extracting(r -> r.message().getSchema().getName())
                .containsExactly("JobAccepted", "PreVerificationRequested", "PreVerificationCompleted",
                        "CreationRequested");
        assertThat(eventsOf(jobId)).extracting(r -> r.envelope().sequence()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(eventsOf(jobId)).allSatisfy(r -> assertThat(r.envelope().correlationId()).isEqualTo("correlation"));
        await().until(() -> commandOf(jobId) != null);
        assertThat(commandOf(jobId).getAdSets()).hasSize(3);
        assertThat(commandOf(jobId).getAds()).hasSize(3)
                .allSatisfy(ad -> assertThat(ad.getAdSetSlotNumber()).isPositive());
    }

    @Test
    void goes_on_after_a_restart_and_loses_nothing_that_was_stored_meanwhile() throws Exception {
        var first = startFeed();
        var before = acceptAndPass();
        await().until(() -> eventsOf(before).size() == 4);
        first.stop();
        var meanwhile = acceptAndPass();

        startFeed();

        await().untilAsserted(() -> assertThat(distinctEventsOf(meanwhile)).hasSize(4));
    }

    @Test
    void a_second_feed_takes_over_when_the_first_one_stops() {
        var first = startFeed();
        startFeed();
        var before = acceptAndPass();
        await().until(() -> distinctEventsOf(before).size() == 4);

        first.stop();
        var after = acceptAndPass();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(distinctEventsOf(after)).hasSize(4));
    }

    @Test
    void catches_up_from_the_table_when_the_slot_is_lost() {
        var first = startFeed();
        var before = acceptAndPass();
        await().until(() -> distinctEventsOf(before).size() == 4);
        first.stop();
        var meanwhile = acceptAndPass();
        var jdbc = JdbcClient.create(host.dataSource());
        await().ignoreExceptions()
                .until(() -> jdbc.sql("select pg_drop_replication_slot('job_feed')").query().listOfRows().size() == 1);

        startFeed();

        await().untilAsserted(() -> assertThat(distinctEventsOf(meanwhile)).hasSize(4));
        var after = acceptAndPass();
        await().untilAsserted(() -> assertThat(distinctEventsOf(after)).hasSize(4));
    }

    @Test
    void keeps_the_order_of_each_job_when_many_are_stored_at_once() {
        startFeed();
        var ids = IntStream.range(0, 50).parallel().mapToObj(_ -> acceptAndPass()).toList();

        await().untilAsserted(
                () -> assertThat(ids).allSatisfy(id -> assertThat(eventsOf(id)).extracting(r -> r.envelope().sequence())
                        .containsExactly(0L, 1L, 2L, 3L)));
    }

    private ChangeFeed startFeed() {
        var database = servers.database();
        var kafka = KafkaSettings.towards(servers.kafka().bootstrapServers());
        var configuration = new FeedConfiguration();
        var publisher = configuration.feedPublisher(kafka, records);
        var feed = configuration.changeFeed(host.dataSource(), publisher,
                configuration.replicationSlot(host.dataSource()), databaseUrl, database.username(),
                database.password());
        opened.add(publisher);
        opened.add(feed::stop);
        feed.start();
        return feed;
    }

    private String acceptAndPass() {
        var jobId = UUID.randomUUID().toString();
        var passed = new PreVerificationReport(1, VerificationOutcome.PASSED, List.of(), 1, 6000, null, 5, 1);
        host.jobs.decide(jobId, List.of(new Asked(Requests.accept(jobId, Requests.forAll(jobId, 3)), ORIGIN),
                new Asked(new JobCommand.RecordPreVerification(passed), ORIGIN))).join();
        return jobId;
    }

    private List<LaunchRecords.Received> eventsOf(String jobId) {
        poll();
        return seen.stream().filter(r -> r.envelope().subject().equals(jobId) && r.envelope().sequence() != null)
                .toList();
    }

    private Set<Long> distinctEventsOf(String jobId) {
        var sequences = new HashSet<Long>();
        eventsOf(jobId).forEach(r -> sequences.add(r.envelope().sequence()));
        return sequences;
    }

    private CreateEntities commandOf(String jobId) {
        poll();
        return seen.stream().filter(r -> r.message() instanceof CreateEntities c && c.getJobId().equals(jobId))
                .map(r -> (CreateEntities) r.message()).findFirst().orElse(null);
    }

    private void poll() {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> seen.add(records.read(record)));
    }
}
