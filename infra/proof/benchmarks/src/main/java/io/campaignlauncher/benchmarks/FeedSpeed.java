package io.campaignlauncher.benchmarks;

import io.campaignlauncher.changefeed.ChangeFeed;
import io.campaignlauncher.changefeed.FeedPublisher;
import io.campaignlauncher.changefeed.FeedSettings;
import io.campaignlauncher.changefeed.FeedSource;
import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedInfrastructure;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.eventstore.LaunchFeedRecords;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGProperty;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * How many events a second the change feed brings to Kafka from a backlog, beside what PostgreSQL itself makes of the same part of its
 * log: decoded and sent to a reader that throws it away, and decoded and not even sent. Each begins at a copy of the same slot, in turns.
 */
final class FeedSpeed implements AutoCloseable {

    private static final long EVENTS_PER_TRANSACTION = 3;
    private static final String SLOT = FeedSource.LAUNCHES.name();
    private static final String KEPT_SLOT = "growth";
    private static final Duration PATIENCE = Duration.ofMinutes(20);
    private static final Duration LOOK_EVERY = Duration.ofMillis(10);
    private static final String NOT_SENT = "decoded, not sent";
    private static final String THROWN_AWAY = "decoded, sent, thrown away";
    private static final String FEED = "the change feed, to Kafka";

    private final EmbeddedInfrastructure servers;
    private final EmbeddedDatabase database;
    private final DatabaseSettings address;
    private final DriverManagerDataSource dataSource;
    private final JdbcClient sql;
    private final Map<String, String> kafka;
    private final Admin admin;
    private final Cpu cpu;
    private final long events;
    private final Map<String, List<Pass>> passes = new LinkedHashMap<>();

    /** Of one reading of everything. @param cpuMicros by part, for each event */
    private record Pass(double eventsPerSecond, Map<String, Double> cpuMicros) {}

    private interface Reading {

        /** @param cpuBefore by part */
        Pass run(Map<String, Double> cpuBefore) throws Exception;
    }

    private FeedSpeed(EmbeddedInfrastructure servers, long atLeast) throws Exception {
        this.servers = servers;
        this.database = servers.database();
        this.address = new DatabaseSettings(database.jdbcUrl(), database.username(), database.password());
        this.dataSource = new DriverManagerDataSource(address.url(), address.username(), address.password());
        this.sql = JdbcClient.create(dataSource);
        this.kafka = servers.kafka().client(ServiceLogin.OPERATOR);
        this.admin = Admin.create(Map.copyOf(kafka));
        this.cpu = Cpu.withDatabase(Map.of("spring.datasource.url", address.url(), "spring.datasource.username",
                address.username(), "spring.datasource.password", address.password()));
        this.events = fill(atLeast);
    }

    /** @return events a second of the feed */
    static double run(long events, int rounds) throws Exception {
        try (var servers = EmbeddedInfrastructure.start(); var speed = new FeedSpeed(servers, events)) {
            for (int round = 0; round < rounds; round++) {
                speed.timed(NOT_SENT, speed::decode);
                speed.timed(THROWN_AWAY, speed::throwAway);
                speed.timed(FEED, speed::feed);
            }
            speed.print();
            return speed.median(FEED);
        }
    }

    /** Transactions of a few events, as decisions write them, none of which has been read. */
    private long fill(long atLeast) throws Exception {
        FilledEventStore.migrate(database);
        // The log of all of it has to be there, however much that is.
        FilledEventStore.administer(database, "alter system set max_slot_wal_keep_size = -1");
        FilledEventStore.administer(database, "select pg_reload_conf()");
        admin.createTopics(Stream.of(Topic.JOB_EVENTS, Topic.CREATION_COMMANDS)
                .map(topic -> new NewTopic(topic.topicName(), topic.partitions(), (short) 1).configs(topic.settings()))
                .toList()).all().get();
        sql.sql("select pg_create_logical_replication_slot(?, 'pgoutput')").param(KEPT_SLOT).query().listOfRows();
        try (var connection = dataSource.getConnection()) {
            connection.createStatement().execute("set synchronous_commit = off");
            var store = new FilledEventStore(connection, EVENTS_PER_TRANSACTION);
            store.write(atLeast);
            return store.events();
        }
    }

    private void timed(String what, Reading reading) throws Exception {
        passes.computeIfAbsent(what, _ -> new ArrayList<>()).add(reading.run(cpu.byPart()));
    }

