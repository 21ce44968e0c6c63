package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.job.messages.StoredMetaData;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.KillSwitchTurned;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that was put back to an earlier time than its topics, and the commands that bring it back. */
class RecoverIT {

    private static final LaunchRecords RECORDS = new LaunchRecords();
    private static final LaunchedJob DONE = LaunchedJob.completed("done", 2, 0);
    private static final LaunchedJob GONE = LaunchedJob.rolledBack("gone", 3, 5);
    private static final LaunchedJob BEGUN = LaunchedJob.begun("begun", 2, 10);

    private static StoreUnderTest store;
    private static String bootstrapServers;
    private static Admin admin;
    private static KafkaProducer<String, byte[]> producer;

    @TempDir
    private Path folder;

    private record Ran(int code, String out, String err) {

        List<String> lines() {
            return out.lines().skip(1).toList();
        }
    }

    @BeforeAll
    static void connect() throws SQLException {
        store = new StoreUnderTest("recover");
        bootstrapServers = TestBroker.shared().bootstrapServers();
        admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
        admin.close();
    }

    @BeforeEach
    void empty() throws Exception {
        TestBroker.shared().emptied();
        admin.createTopics(Arrays.stream(Topic.values()).map(topic -> new NewTopic(topic.topicName(), 2, (short) 1)
                .configs(topic.settings())).toList()).all().get();
        store.clear();
        store.execute("truncate event_store.timers, event_store.campaign_names");
        store.execute("update event_store.feed_position set global_index = 0, catch_up_from = null");
        turn(false, KillSwitch.values());
    }

    @AfterEach
    void drop_the_slot() throws SQLException {
        store.execute("drop trigger if exists a_job_that_fails on event_store.domain_events");
        store.execute("select pg_drop_replication_slot(slot_name) from pg_replication_slots"
                + " where database = current_database()");
    }

    @Test
    void one_history_is_told_as_one_however_often_an_event_was_published() throws Exception {
        store.store(DONE, GONE);
        publish(DONE.events());
        publish(GONE.events());
        publish(DONE.events());

        var check = run("check");

        assertThat(check.code()).as(check.out()).isZero();
        assertThat(check.err()).contains("one history");
    }

    @Test
    void what_one_side_lacks_and_what_differs_is_told_of_each_job() throws Exception {
        put(DONE.events().subList(0, 3));
        publish(DONE.events());
        put(GONE.events());
        publish(GONE.events().subList(0, 4));
        put(BEGUN.events());
        publish(withOtherId(BEGUN.events(), 2));
        var gap = LaunchedJob.begun("gap", 1, 20);
        publish(gap.events().subList(1, 3));
        var holed = LaunchedJob.begun("holed", 1, 20);
        put(holed.events());
        publish(without(holed.events(), 1));

        var check = run("check");

        assertThat(check.code()).isEqualTo(1);
        assertThat(check.lines()).extracting(line -> line.substring(0, line.lastIndexOf('\t')))
                .containsExactlyInAnyOrder(
                        "store-lacks\t" + DONE.jobId() + "\t3-" + (DONE.events().size() - 1),
                        "topic-lacks\t" + GONE.jobId() + "\t4-" + (GONE.events().size() - 1),
                        "two-histories\t" + BEGUN.jobId() + "\t2", "gap\t" + gap.jobId() + "\t1-2",
                        "passed-over\t" + holed.jobId() + "\t1");
    }

    @Test
    void the_tail_is_appended_as_it_was_stored_once_with_its_waits_and_names() throws Exception {
        var waiting = upToWait(GONE);
        put(DONE.events().subList(0, 3));
        publish(DONE.events());
        put(waiting.subList(0, 2));
        publish(waiting);
        publish(BEGUN.events());

        var imported = run("import", "--fence=0s");

        assertThat(imported.code()).as(imported.err()).isZero();
        for (var events : List.of(DONE.events(), waiting, BEGUN.events())) {
            assertThat(stored(events.getFirst().jobId())).isEqualTo(events.stream().map(RecoverIT::row).toList());
        }
        assertThat(texts("select task_instance from event_store.timers"))
                .containsExactly(GONE.jobId() + "/" + 1);
        assertThat(texts("select job_id from event_store.campaign_names order by 1")).containsExactlyInAnyOrder(
                GONE.jobId().toString(), BEGUN.jobId().toString());
        assertThat(run("check").code()).isZero();
        var all = texts("select max(global_index) from event_store.domain_events").getFirst();
        assertThat(texts("select catch_up_from || '/' || global_index from event_store.feed_position"))
                .containsExactly(all + "/" + all);
        assertThat(texts("select slot_name from pg_replication_slots where database = current_database()")).hasSize(1);

        var again = run("import", "--fence=0s");

        assertThat(again.code()).as(again.err()).isZero();
        assertThat(again.out()).contains("0 events of 0 jobs appended; 0 waits set");
        assertThat(texts("select max(global_index) from event_store.domain_events")).containsExactly(all);
    }

