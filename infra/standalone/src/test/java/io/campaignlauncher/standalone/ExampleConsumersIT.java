package io.campaignlauncher.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.standalone.ExampleProgram.Language;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The consumers of docs/examples/consumers, logged in as an app, read the events of real launches and come to what the HTTP API
 * says of them. They read a copy of the topic, which has what the real one may have: records told twice, news of another release, and
 * records that nobody can read.
 */
@OnRunningSystem
class ExampleConsumersIT {

    private static final int PARTITIONS = 3;

    private final RunningSystem system;
    private final String topic = "app-copy-" + UUID.randomUUID();
    private final String group = "app-example-" + UUID.randomUUID();
    private final List<ProducerRecord<String, byte[]>> broken = new ArrayList<>();
    private long readable;
    private long repeats;
    private long strange;
    @TempDir
    private Path folder;

    ExampleConsumersIT(RunningSystem system) {
        this.system = system;
    }

    @BeforeEach
    void make() throws Exception {
        try (var admin = admin()) {
            admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
        }
    }

    @AfterEach
    void remove() throws Exception {
        try (var admin = admin()) {
            var own = admin.listTopics().names().get().stream().filter(List.of(topic, letters())::contains).toList();
            admin.deleteTopics(own).all().get();
            // Of one that was killed.
            await().atMost(RunningSystem.PATIENCE).ignoreExceptions().until(() -> {
                if (admin.listGroups().all().get().stream().anyMatch(one -> one.groupId().equals(group))) {
                    admin.deleteConsumerGroups(List.of(group)).all().get();
                }
                return true;
            });
        }
    }

    @ParameterizedTest
    @EnumSource
    void tells_how_launches_ended_whatever_comes_twice_or_cannot_be_read(Language language) throws Exception {
        var command = ExampleProgram.command(language, folder);
        var jobs = launches();
        publishCopy(jobs);

        JsonNode first;
        try (var program = start(command, system.standalone().api().toString())) {
            program.figures(figures -> all(figures, jobs, repeats, broken.size()));
            first = program.stop();
            assertThat(ends(program)).containsExactlyInAnyOrderElementsOf(jobs.stream().map(this::end).toList());
        }
        assertThat(first.path("outcomes")).isEqualTo(outcomes(jobs));
        assertThat(first.path("cancelled").intValue()).isEqualTo(1);
        assertThat(first.path("underWay").intValue()).as("what cannot be read says of no launch that it exists")
                .isZero();
        var completed = jobs.stream().filter(job -> job.path("status").asString().equals("completed"))
                .mapToDouble(ExampleConsumersIT::seconds).sorted().toArray();
        assertThat(first.path("seconds").path("completed").path("max").doubleValue())
                .isEqualTo(completed[completed.length - 1]);
        assertThat(first.path("seconds").path("completed").path("median").doubleValue())
                .isEqualTo(completed[(completed.length - 1) / 2]);
        assertThat(deadLetters()).as("as they came").containsExactlyInAnyOrderElementsOf(
                broken.stream().map(record -> described(record.key(), record.value(), record.headers())).toList());

        everythingComesAgain();
        try (var program = start(command, released())) {
            var again = program.figures(figures -> all(figures, jobs, repeats + readable, 2 * broken.size()));
            assertThat(again.path("outcomes")).isEqualTo(first.path("outcomes"));
            assertThat(again.path("seconds")).isEqualTo(first.path("seconds"));
            assertThat(ends(program)).as("what was told is not told again").isEmpty();
            await().atMost(RunningSystem.PATIENCE).untilAsserted(() -> assertThat(lag()).isZero());
            program.stop();
        }
    }

    @ParameterizedTest
    @EnumSource
    void killed_at_any_point_it_goes_on_where_it_was_and_without_its_file_it_begins_again(Language language)
            throws Exception {
        var command = ExampleProgram.command(language, folder);
        var jobs = launches();
        publishCopy(jobs.subList(0, 2));
        var some = broken.size();
        try (var program = start(command, released())) {
            program.figures(figures -> all(figures, jobs.subList(0, 2), repeats, some));
            program.kill();
        }
        Files.writeString(folder.resolve("state.jsonl"), "{\"count\":\"repe", StandardOpenOption.APPEND);
        publishCopy(jobs.subList(2, jobs.size()));
        try (var program = start(command, released())) {
            var figures = program.figures(seen -> outcomes(jobs).equals(seen.path("outcomes")));
            assertThat(figures.path("underWay").intValue()).isZero();
            program.stop();
        }
        Files.delete(folder.resolve("state.jsonl"));
        try (var program = start(command, released())) {
            program.figures(figures -> all(figures, jobs, repeats, broken.size()));
            program.stop();
        }
    }

