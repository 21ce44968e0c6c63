package io.campaignlauncher.benchmarks;

import io.campaignlauncher.embedded.EmbeddedInfrastructure;
import io.campaignlauncher.embedded.PrivateFiles;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.eventstore.LaunchFeedRecords;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.KillSwitchTurned;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.Tools;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.transaction.support.TransactionTemplate;

/** How fast {@code campaign-tools recover} compares a large topic with its event store, and gives the store what it lacks. */
final class RecoverySpeed {

    private static final int READ_AT_ONCE = 5_000;
    private static final int TAIL_SHARE = 10;
    private static final String KAFKA_SETTING = "kafka.properties.";

    private final Map<String, String> kafka;
    private final Map<String, String> environment;
    private final Path folder;
    private final JdbcClient sql;
    private final TransactionTemplate transaction;

    private RecoverySpeed(EmbeddedInfrastructure servers, Path folder) throws IOException {
        this.folder = folder;
        var settings = servers.kafka().settings(ServiceLogin.OPERATOR);
        kafka = settings.entrySet().stream().filter(entry -> entry.getKey().startsWith(KAFKA_SETTING))
                .collect(Collectors
                        .toMap(entry -> entry.getKey().substring(KAFKA_SETTING.length()), Map.Entry::getValue));
        var login = folder.resolve("client.properties");
        PrivateFiles.write(login, kafka.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n")));
        var bootstrapServers = Objects.requireNonNull(settings.get("kafka.bootstrap-servers"));
        kafka.put("bootstrap.servers", bootstrapServers);
        var database = servers.database();
        environment = Map.of("SPRING_DATASOURCE_URL", database.jdbcUrl(), "SPRING_DATASOURCE_USERNAME",
                database.username(), "SPRING_DATASOURCE_PASSWORD", database.password());
        var dataSource = new DriverManagerDataSource(database.jdbcUrl(), database.username(), database.password());
        sql = JdbcClient.create(dataSource);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(dataSource));
    }

    static void run(long events) throws Exception {
        var folder = Files.createTempDirectory("recovery-speed-");
        try (var servers = EmbeddedInfrastructure.start()) {
            var average = FilledEventStore.fill(servers.database(), events);
            var speed = new RecoverySpeed(servers, folder);
            speed.publish();
            long all = speed.count();
            System.out.printf(Locale.ROOT, "%,d events of launches of 50 + 50, payloads of %,d bytes on average%n%n",
                    all,
                    average);
            System.out.printf("%-48s %10s %12s %16s%n", "", "seconds", "events/s", "s for 1,000,000");
            speed.timed("check, one history", all, 0, "check");
            speed.loseTail();
            long lost = all - speed.count();
            speed.timed(String.format(Locale.ROOT, "check, %,d events lacking", lost), all, 1, "check");
            speed.timed(String.format(Locale.ROOT, "import of %,d events of that topic", lost), all, 0, "import");
            speed.sql.sql("truncate event_store.domain_events, event_store.timers, event_store.campaign_names")
                    .update();
            speed.timed("import of all", all, 0, "import");
            speed.timed("check afterwards", all, 0, "check");
        }
    }

    private void publish() throws ExecutionException, InterruptedException {
        var records = new LaunchRecords();
        var made = new LaunchFeedRecords(records);
        try (var admin = Admin.create(Map.copyOf(kafka))) {
            admin.createTopics(Stream.of(Topic.JOB_EVENTS, Topic.KILL_SWITCHES)
                    .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), (short) 1)
                            .configs(topic.settings()))
                    .toList()).all().get();
        }
        var client = new HashMap<String, Object>(kafka);
        client.putAll(Map.of("acks", "all", "linger.ms", 5));
        try (var producer = new KafkaProducer<>(client, new StringSerializer(), new ByteArraySerializer())) {
            for (var which : KillSwitch.values()) {
                producer.send(records.record(Topic.KILL_SWITCHES, which.wireName(),
                        KillSwitchTurned.newBuilder().setName(which.wireName()).setEnabled(false).build(),
                        Envelope.of(UUID.randomUUID().toString(), "KillSwitchTurned", "/benchmarks", which.wireName(),
                                Instant.now())))
                        .get();
            }
            transaction.executeWithoutResult(_ -> new EventReader(sql)
                    .all(READ_AT_ONCE, some -> some.forEach(event -> producer.send(made.of(event).getFirst()))));
            producer.flush();
        }
    }

    private long count() {
        return sql.sql("select count(*) from event_store.domain_events").query(Long.class).single();
    }

    /** The last tenth. */
    private void loseTail() {
        sql.sql("delete from event_store.domain_events where global_index > (select max(global_index) - count(*) / "
                + TAIL_SHARE + " from event_store.domain_events)").update();
    }

    private void timed(String what, long events, int code, String command) {
        var err = new StringWriter();
        var more = command.equals("import")
                ? Stream.of("--fence=0s", "--backup=" + folder.resolve(UUID.randomUUID() + ".jsonl"))
                : Stream.<String>of();
        long from = System.nanoTime();
        int was = Tools.run(environment, new PrintWriter(new StringWriter()), new PrintWriter(err, true),
                Stream.concat(Stream.of("recover", command, "--bootstrap-servers",
                        Objects.requireNonNull(kafka.get("bootstrap.servers")), "--command-config",
                        folder.resolve("client.properties").toString()), more).toArray(String[]::new));
        double seconds = (System.nanoTime() - from) / 1e9;
        if (was != code) {
            throw new IllegalStateException(command + " ended with " + was + ": " + err);
        }
        System.out.printf(Locale.ROOT, "%-48s %10.1f %,12.0f %16.0f%n", what, seconds, events / seconds,
                1_000_000 * seconds / events);
    }
}
