package io.campaignlauncher.job.feed;

import static org.awaitility.Awaitility.await;

import io.campaignlauncher.changefeed.ChangeFeed;
import io.campaignlauncher.changefeed.FeedSettings;
import io.campaignlauncher.embedded.Login;
import io.campaignlauncher.job.axon.JobHost;
import io.campaignlauncher.job.axon.Requests;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Origin;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.testing.TestServers;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** A database with jobs, feeds that read it, and a consumer of what they publish. */
final class FeedUnderTest implements AutoCloseable {

    private static final Origin ORIGIN = new Origin("cause", "correlation", null);

    final TestServers servers = TestServers.shared();
    final JobHost host;
    final JdbcClient jdbc;
    final LaunchRecords records = new LaunchRecords();
    private final String databaseUrl;
    private final Login login;
    private final List<AutoCloseable> opened = new ArrayList<>();
    private final List<LaunchRecords.Received> seen = new ArrayList<>();
    private final List<ConsumerRecord<String, byte[]>> letters = new ArrayList<>();
    private final KafkaConsumer<String, byte[]> consumer;
    private Progress progress;

    FeedUnderTest(String database) throws Exception {
        this(TestServers.shared().database().createDatabase(database),
                new Login(TestServers.shared().database().username(), TestServers.shared().database().password()));
    }

    FeedUnderTest(String databaseUrl, Login login) throws Exception {
        this.databaseUrl = databaseUrl;
        this.login = login;
        host = new JobHost(databaseUrl, login.username(), login.password(), JobPolicy.defaults(Duration.ofSeconds(1)));
        jdbc = JdbcClient.create(host.dataSource());
        try (var admin = Admin.create(Map.of("bootstrap.servers", servers.kafka().emptied().bootstrapServers()))) {
            admin.createTopics(Arrays.stream(Topic.values())
                    .flatMap(t -> Stream.of(new NewTopic(t.topicName(), t.partitions(), (short) 1),
                            new NewTopic(t.deadLetterName(), 1, (short) 1)))
                    .toList())
                    .all().get();
        }
        var properties = new Properties();
        properties.put("bootstrap.servers", servers.kafka().bootstrapServers());
        properties.put("group.id", UUID.randomUUID().toString());
        properties.put("auto.offset.reset", "earliest");
        consumer = new KafkaConsumer<>(properties, new StringDeserializer(), new ByteArrayDeserializer());
        consumer.subscribe(List.of(Topic.JOB_EVENTS.topicName(), Topic.CREATION_COMMANDS.topicName(),
                Topic.JOB_EVENTS.deadLetterName(), Topic.CREATION_COMMANDS.deadLetterName()));
    }

    ChangeFeed startFeed() {
        var feed = feed(servers.kafka().bootstrapServers());
        feed.start();
        return feed;
    }

    ChangeFeed feed(String bootstrapServers) {
        return feed(host.dataSource(), databaseUrl, bootstrapServers, login.username(), login.password());
    }

    /** @param url everything that it takes to reach the database */
    ChangeFeed feedThrough(String url) {
        return feed(new DriverManagerDataSource(url), url, servers.kafka().bootstrapServers(), "", "");
    }

    String databaseUrl() {
        return databaseUrl;
    }

    ChangeFeed feedAs(String username, String password) {
        return feed(new DriverManagerDataSource(databaseUrl, username, password), databaseUrl,
                servers.kafka().bootstrapServers(), username, password);
    }

    /** Of another installation, in another database of the server. */
    ChangeFeed feedOf(JobHost other, String url) {
        return feed(other, other.dataSource(), url, servers.kafka().bootstrapServers(), servers.database().username(),
                servers.database().password());
    }

    /** Of the feed that was made last. */
    Progress latestProgress() {
        return progress;
    }

    private ChangeFeed feed(DataSource dataSource, String url, String bootstrapServers, String username,
            String password) {
        return feed(host, dataSource, url, bootstrapServers, username, password);
    }