    private ExampleProgram start(List<String> command, String schemas) throws Exception {
        var environment = Map.of("KAFKA_BOOTSTRAP_SERVERS", system.standalone().kafka().bootstrapServers(),
                "KAFKA_USERNAME", "app", "KAFKA_PASSWORD",
                Files.readString(system.standalone().folder().resolve("kafka/passwords/app")).strip(),
                "GROUP", group, "TOPIC", topic, "SCHEMAS", schemas, "STATE", "state.jsonl", "EVERY_SECONDS", "0.2");
        return ExampleProgram.start(command, environment, folder);
    }

    private static String released() {
        return Path.of("../../schemas/src/main/resources/released").toAbsolutePath().normalize().toString();
    }

    /** One for each way to end, as the HTTP API shows them. */
    private List<JsonNode> launches() {
        var completed = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        var another = Requests.forAds(system.freshAccount(), 2).build();
        var refused = Requests.oneFiftyOne("act_1002", 2).build();
        var suspended = Requests.oneFiftyOne(system.freshAccount(), 3).build();
        system.fault(suspended.getAdAccountId(), FaultTarget.CREATE_AD_SET, FaultEffect.accountDisabled(), 2, 1);
        var cancelled = Requests.oneFiftyOne(system.freshAccount(), 2)
                .setStartAt(Instant.now().plus(Duration.ofDays(1)).truncatedTo(ChronoUnit.SECONDS).toString()).build();
        var all = List.of(completed, another, refused, suspended, cancelled);
        all.forEach(system::publish);
        var toCancel = RunningSystem.jobId(cancelled);
        await().atMost(RunningSystem.PATIENCE).until(() -> system.http().post("/v1/jobs/" + toCancel + "/cancel",
                Map.of("reason", "not now")).status() == 202);
        var jobs = all.stream().map(request -> system.settled(RunningSystem.jobId(request))).toList();
        await().atMost(RunningSystem.PATIENCE).until(() -> jobs.stream()
                .allMatch(job -> system.published().eventsOf(id(job)).size() == job.path("version").intValue() + 1));
        assertThat(jobs).extracting(job -> job.path("status").asString())
                .containsExactly("completed", "completed", "failed", "rolled_back", "rolled_back");
        return jobs;
    }

    /** Some records come at once again, all of the first launch after its end, and between them what is no news to anybody. */
    private void publishCopy(List<JsonNode> jobs) {
        var one = once(id(jobs.getFirst())).getFirst();
        for (var job : jobs) {
            var history = once(id(job));
            for (int i = 0; i < history.size(); i++) {
                publish(history.get(i), i % 3 == 0 ? 2 : 1);
            }
        }
        once(id(jobs.getFirst())).forEach(record -> {
            publish(record, 1);
            repeats++;
        });
        redrive(one);
        strange++;
        publish(one, new byte[]{ 1, 2, 3 }, with(one, Map.of("ce_type", "LaunchPaused", "ce_sequence", "900")), 2);
        breakRecords(one);
    }