    @Test
    void what_was_stored_and_not_published_is_left_to_the_change_feed() throws Exception {
        put(DONE.events());
        publish(DONE.events().subList(0, 3));
        publish(BEGUN.events());

        assertThat(run("import", "--fence=0s").code()).isZero();

        assertThat(texts("select catch_up_from from event_store.feed_position")).containsExactly("3");
    }

    @Test
    void two_histories_or_a_gap_stop_the_import_before_anything_is_changed() throws Exception {
        put(BEGUN.events().subList(0, 3));
        publish(withOtherId(BEGUN.events(), 2));
        publish(DONE.events());
        publish(without(GONE.events(), 2));
        var before = texts("select count(*) from event_store.domain_events");

        var stopped = run("import", "--fence=0s");

        assertThat(stopped.code()).isEqualTo(1);
        assertThat(stopped.out()).contains("two-histories\t" + BEGUN.jobId(), "gap\t" + GONE.jobId())
                .doesNotContain(DONE.jobId().toString());
        assertThat(texts("select count(*) from event_store.domain_events")).isEqualTo(before);
        assertThat(texts("select slot_name from pg_replication_slots where database = current_database()")).isEmpty();

        var rest = run("import", "--fence=0s", "--leave-out=" + BEGUN.jobId(), "--leave-out=" + GONE.jobId());

        assertThat(rest.code()).as(rest.err()).isZero();
        assertThat(stored(DONE.jobId().toString())).hasSameSizeAs(DONE.events());
        assertThat(stored(BEGUN.jobId().toString())).hasSize(3);
        assertThat(stored(GONE.jobId().toString())).isEmpty();
    }

    @Test
    void an_event_that_the_store_has_at_another_place_is_a_second_history() throws Exception {
        put(DONE.events().subList(0, 2));
        var stolen = DONE.events().get(1);
        var other = BEGUN.events().getFirst();
        publish(List.of(new StoredEvent(StoredEvent.NOT_TOLD, stolen.eventId(), other.jobId(), 0, other.time(),
                other.type(), other.payload(), other.metaData())));

        assertThat(run("import", "--fence=0s").out()).contains("two-histories\t" + BEGUN.jobId());
        assertThat(stored(BEGUN.jobId().toString())).isEmpty();
    }

    @Test
    void an_import_that_ends_between_two_jobs_goes_on_where_it_was() throws Exception {
        var jobs = IntStream.range(0, 130).mapToObj(i -> LaunchedJob.begun("many-" + i, 1, i)).toList();
        for (var job : jobs) {
            publish(job.events());
        }
        store.execute("create or replace function fails() returns trigger language plpgsql as"
                + " $$ begin raise exception 'the disk is full'; end $$");
        store.execute("create trigger a_job_that_fails before insert on event_store.domain_events for each row"
                + " when (new.global_index > 410) execute function fails()");

        var ended = run("import", "--fence=0s");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.err()).contains("the disk is full");
        var first = texts("select aggregate_identifier from event_store.domain_events group by 1");
        assertThat(first).hasSize(100);
        assertThat(texts("select count(*) from event_store.campaign_names")).containsExactly("100");
        assertThat(texts("select count(*) from event_store.domain_events group by aggregate_identifier"))
                .containsOnly(Integer.toString(jobs.getFirst().events().size()));

        store.execute("drop trigger a_job_that_fails on event_store.domain_events");
        var rest = run("import", "--fence=0s");

