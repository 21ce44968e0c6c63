package io.campaignlauncher.job.letters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.letters.Redriven.Result;
import io.campaignlauncher.job.view.TestInfrastructure;
import io.campaignlauncher.messaging.letters.DeadLetter;
import io.campaignlauncher.messaging.letters.Redrive;
import io.campaignlauncher.messaging.letters.RedriveOvertaken;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Dead letters on a real broker and in a real database. */
class RedrivesIT {

    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Topic TOPIC = Topic.CAMPAIGN_COMMANDS;
    private static final LetterFilter ALL = new LetterFilter(TOPIC.topicName(), null, null);
    private static final Visibility EVERYTHING = Visibility.everything();
    private static DataSource dataSource;
    private TestLetters letters;

    @BeforeAll
    static void database() {
        dataSource = TestInfrastructure.database("redrives");
    }

    /** Topics that are made anew hold none of what the table learned from those of the test before. */
    @BeforeEach
    void start() {
        TestBroker.shared().emptied();
        letters = TestLetters.on(dataSource);
    }

    @AfterEach
    void stop() {
        letters.close();
    }

    @Test
    void a_letter_is_in_the_table_without_its_value_as_soon_as_it_is_on_the_topic() {
        letters.reader.start();
        await().atMost(PATIENCE).until(letters.reader::isUpToDate);
        var record = letters.request("acme", "EAAsecret");
        letters.park(record, "credentialId is not stored");

        await().atMost(PATIENCE).until(() -> waiting().size() == 1);

        assertThat(waiting().getFirst()).satisfies(letter -> {
            assertThat(letter.place()).isEqualTo(new LetterPlace(TOPIC, 0, 0));
            assertThat(letter.about()).isEqualTo(UUID.fromString(record.key()));
            assertThat(letter.tenant()).isEqualTo("acme");
            assertThat(letter.type()).isEqualTo("CreateCampaign");
            assertThat(letter.valueBytes()).isEqualTo(record.value().length);
            assertThat(letter.advice()).startsWith("Store the access token");
        });
        assertThat(JdbcClient.create(dataSource).sql("select dead_letters::text from dead_letters")
                .query(String.class).single()).doesNotContain("EAAsecret");
    }

    @Test
    void letters_of_one_kind_are_a_group_whatever_ids_their_reasons_name() {
        letters.park(letters.request("acme", "u"), "no ad account act_17 for " + UUID.randomUUID());
        letters.park(letters.request("acme", "u"), "no ad account act_18 for " + UUID.randomUUID());
        letters.park(letters.request("acme", "u"), "another reason");
        letters.upToDate();

        assertThat(letters.table.groups(EVERYTHING, new LetterFilter(null, null, null)))
                .extracting(LetterGroup::reasonKind, LetterGroup::count)
                .containsExactly(tuple("no ad account … for …", 2),
                        tuple("another reason", 1));
    }

    @Test
    void a_letter_is_redriven_as_it_was_once_and_a_second_time_only_when_told_to() {
        var record = letters.request("acme", "u");
        letters.park(record, "a reason");
        letters.upToDate();

        assertThat(results(letters.redrives.redrive(EVERYTHING, ALL, false))).containsExactly(Result.REDRIVEN);
        assertThat(letters.redrives.redrive(EVERYTHING, ALL, false).letters()).isEmpty();
        assertThat(results(letters.redrives.redrive(EVERYTHING, new LetterPlace(TOPIC, 0, 0), false).orElseThrow()))
                .containsExactly(Result.ALREADY);
        assertThat(letters.redriven()).singleElement().satisfies(again -> {
            assertThat(again.key()).isEqualTo(record.key());
            assertThat(again.value()).isEqualTo(record.value());
            assertThat(again.headers().toArray()).startsWith(record.headers().toArray());
            assertThat(again.headers().lastHeader("redriven-from")).isNotNull();
            assertThat(again.headers()).noneMatch(header -> header.key().startsWith("dlt-"));
        });

        assertThat(results(letters.redrives.redrive(EVERYTHING, new LetterPlace(TOPIC, 0, 0), true).orElseThrow()))
                .containsExactly(Result.REDRIVEN);
        assertThat(letters.redriven()).hasSize(2);
    }