    /** In a transaction, whose end is a mark on the topic. */
    private void redrive(ConsumerRecord<String, byte[]> record) {
        var settings = system.kafka(Map.of("transactional.id", "redrive-" + topic));
        try (var producer = new KafkaProducer<>(settings, new StringSerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            producer.send(new ProducerRecord<>(topic, null, null, record.key(), record.value(), record.headers()));
            producer.commitTransaction();
        }
        readable++;
        repeats++;
    }

    private void breakRecords(ConsumerRecord<String, byte[]> good) {
        var somebody = Map.of("ce_subject", JobIds.of("nobody", UUID.randomUUID().toString()).toString());
        var headers = with(good, somebody);
        var wrong = good.value().clone();
        wrong[5] ^= 0x55;
        giveUp(good, Arrays.copyOf(good.value(), good.value().length - 3), headers);
        giveUp(good, Arrays.copyOf(good.value(), good.value().length + 1), headers);
        giveUp(good, wrong, headers);
        giveUp(good, null, headers);
        giveUp(good, good.value(), new RecordHeaders());
        giveUp((String) null, null, new RecordHeaders().add("ce_type", null));
        giveUp(good, good.value(), with(good, Map.of("ce_sequence", "next")));
        giveUp(good, good.value(),
                with(good, Map.of("ce_subject", somebody.get("ce_subject"), "ce_time", "yesterday")));
    }

    private void giveUp(ConsumerRecord<String, byte[]> good, byte[] value, Headers headers) {
        giveUp(good.key(), value, headers);
    }

    private void giveUp(String key, byte[] value, Headers headers) {
        broken.add(send(key, value, headers));
    }

    private void publish(ConsumerRecord<String, byte[]> record, int times) {
        publish(record, record.value(), record.headers(), times);
    }

    private void publish(ConsumerRecord<String, byte[]> like, byte[] value, Headers headers, int times) {
        for (int i = 0; i < times; i++) {
            send(like.key(), value, headers);
        }
        readable += times;
        repeats += times - 1;
    }

    private ProducerRecord<String, byte[]> send(String key, byte[] value, Headers headers) {
        var record = new ProducerRecord<>(topic, null, null, key, value, headers);
        system.publish(record);
        return record;
    }

    private List<ConsumerRecord<String, byte[]>> once(String jobId) {
        return List.copyOf(system.published().recordsOf(jobId).stream().collect(Collectors.toMap(
                record -> PublishedRecords.header(record, "ce_sequence"), record -> record, (first, _) -> first,
                LinkedHashMap::new)).values());
    }

    private static RecordHeaders with(ConsumerRecord<String, byte[]> record, Map<String, String> instead) {
        var headers = new RecordHeaders(record.headers().toArray());
        instead.forEach((name, value) -> headers.remove(name)
                .add(new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8))));
        return headers;
    }

    private boolean all(JsonNode figures, Collection<JsonNode> jobs, long repeats, long letters) {
        return figures.path("outcomes").valueStream().mapToInt(JsonNode::intValue).sum() == jobs.size()
                && figures.path("repeats").longValue() == repeats && figures.path("deadLetters").longValue() == letters
                && figures.path("skipped").longValue() == strange;
    }

    private static JsonNode outcomes(List<JsonNode> jobs) {
        var outcomes = JsonMapper.shared().createObjectNode();
        jobs.forEach(job -> {
            var status = job.path("status").asString();
            outcomes.put(status, outcomes.path(status).asInt(0) + 1);
        });
        return outcomes;
    }

    private record End(String job, String outcome, boolean cancelled, double seconds, String strategy) {}

    private End end(JsonNode job) {
        return new End(id(job), job.path("status").asString(), job.path("cancelled").isObject(), seconds(job),
                job.path("strategy").asString());
    }

    private static List<End> ends(ExampleProgram program) {
        return program.lines().stream().filter(line -> line.has("job"))
                .map(line -> new End(line.path("job").asString(), line.path("outcome").asString(),
                        line.path("cancelled").booleanValue(), line.path("seconds").doubleValue(),
                        line.path("strategy").asString()))
                .toList();
    }

    private static double seconds(JsonNode job) {
        return ChronoUnit.MILLIS.between(time(job, "createdAt"), time(job, "completedAt")) / 1000.0;
    }

    private static Instant time(JsonNode job, String name) {
        return Instant.parse(job.path(name).asString()).truncatedTo(ChronoUnit.MILLIS);
    }

    private static String id(JsonNode job) {
        return job.path("jobId").asString();
    }

    private String letters() {
        return group + ".dlt";
    }

    private List<String> deadLetters() {
        var settings = new HashMap<>(system.kafka(Map.of("enable.auto.commit", "false")));
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            var partition = List.of(new TopicPartition(letters(), 0));
            consumer.assign(partition);
            consumer.seekToBeginning(partition);
            var end = consumer.endOffsets(partition).get(partition.getFirst());
            var found = new ArrayList<String>();
            while (consumer.position(partition.getFirst()) < end) {
                consumer.poll(Duration.ofMillis(100)).forEach(letter -> {
                    assertThat(PublishedRecords.header(letter, "dlt-reason")).isNotBlank();
                    assertThat(PublishedRecords.header(letter, "dlt-topic")).isEqualTo(topic);
                    found.add(described(letter.key(), letter.value(), letter.headers()));
                });
            }
            return found;
        }
    }

    private static String described(String key, byte[] value, Headers headers) {
        var own = new ArrayList<String>();
        headers.forEach(header -> {
            if (!header.key().startsWith("dlt-")) {
                own.add(header.key() + ": " + Arrays.toString(orEmpty(header.value())));
            }
        });
        return key + " " + Arrays.toString(orEmpty(value)) + " " + own.stream().sorted().toList();
    }

    private static byte[] orEmpty(byte[] bytes) {
        return bytes == null ? new byte[0] : bytes;
    }

    /** As after a restart, or a change feed that begins anew. */
    private void everythingComesAgain() throws Exception {
        try (var admin = admin()) {
            await().atMost(RunningSystem.PATIENCE).ignoreExceptions().until(() -> {
                admin.alterConsumerGroupOffsets(group, partitions().stream()
                        .collect(Collectors.toMap(partition -> partition, _ -> new OffsetAndMetadata(0)))).all().get();
                return true;
            });
        }
    }

    private long lag() throws Exception {
        try (var admin = admin()) {
            var ends = admin.listOffsets(partitions().stream()
                    .collect(Collectors.toMap(partition -> partition, _ -> OffsetSpec.latest()))).all().get();
            var committed = admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata().get();
            return partitions().stream().mapToLong(partition -> ends.get(partition).offset()
                    - (committed.get(partition) == null ? 0 : committed.get(partition).offset())).sum();
        }
    }

    private List<TopicPartition> partitions() {
        return IntStream.range(0, PARTITIONS).mapToObj(partition -> new TopicPartition(topic, partition)).toList();
    }

    private Admin admin() {
        return Admin.create(system.kafka(Map.of()));
    }
}