    private Pass pass(double seconds, long read, Map<String, Double> cpuBefore) {
        var micros = Cpu.between(cpuBefore, cpu.byPart()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, part -> part.getValue() * 1e6 / events));
        return new Pass(read / seconds, micros);
    }

    private Pass decode(Map<String, Double> cpuBefore) {
        long from = System.nanoTime();
        sql.sql("select count(*) from pg_logical_slot_peek_binary_changes(?, null, null, 'proto_version', '1',"
                + " 'publication_names', '" + SLOT + "')").param(KEPT_SLOT).query(Long.class).single();
        return pass((System.nanoTime() - from) / 1e9, events, cpuBefore);
    }

    private Pass throwAway(Map<String, Double> cpuBefore) throws SQLException {
        var login = new Properties();
        PGProperty.USER.set(login, address.username());
        PGProperty.PASSWORD.set(login, address.password());
        PGProperty.REPLICATION.set(login, "database");
        PGProperty.PREFER_QUERY_MODE.set(login, "simple");
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(login, "18");
        long from = System.nanoTime();
        try (var connection = DriverManager.getConnection(address.url(), login)) {
            readAll(connection);
            return pass((System.nanoTime() - from) / 1e9, events, cpuBefore);
        }
    }

    private void readAll(Connection connection) throws SQLException {
        try (var stream = connection.unwrap(PGConnection.class).getReplicationAPI().replicationStream().logical()
                .withSlotName(KEPT_SLOT).withSlotOption("proto_version", "1").withSlotOption("publication_names", SLOT)
                .start()) {
            long read = 0;
            while (read < events) {
                var message = stream.read();
                if (message != null && message.get() == 'I') {
                    read++;
                }
            }
        }
    }

    private Pass feed(Map<String, Double> cpuBefore) throws Exception {
        sql.sql("select pg_copy_logical_replication_slot(?, ?)").params(KEPT_SLOT, SLOT).query().listOfRows();
        long before = published();
        var publisher = new FeedPublisher(
                KafkaSettings.of("benchmarks", servers.kafka().bootstrapServers(), (short) 1, kafka),
                new LaunchFeedRecords(new LaunchRecords())::of, (event, _, reason) -> {
                    throw new IllegalStateException("refused: " + event.type(), reason);
                });
        var feed = new ChangeFeed(FeedSource.LAUNCHES, new FeedSettings("", Duration.ofSeconds(5)), dataSource, address,
                publisher, new Progress("feed", new SimpleMeterRegistry()));
        try (publisher) {
            feed.start();
            try {
                return arrived(before, cpuBefore);
            } finally {
                feed.stop();
                dropSlot();
            }
        }
    }

    /** From the first records on, so that the start of the reader is not in it. */
    private Pass arrived(long before, Map<String, Double> cpuBefore) throws Exception {
        long until = System.nanoTime() + PATIENCE.toNanos();
        long first = 0;
        long firstAt = 0;
        while (true) {
            long now = System.nanoTime();
            long arrived = published() - before;
            if (first == 0 && arrived > 0) {
                first = arrived;
                firstAt = now;
            }
            if (arrived >= events) {
                return pass((now - firstAt) / 1e9, events - first, cpuBefore);
            }
            if (now > until) {
                throw new IllegalStateException(arrived + " of " + events + " events within " + PATIENCE);
            }
            Thread.sleep(LOOK_EVERY);
        }
    }

    private void dropSlot() throws InterruptedException {
        while (sql.sql("select active from pg_replication_slots where slot_name = ?").param(SLOT).query(Boolean.class)
                .single()) {
            Thread.sleep(LOOK_EVERY);
        }
        sql.sql("select pg_drop_replication_slot(?)").param(SLOT).query().listOfRows();
    }

    /** Records on job.events. */
    private long published() throws ExecutionException, InterruptedException {
        var latest = IntStream.range(0, Topic.JOB_EVENTS.partitions())
                .mapToObj(partition -> new TopicPartition(Topic.JOB_EVENTS.topicName(), partition))
                .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()));
        return admin.listOffsets(latest).all().get().values().stream().mapToLong(end -> end.offset()).sum();
    }

    private double median(String what) {
        return new Percentiles(
                passes.getOrDefault(what, List.of()).stream().map(Pass::eventsPerSecond).toList()).at(0.50);
    }

    private void print() {
        System.out.printf(Locale.ROOT, "%n(p) %,d events in transactions of %d, by PostgreSQL %12s %12s %14s%n", events,
                EVENTS_PER_TRANSACTION, "events/s", "x thrown away", "CPU us an event");
        passes.forEach((what, all) -> {
            System.out.printf(Locale.ROOT, "    %-48s %,12.0f %12.2f %14.1f%n", what, median(what),
                    median(what) / median(THROWN_AWAY), micros(all, null));
            Stream.of("PostgreSQL", "change feed", "Kafka clients", "Kafka broker").filter(_ -> what.equals(FEED))
                    .forEach(part -> System.out.printf(Locale.ROOT, "      %-72s %14.1f%n", part, micros(all, part)));
        });
    }

    /** The median of the passes. @param part null: of all */
    private static double micros(List<Pass> all, @Nullable String part) {
        return new Percentiles(all.stream().map(pass -> pass.cpuMicros().entrySet().stream()
                .filter(entry -> part == null || part.equals(entry.getKey())).mapToDouble(Map.Entry::getValue).sum())
                .toList()).at(0.50);
    }

    @Override
    public void close() {
        admin.close();
    }
}