        assertThat(rest.out()).as(rest.err()).contains("of 30 jobs appended");
        assertThat(run("check").code()).isZero();
    }

    @Test
    void nothing_is_imported_while_a_switch_is_on_or_a_job_service_is_there() throws Exception {
        publish(DONE.events());
        turn(true, KillSwitch.CREATION);

        assertThat(run("import", "--fence=0s").err()).contains("turn these kill switches off first: creation");
        turn(false, KillSwitch.CREATION);
        try (var connection = store.connect(); var statement = connection.createStatement()) {
            statement.execute("set application_name = 'job-service-jobs-web1-4711'");

            assertThat(run("import", "--fence=0s").err()).contains("end every job-service first",
                    "job-service-jobs-web1-4711");
        }
        assertThat(stored(DONE.jobId().toString())).isEmpty();
    }

    @Test
    void groups_are_set_back_to_a_time_and_where_they_stood_is_kept() throws Exception {
        var reports = new TopicPartition(Topic.CREATION_EVENTS.topicName(), 0);
        var requests = new TopicPartition(Topic.CAMPAIGN_COMMANDS.topicName(), 0);
        // Of today: their topics keep records for a month.
        var begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(100);
        for (int second = 0; second < 10; second++) {
            send(reports, begin.plusSeconds(second));
            send(requests, begin.plusSeconds(second));
        }
        stands("job-service-reports", reports, 9);
        stands("job-service-requests", requests, 2);
        var backup = folder.resolve("offsets.jsonl");

        var moved = run("offsets", "--to=" + begin.plusSeconds(7), "--margin=2s", "--backup=" + backup);

        assertThat(moved.code()).as(moved.err()).isZero();
        assertThat(where("job-service-reports", reports)).isEqualTo(5);
        assertThat(where("job-service-requests", requests)).as("stands before it already").isEqualTo(2);
        assertThat(Files.readString(backup)).isEqualTo("""
                {"group":"job-service-reports","topic":"creation.events","partition":0,"offset":9}
                """);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(backup))).isEqualTo("rw-------");
    }

    @Test
    void groups_of_the_installation_alone_whose_prefix_is_told_are_set_back() throws Exception {
        var others = new TopicPartition(Topic.CREATION_EVENTS.topicName(), 0);
        var ours = new TopicPartition("eu-" + others.topic(), 0);
        admin.createTopics(Arrays.stream(Topic.values()).map(topic -> new NewTopic("eu-" + topic.topicName(), 1,
                (short) 1)).toList()).all().get();
        var begin = Instant.now().truncatedTo(ChronoUnit.SECONDS).minusSeconds(100);
        for (int second = 0; second < 10; second++) {
            send(others, begin.plusSeconds(second));
            send(ours, begin.plusSeconds(second));
        }
        stands("job-service-reports", others, 9);
        stands("eu-job-service-reports", ours, 9);
        var backup = folder.resolve("offsets.jsonl");

        var moved = run("offsets", "--to=" + begin.plusSeconds(5), "--margin=0s", "--backup=" + backup, "--prefix=eu-");

        assertThat(moved.code()).as(moved.err()).isZero();
        assertThat(where("eu-job-service-reports", ours)).isEqualTo(5);
        assertThat(where("job-service-reports", others)).isEqualTo(9);
        assertThat(Files.readString(backup)).as("by the names of the catalogue").isEqualTo("""
                {"group":"job-service-reports","topic":"creation.events","partition":0,"offset":9}
                """);
    }

    @Test
    void a_group_with_a_member_is_not_set_back() throws Exception {
        var partition = new TopicPartition(Topic.CAMPAIGN_COMMANDS.topicName(), 0);
        var at = Instant.now();
        send(partition, at);
        try (var member = new KafkaConsumer<>(Map.<String, Object>of("bootstrap.servers", bootstrapServers, "group.id",
                "job-service-requests", "auto.offset.reset", "earliest"), new StringDeserializer(),
                new ByteArrayDeserializer())) {
            member.subscribe(List.of(partition.topic()));
            while (member.poll(Duration.ofMillis(100)).isEmpty()) {
                // It joins.
            }
            member.commitSync();

            var refused = run("offsets", "--to=" + at.minusSeconds(1));

            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err()).contains("job-service-requests has members");
        }
        assertThat(where("job-service-requests", partition)).isEqualTo(1);
    }

    @Test
    void everything_is_published_anew_only_where_the_topic_has_nothing() throws Exception {
        store.store(DONE, GONE);
        store.execute("update event_store.feed_position set global_index = 17");
        var backup = folder.resolve("feed.jsonl");

        var anew = run("kafka", "--backup=" + backup);

        assertThat(anew.code()).as(anew.err()).isZero();
        assertThat(texts("select global_index || '/' || catch_up_from from event_store.feed_position"))
                .containsExactly("0/0");
        assertThat(Files.readString(backup)).contains("\"globalIndex\":17", "\"slot\":null");
        publish(DONE.events().subList(0, 1));
        assertThat(run("kafka").err()).contains("job.events has records");
    }

    private static List<StoredEvent> upToWait(LaunchedJob job) {
        var events = job.events();
        var wait = IntStream.range(0, events.size())
                .filter(i -> events.get(i).type().equals("LookScheduled")).findFirst().orElseThrow();
        return events.subList(0, wait + 1);
    }

    private static List<StoredEvent> without(List<StoredEvent> events, int sequence) {
        return events.stream().filter(event -> event.sequence() != sequence).toList();
    }

    private static List<StoredEvent> withOtherId(List<StoredEvent> events, int sequence) {
        return events.stream().map(event -> event.sequence() != sequence ? event
                : new StoredEvent(StoredEvent.NOT_TOLD, UUID.randomUUID().toString(), event.jobId(), sequence,
                        event.time(), event.type(), event.payload(), event.metaData()))
                .toList();
    }

    private static void put(List<StoredEvent> events) throws SQLException {
        try (var connection = store.connect()) {
            for (var event : events) {
                StoreUnderTest.store(connection, event);
            }
        }
    }

    private static void publish(List<StoredEvent> events) throws ExecutionException, InterruptedException {
        for (var event : events) {
            var beside = StoredMetaData.read(event.metaData());
            producer.send(RECORDS.record(Topic.JOB_EVENTS, event.jobId(), event.payload(),
                    new Envelope(event.eventId(), event.type(), "/job-service", event.jobId(), event.at(),
                            event.sequence(), beside.getOrDefault(StoredMetaData.CORRELATION_ID, event.jobId()),
                            beside.get(StoredMetaData.CAUSATION_ID), null, "local", "local")))
                    .get();
        }
    }

    private static void turn(boolean on, KillSwitch... switches) throws ExecutionException, InterruptedException {
        for (var which : switches) {
            var message = KillSwitchTurned.newBuilder().setName(which.wireName()).setEnabled(on).build();
            producer.send(RECORDS.record(Topic.KILL_SWITCHES, which.wireName(), message,
                    Envelope.of(UUID.randomUUID().toString(), "KillSwitchTurned", "/test", which.wireName(),
                            Instant.now())))
                    .get();
        }
    }

    private static void send(TopicPartition to, Instant at) throws ExecutionException, InterruptedException {
        producer.send(new ProducerRecord<>(to.topic(), to.partition(), at.toEpochMilli(), "key", new byte[1])).get();
    }

    private static void stands(String group, TopicPartition partition, long offset)
            throws ExecutionException, InterruptedException {
        admin.alterConsumerGroupOffsets(group, Map.of(partition, new OffsetAndMetadata(offset))).all().get();
    }

    private static long where(String group, TopicPartition partition) throws ExecutionException, InterruptedException {
        return admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get().get(partition).offset();
    }

    /** What the store has of an event, but for its place among those of others. */
    private static List<Object> row(StoredEvent event) {
        return List.of(event.eventId(), event.sequence(), Instant.parse(event.time()), event.type(),
                Arrays.hashCode(event.payload()), StoredMetaData.read(event.metaData()));
    }

    private static List<List<Object>> stored(String jobId) throws SQLException {
        var rows = new ArrayList<List<Object>>();
        try (var connection = store.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select event_identifier, aggregate_identifier, sequence_number,"
                        + " time_stamp, payload_type, payload, meta_data from event_store.domain_events"
                        + " where aggregate_identifier = '" + jobId + "' and type = 'JobAggregate'"
                        + " order by sequence_number")) {
            while (row.next()) {
                rows.add(row(new StoredEvent(0, row.getString(1), row.getString(2), row.getLong(3), row.getString(4),
                        row.getString(5), row.getBytes(6), row.getBytes(7))));
            }
        }
        return rows;
    }

    private static List<String> texts(String sql) throws SQLException {
        var found = new ArrayList<String>();
        try (var connection = store.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            while (row.next()) {
                found.add(row.getString(1));
            }
        }
        return found;
    }

    private Ran run(String command, String... more) {
        var out = new StringWriter();
        var err = new StringWriter();
        var environment = new HashMap<>(Map.of("SPRING_DATASOURCE_URL", store.address().url(),
                "SPRING_DATASOURCE_USERNAME", String.valueOf(store.address().user()), "SPRING_DATASOURCE_PASSWORD",
                String.valueOf(store.address().password())));
        var all = Stream.concat(Stream.of("recover", command, "--bootstrap-servers", bootstrapServers),
                Stream.of(more)).collect(Collectors.toCollection(ArrayList::new));
        if (!command.equals("check") && all.stream().noneMatch(argument -> argument.startsWith("--backup"))) {
            all.add("--backup=" + folder.resolve(UUID.randomUUID() + ".jsonl"));
        }
        var code = Tools.run(environment, new PrintWriter(out, true), new PrintWriter(err, true),
                all.toArray(String[]::new));
        return new Ran(code, out.toString(), err.toString());
    }
}