    @Test
    void what_a_process_redrove_that_died_before_it_noted_it_here_is_not_redriven_again() {
        letters.park(letters.request("acme", "u"), "a reason");
        letters.upToDate();
        redrivenElsewhere();
        assertThat(waiting()).as("the table has not heard of it").hasSize(1);

        assertThat(results(letters.redrives.redrive(EVERYTHING, ALL, false))).containsExactly(Result.ALREADY);

        assertThat(letters.redriven()).hasSize(1);
        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_process_that_died_within_has_redriven_nothing_and_the_next_one_does() {
        letters.park(letters.request("acme", "u"), "a reason");
        letters.upToDate();
        var producer = letters.clients().transactions("dies", "redrive-" + TOPIC.deadLetterName(), PATIENCE, PATIENCE);
        producer.initTransactions();
        producer.beginTransaction();
        letters.kafka.read(TOPIC, List.of(new LetterPlace(TOPIC, 0, 0)),
                record -> producer.send(new ProducerRecord<>(TOPIC.topicName(), record.key(), record.value())));
        producer.flush();

        assertThat(results(letters.redrives.redrive(EVERYTHING, ALL, false))).containsExactly(Result.REDRIVEN);

        producer.close(Duration.ZERO);
        await().atMost(PATIENCE).until(() -> committed().size() == 1);
    }

    @Test
    void of_two_at_once_each_letter_goes_by_one() {
        park(200);
        letters.upToDate();
        try (var other = TestLetters.on(dataSource)) {
            var both = Stream.of(letters, other)
                    .map(one -> CompletableFuture.supplyAsync(() -> one.redrives.redrive(EVERYTHING, ALL, false)))
                    .toList();
            var results = both.stream().flatMap(one -> one.join().letters().stream()).map(Redriven.One::result)
                    .toList();

            assertThat(results).filteredOn(Result.REDRIVEN::equals).hasSizeLessThanOrEqualTo(200);
            letters.redrives.redrive(EVERYTHING, ALL, false);
        }
        assertThat(committed()).extracting(ConsumerRecord::key).hasSize(200).doesNotHaveDuplicates();
        assertThat(waiting()).isEmpty();
    }

    @Test
    void one_that_was_overtaken_publishes_nothing_more() {
        letters.park(letters.request("acme", "u"), "a reason");
        try (var first = new Redrive(letters.clients(), TOPIC); var _ = new Redrive(letters.clients(), TOPIC)) {
            var found = new ArrayList<DeadLetter>();
            letters.kafka.read(TOPIC, List.of(new LetterPlace(TOPIC, 0, 0)),
                    record -> found.add(new DeadLetter(record)));

            assertThatThrownBy(() -> first.publish(found)).isInstanceOf(RedriveOvertaken.class);
        }
        assertThat(committed()).isEmpty();
    }

    @Test
    void letters_go_in_the_order_in_which_they_were_given_up_and_what_is_beyond_the_bound_is_told() {
        var keys = park(Redrives.LETTERS_MAX + 30);
        letters.upToDate();

        var first = letters.redrives.redrive(EVERYTHING, ALL, false);
        assertThat(first.letters()).hasSize(Redrives.LETTERS_MAX);
        assertThat(first.letters()).extracting(one -> one.place().offset()).isSorted();
        assertThat(first.left()).isEqualTo(30);
        assertThat(letters.redrives.redrive(EVERYTHING, ALL, false).letters()).hasSize(30);

        assertThat(committed()).extracting(ConsumerRecord::key).containsExactlyInAnyOrderElementsOf(keys);
        committed().stream().collect(Collectors.groupingBy(ConsumerRecord::partition)).values()
                .forEach(partition -> assertThat(partition).extracting(record -> keys.indexOf(record.key()))
                        .isSorted());
    }

    @Test
    void what_was_kept_without_its_value_or_came_from_elsewhere_is_told_and_the_others_go() {
        letters.park(new ConsumerRecord<>(TOPIC.topicName(), 1, 0, UUID.randomUUID().toString(), new byte[2_000_000]),
                "too large");
        letters.park(letters.request("acme", "u"), "a reason");
        letters.upToDate();

        var redriven = letters.redrives.redrive(EVERYTHING, ALL, false);

        assertThat(results(redriven)).containsExactly(Result.IMPOSSIBLE, Result.REDRIVEN);
        assertThat(redriven.letters().getFirst().detail()).contains("too large");
        assertThat(waiting()).singleElement().extracting(Letter::valueBytes).isEqualTo(2_000_000L);
    }

    @Test
    void ten_thousand_letters_are_read_once_each_and_shown_page_by_page() {
        park(10_000);
        letters.upToDate();
        letters.upToDate();

        assertThat(JdbcClient.create(dataSource).sql("select count(*) from dead_letters").query(Long.class).single())
                .isEqualTo(10_000);
        assertThat(letters.table.groups(EVERYTHING, ALL)).singleElement().extracting(LetterGroup::count)
                .isEqualTo(10_000);
        var page = letters.table.letters(EVERYTHING, ALL, false, Long.MAX_VALUE, 500);
        var next = letters.table.letters(EVERYTHING, ALL, false, page.getLast().number(), 500);
        assertThat(Stream.concat(page.stream(), next.stream()).map(letter -> letter.place().offset()))
                .containsExactlyElementsOf(IntStream.range(0, 1000).mapToObj(i -> 9_999L - i).toList());
        assertThat(letters.redrives.shown(next.getLast(), true).orElseThrow().value()).isNotNull();
    }

    @Test
    void the_table_forgets_letters_of_a_topic_that_was_made_anew() {
        park(3);
        letters.upToDate();
        assertThat(waiting()).hasSize(3);
        letters.close();

        start();
        letters.upToDate();

        assertThat(waiting()).isEmpty();
    }

    @Test
    void a_value_shows_its_shape_and_of_its_texts_only_how_long_they_are() {
        letters.park(letters.request("acme", "EAAsecret"), "a reason");
        letters.upToDate();

        var shown = letters.redrives.shown(waiting().getFirst(), true).orElseThrow();

        assertThat(shown.headers()).containsEntry("ce_type", "CreateCampaign").containsEntry("ce_tenant", "acme");
        assertThat(String.valueOf(shown.value())).contains("*** (9 characters)").doesNotContain("EAA", "acme");
        assertThat(letters.redrives.shown(waiting().getFirst(), false).orElseThrow().value()).isNull();
    }

    @Test
    void a_stranger_can_write_neither_a_note_nor_a_text_that_is_shown() {
        var record = letters.request("acme", "u");
        record.headers().add("dlt-redriven-offset", "x".getBytes(StandardCharsets.UTF_8))
                .remove("ce_id").add("ce_id", "EAAsecret".getBytes(StandardCharsets.UTF_8));
        letters.park(record, "a reason");
        letters.upToDate();

        assertThat(waiting()).hasSize(1);
        assertThat(letters.redrives.shown(waiting().getFirst(), true).orElseThrow().toString())
                .doesNotContain("EAAsecret");
    }

    private List<Letter> waiting() {
        return letters.table.letters(EVERYTHING, new LetterFilter(null, null, null), false, Long.MAX_VALUE, 500);
    }

    private List<String> park(int count) {
        var records = IntStream.range(0, count).mapToObj(_ -> letters.request("acme", "u")).toList();
        letters.park(records, "a reason");
        return records.stream().map(ConsumerRecord::key).toList();
    }

    /** As another process does it, of which this database hears nothing. */
    private void redrivenElsewhere() {
        try (var redrive = new Redrive(letters.clients(), TOPIC)) {
            var found = new ArrayList<DeadLetter>();
            letters.kafka.read(TOPIC, List.of(new LetterPlace(TOPIC, 0, 0)),
                    record -> found.add(new DeadLetter(record)));
            redrive.publish(found);
        }
    }

    private static List<Result> results(Redriven redriven) {
        return redriven.letters().stream().map(Redriven.One::result).toList();
    }

    /** What readers of committed records see. */
    private List<ConsumerRecord<String, byte[]>> committed() {
        var found = new ArrayList<ConsumerRecord<String, byte[]>>();
        try (var consumer = letters.clients().reader("test",
                new StringDeserializer(), PATIENCE)) {
            var partitions = consumer.partitionsFor(TOPIC.topicName()).stream()
                    .map(info -> new TopicPartition(TOPIC.topicName(), info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            var ends = consumer.endOffsets(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ofMillis(50)).forEach(found::add);
            }
        }
        return found;
    }
}
