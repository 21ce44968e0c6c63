package io.campaignlauncher.job.letters;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaClients;
import io.campaignlauncher.messaging.KafkaRecordPublisher;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.springframework.jdbc.support.JdbcTransactionManager;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Dead letters as one instance of the service has them, for tests of other packages too. */
public final class TestLetters implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    public final LetterTable table;
    public final LetterReader reader;
    public final Redrives redrives;
    final LetterTopics kafka;
    final KafkaSettings settings;
    private final KafkaRecordPublisher publisher;
    private final LaunchRecords records = new LaunchRecords();
    private final DeadLetters letters;

    private TestLetters(DataSource dataSource, KafkaSettings settings) {
        this.settings = settings;
        var configuration = new LettersConfiguration();
        table = configuration.letterTable(dataSource, new JdbcTransactionManager(dataSource), Clock.systemUTC());
        kafka = configuration.letterTopics(settings, table);
        reader = new LetterReader(kafka, Mono::empty, Clock.systemUTC());
        redrives = configuration.redrives(settings, kafka, table, records);
        publisher = new KafkaRecordPublisher(settings);
        letters = new DeadLetters(publisher, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    /** With a Kafka that nobody reaches. */
    public static TestLetters without(DataSource dataSource) {
        return new TestLetters(dataSource, KafkaSettings.of("test", "127.0.0.1:1", (short) -1, Map.of()));
    }

    /** On the shared broker, whose topics are made. */
    public static TestLetters on(DataSource dataSource) {
        var letters = new TestLetters(dataSource, KafkaSettings.of("test", TestBroker.shared().bootstrapServers(),
                (short) -1, TestBroker.CLIENT_SETTINGS));
        var topics = new TopicAdministrator(letters.settings, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
        return letters;
    }

    /** What came to the topics until now is in the table. */
    public TestLetters upToDate() {
        kafka.catchUp(Topic.CAMPAIGN_COMMANDS);
        return this;
    }

    /** A request of this tenant, as a record that was received. */
    public ConsumerRecord<String, byte[]> request(String tenant, String secret) {
        return received(records.createCampaign(CreateCampaign.newBuilder().setUserId(secret).setTenant(tenant)
                .setIdempotencyKey(UUID.randomUUID().toString()).build(), "/test", Clock.systemUTC().instant()));
    }

    public static ConsumerRecord<String, byte[]> received(ProducerRecord<String, byte[]> record) {
        var received = new ConsumerRecord<>(record.topic(), 1, 0, record.key(), record.value());
        record.headers().forEach(received.headers()::add);
        return received;
    }

    public void park(ConsumerRecord<String, byte[]> record, String reason) {
        letters.park(record, reason, "a-listener").block(PATIENCE);
    }

    /** All at once. */
    void park(List<ConsumerRecord<String, byte[]>> received, String reason) {
        Flux.fromIterable(received)
                .flatMapSequential(record -> letters.park(record, reason, "a-listener"), 500).blockLast(PATIENCE);
    }

    List<ConsumerRecord<String, byte[]>> redriven() {
        return TestBroker.shared().all(Topic.CAMPAIGN_COMMANDS.topicName());
    }

    public KafkaClients clients() {
        return new KafkaClients(settings);
    }

    @Override
    public void close() {
        reader.stop();
        publisher.close();
    }
}
