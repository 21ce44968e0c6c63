package io.campaignlauncher.tools;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.DeadLetters;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.messaging.TopicAdministrator;
import io.campaignlauncher.schemas.CreateCampaign;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.worker.RetrySettings;
import io.campaignlauncher.worker.TopicListeners;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** The commands on a real broker, with dead letters that a real listener made. */
class DeadLettersIT {

    private static final Topic TOPIC = Topic.CAMPAIGN_COMMANDS;
    private static final String SECRET = "EAAverySecretToken123";

    private static String bootstrapServers;
    private static KafkaProducer<String, byte[]> producer;

    private final LaunchRecords records = new LaunchRecords();

    private record CommandResult(int code, String out, String err) {

        List<String> lines() {
            return out.lines().skip(1).toList();
        }
    }

    @BeforeAll
    static void connect() {
        bootstrapServers = TestBroker.shared().bootstrapServers();
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", bootstrapServers, "acks", "all"),
                new StringSerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void disconnect() {
        producer.close();
    }

    @BeforeEach
    void empty_topics() {
        TestBroker.shared().emptied();
        var topics = new TopicAdministrator(
                KafkaSettings.of("test", bootstrapServers, (short) -1, TestBroker.CLIENT_SETTINGS), Clock.systemUTC());
        topics.start();
        topics.ready().block(Duration.ofSeconds(30));
        topics.stop();
    }

    @Test
    void a_record_that_was_given_up_is_listed_mended_redriven_and_handled() {
        var request = request();
        var mended = new CopyOnWriteArrayList<String>();
        var good = new CopyOnWriteArrayList<String>();
        try (var _ = listening(received -> mended.isEmpty()
                ? Mono.error(new IllegalStateException("no credential, access_token=" + SECRET))
                : Mono.fromRunnable(() -> good.add(received.envelope().id())))) {
            send(request);
            await().atMost(Duration.ofSeconds(20)).until(() -> list().size() == 1);
            var line = list().getFirst();
            assertThat(line.split("\t")).hasSize(10).startsWith(TOPIC.deadLetterName(), "0@0")
                    .contains("CreateCampaign", "a-listener", "waits", request.key(),
                            Integer.toString(request.value().length));
            assertThat(line).contains("no credential").contains(TOPIC.topicName() + "-").doesNotContain(SECRET);

            mended.add("now");
            assertThat(run("dead-letters", "redrive", "--topic", TOPIC.topicName(), "--offset", "0").code()).isZero();

            await().atMost(Duration.ofSeconds(20)).until(() -> good.size() == 1);
        }
        var published = read(TOPIC.topicName());
        assertThat(published).hasSize(2);
        var first = published.getFirst();
        var again = published.getLast();
        assertThat(again.key()).isEqualTo(first.key());
        assertThat(again.value()).isEqualTo(first.value());
        assertThat(again.partition()).isEqualTo(first.partition());
        var headers = new ArrayList<>(List.of(again.headers().toArray()));
        assertThat(headers.removeLast()).satisfies(header -> {
            assertThat(header.key()).isEqualTo("redriven-from");
            assertThat(new String(header.value(), StandardCharsets.UTF_8)).isEqualTo("campaign.commands.dlt-0@0");
        });
        assertThat(headers).containsExactly(first.headers().toArray());
        assertThat(list()).as("nothing waits any more").isEmpty();
    }

    @Test
    void a_record_is_redriven_once_and_a_second_time_only_when_told_to() {
        park(request(), "a reason");
        assertThat(redriveAll().code()).isZero();

        assertThat(redriveAll()).satisfies(answer -> {
            assertThat(answer.code()).isZero();
            assertThat(answer.out()).isEmpty();
        });
        assertThat(run("dead-letters", "redrive", "--topic", TOPIC.topicName(), "--offset", "0")).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err()).contains("was redriven already").contains("--again");
        });
        assertThat(read(TOPIC.topicName())).hasSize(1);

        assertThat(run("dead-letters", "redrive", "--topic", TOPIC.topicName(), "--offset", "0", "--again").code())
                .isZero();
        assertThat(read(TOPIC.topicName())).hasSize(2);
        assertThat(run("dead-letters", "list", "--redriven").lines()).singleElement().asString().contains("redriven");
    }

    @Test
    void a_record_that_comes_back_waits_once_more() {
        park(request(), "a reason");
        redriveAll();
        var again = read(TOPIC.topicName()).getFirst();
        deadLetters().park(again, "a second reason", "a-listener").block();

        assertThat(list()).singleElement().asString().contains("came back").contains("a second reason");
        assertThat(redriveAll().code()).isZero();
        assertThat(read(TOPIC.topicName())).hasSize(2)
                .allSatisfy(record -> assertThat(record.headers().headers("redriven-from")).hasSize(1))
                .allSatisfy(record -> assertThat(record.value()).isEqualTo(again.value()));
    }

    @Test
    void a_record_without_value_or_key_or_headers_is_kept_as_it_was() {
        deadLetters().park(new ConsumerRecord<>(TOPIC.topicName(), 2, 7, null, null), "empty", "a-listener").block();
        assertThat(list()).singleElement().asString().contains("campaign.commands-2@7\t?\t0\ta-listener");

        assertThat(redriveAll().code()).isZero();

        assertThat(read(TOPIC.topicName())).singleElement().satisfies(record -> {
            assertThat(record.key()).isNull();
            assertThat(record.value()).isNull();
        });
        assertThat(list()).isEmpty();
    }

    @Test
    void a_record_that_was_too_large_to_be_kept_is_shown_as_such_and_is_not_redriven() {
        var tooLarge = request();
        park(new ProducerRecord<>(tooLarge.topic(), null, tooLarge.key(), new byte[2_000_000], tooLarge.headers()),
                "a reason");
        park(request(), "another reason");

        assertThat(list()).hasSize(2).first().asString().contains("campaign.commands-1@0\tCreateCampaign\t2000000\t")
                .contains("\twithout value\t").contains("a reason");

        var answer = redriveAll();
        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("0@0 was kept without value").contains("campaign.commands-1@0");
        assertThat(read(TOPIC.topicName())).hasSize(1);
        assertThat(list()).hasSize(1);
    }

    @Test
    void many_records_go_in_their_order_and_the_list_shows_the_latest() {
        var requests = new ArrayList<ProducerRecord<String, byte[]>>();
        for (int i = 0; i < 230; i++) {
            requests.add(request());
            park(requests.getLast(), "reason " + i);
        }
        var listed = run("dead-letters", "list", "--topic", TOPIC.deadLetterName(), "--limit", "3");
        assertThat(listed.lines()).hasSize(3).last().asString().contains("reason 229");
        assertThat(listed.err()).contains("227 older ones");

        assertThat(redriveAll().out().lines()).hasSize(230);

        assertThat(read(TOPIC.topicName())).extracting(ConsumerRecord::key)
                .containsExactlyInAnyOrderElementsOf(requests.stream().map(ProducerRecord::key).toList());
    }

    @Test
    void what_says_that_it_came_from_elsewhere_is_left_and_the_others_go() {
        send(new ProducerRecord<>(TOPIC.deadLetterName(), "a-stranger",
                "\u001b[31mred".getBytes(StandardCharsets.UTF_8)));
        park(request(), "a \u001b[31mred reason");
        assertThat(list()).hasSize(2).noneMatch(line -> line.contains("\u001b") || line.contains("a-stranger"));

        var answer = redriveAll();

        assertThat(answer.code()).isEqualTo(1);
        assertThat(answer.err()).contains("0@0 does not say that it came from campaign.commands");
        assertThat(read(TOPIC.topicName())).hasSize(1);
    }

    @Test
    void a_strangers_header_hides_no_dead_letter() {
        var request = request();
        request.headers().add("dlt-redriven-offset", "0".getBytes(StandardCharsets.UTF_8));
        park(request, "a reason");

        assertThat(list()).hasSize(1);
    }

    @Test
    void exit_codes_tell_done_from_impossible_from_not_understood() {
        assertThat(run("dead-letters", "list").code()).isZero();
        assertThat(run("dead-letters", "redrive", "--topic", "campaign.commands", "--all").code()).isZero();
        assertThat(run("dead-letters", "redrive", "--topic", "campaign.commands", "--offset", "5"))
                .satisfies(answer -> {
                    assertThat(answer.code()).isEqualTo(1);
                    assertThat(answer.err().lines()).containsExactly(
                            "there is no dead letter at 0@5 of campaign.commands.dlt");
                });
        assertThat(run("dead-letters", "list", "--topic", "no.such.topic").code()).isEqualTo(2);
        assertThat(run("dead-letters", "list", "--limit", "0").code()).isEqualTo(2);
        assertThat(run("dead-letters", "redrive", "--topic", "campaign.commands").code()).isEqualTo(2);
        assertThat(run("dead-letters", "redrive", "--topic", "campaign.commands", "--all", "--offset", "1").code())
                .isEqualTo(2);
        assertThat(execute("dead-letters", "list", "--bootstrap-servers", "not a server")).satisfies(answer -> {
            assertThat(answer.code()).isEqualTo(1);
            assertThat(answer.err().lines()).hasSize(1);
        });
    }

    private interface Handler {
        Mono<Void> handle(LaunchRecords.Received received);
    }

    private Listening listening(Handler handler) {
        var settings = KafkaSettings.of("test", bootstrapServers, (short) -1, TestBroker.CLIENT_SETTINGS);
        var listener = new TopicListeners(settings, records, deadLetters(), Mono::empty, new SimpleMeterRegistry(),
                Clock.systemUTC(), new RetrySettings(0, Duration.ZERO, Duration.ZERO), Schedulers.parallel())
                .listen(new Progress("test", new SimpleMeterRegistry()), "a-listener", TOPIC, Set.of("CreateCampaign"),
                        10, handler::handle);
        listener.start();
        return listener::stop;
    }

    private interface Listening extends AutoCloseable {
        @Override
        void close();
    }

    private DeadLetters deadLetters() {
        RecordPublisher publisher = record -> Mono.fromRunnable(() -> send(record));
        return new DeadLetters(publisher, new SimpleMeterRegistry(), Clock.systemUTC());
    }

    private void park(ProducerRecord<String, byte[]> record, String reason) {
        var received = new ConsumerRecord<>(record.topic(), 1, 0, record.key(), record.value());
        record.headers().forEach(received.headers()::add);
        deadLetters().park(received, reason, "a-listener").block();
    }

    private ProducerRecord<String, byte[]> request() {
        return records.createCampaign(CreateCampaign.newBuilder().setUserId("u")
                .setIdempotencyKey(UUID.randomUUID().toString()).build(), "/test", Instant.now());
    }

    private static void send(ProducerRecord<String, byte[]> record) {
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> list() {
        var answer = run("dead-letters", "list");
        assertThat(answer.code()).as(answer.err()).isZero();
        return answer.lines();
    }

    private static CommandResult redriveAll() {
        return run("dead-letters", "redrive", "--topic", TOPIC.topicName(), "--all");
    }

    private static CommandResult run(String... args) {
        var connected = new ArrayList<>(List.of(args));
        connected.addAll(List.of("--bootstrap-servers", bootstrapServers));
        return execute(connected.toArray(String[]::new));
    }

    private static CommandResult execute(String... args) {
        var out = new StringWriter();
        var err = new StringWriter();
        return new CommandResult(Tools.run(new PrintWriter(out), new PrintWriter(err), args), out.toString(),
                err.toString());
    }

    /** Everything up to what was written by now: a commit is answered before a reader of committed records can see its end. */
    private static List<ConsumerRecord<String, byte[]>> read(String topic) {
        try (var consumer = consumer("read_committed"); var ahead = consumer("read_uncommitted")) {
            var partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition())).toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = ahead.endOffsets(partitions);
            var read = new ArrayList<ConsumerRecord<String, byte[]>>();
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(100)).forEach(read::add);
            }
            read.sort((one, other) -> Long.compare(one.timestamp(), other.timestamp()));
            return read;
        }
    }

    private static KafkaConsumer<String, byte[]> consumer(String isolation) {
        return new KafkaConsumer<>(
                Map.<String, Object>of("bootstrap.servers", bootstrapServers, "isolation.level", isolation),
                new StringDeserializer(), new ByteArrayDeserializer());
    }
}