    private ChangeFeed feed(JobHost host, DataSource dataSource, String url, String bootstrapServers, String username,
            String password) {
        var configuration = new FeedConfiguration();
        var kafka = KafkaSettings.of("test", bootstrapServers, (short) -1, TestBroker.CLIENT_SETTINGS);
        var settings = new FeedSettings("", Duration.ofMillis(500));
        progress = new Progress("feed", new SimpleMeterRegistry());
        var address = new DatabaseSettings(url, username, password);
        var lettersPublisher = new KafkaRecordPublisher(kafka);
        var publisher = configuration.feedPublisher(kafka, records,
                configuration.refusedEvents(lettersPublisher, records, host.jobs, host.meters, Clock.systemUTC()));
        var feed = new ChangeFeed(FeedConfiguration.SOURCE, settings, dataSource, address, publisher, progress);
        var lag = configuration.slotLag(dataSource, address, settings, host.meters);
        lag.start();
        opened.add(lettersPublisher);
        opened.add(publisher);
        opened.add(lag::stop);
        opened.add(feed::stop);
        return feed;
    }

    /** Two decisions, four events: the last of them is the CreationRequested. */
    String acceptAndPass() {
        return acceptAndPass(Requests.forAll(UUID.randomUUID().toString(), 3));
    }

    String acceptAndPass(LaunchRequest request) {
        return acceptAndPass(host, request);
    }

    static String acceptAndPass(JobHost host, LaunchRequest request) {
        var jobId = UUID.randomUUID().toString();
        var passed = new PreVerificationReport(1, VerificationOutcome.PASSED, List.of(), 1, 6000, null, 5, 1);
        host.jobs.decide(jobId, List.of(new IssuedCommand(Requests.accept(jobId, request), ORIGIN),
                new IssuedCommand(new JobCommand.RecordPreVerification(passed), ORIGIN))).join();
        return jobId;
    }

    List<LaunchRecords.Received> seen() {
        consumer.poll(Duration.ofMillis(50)).forEach(record -> {
            if (record.topic().endsWith(".dlt")) {
                letters.add(record);
            } else {
                seen.add(records.read(record));
            }
        });
        return List.copyOf(seen);
    }

    List<LaunchRecords.Received> eventsOf(String jobId) {
        return seen().stream().filter(r -> r.envelope().subject().equals(jobId) && r.envelope().sequence() != null)
                .toList();
    }

    Set<Long> distinctEventsOf(String jobId) {
        var sequences = new HashSet<Long>();
        eventsOf(jobId).forEach(r -> sequences.add(r.envelope().sequence()));
        return sequences;
    }

    /** What is on any of the feed's dead-letter topics. */
    List<ConsumerRecord<String, byte[]>> letters() {
        seen();
        return List.copyOf(letters);
    }

    static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    boolean slotExists() {
        return jdbc.sql("select exists (select from pg_replication_slots where slot_name = 'job_feed')")
                .query(Boolean.class).single();
    }

    boolean slotIsRead() {
        return jdbc.sql("select exists (select from pg_replication_slots where slot_name = 'job_feed' and active)")
                .query(Boolean.class).single();
    }

    /** What is measured of the feed; -1 while it is not known. */
    double gauge(String name) {
        return host.meters.get(name).gauge().value();
    }

    boolean standbysKeepTheSlot() {
        return jdbc.sql("select failover from pg_replication_slots where slot_name = 'job_feed'")
                .query(Boolean.class).single();
    }

    /** Once nobody reads it any more. */
    void dropSlot() {
        await().ignoreExceptions().until(() -> jdbc.sql(
                "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'job_feed'")
                .query().listOfRows().size() == 1 || !slotExists());
    }

    void stopFeeds() throws Exception {
        for (var open : opened.reversed()) {
            open.close();
        }
        opened.clear();
    }

    @Override
    public void close() throws Exception {
        stopFeeds();
        consumer.close();
        dropSlot();
        host.close();
    }
}
