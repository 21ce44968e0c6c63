package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.FeatureLevel;
import io.campaignlauncher.schemas.FeatureLevelAnnounced;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.RecordSeal;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.env.MockEnvironment;

class KafkaFeatureLevelsIT {

    private static final FeatureLevelSettings SETTINGS = new FeatureLevelSettings(FeatureLevel.WRITTEN,
            Duration.ofSeconds(1), Duration.ofSeconds(60));
    private static final String TOPIC = Topic.FEATURE_LEVELS.topicName();
    private static final RollbackStarted CONFIRMED = new RollbackStarted("job", "ads refused", "ann", "not worth it");

    private final TestKafka kafka = new TestKafka();
    private final List<Instance> started = new ArrayList<>();

    /** An instance, and what it writes with. */
    private record Instance(KafkaFeatureLevels levels, LaunchRecords records) {

        /** As its own records would bear it. */
        RollbackStarted written() {
            return (RollbackStarted) records.encoding().decode("RollbackStarted", records.encoding().encode(CONFIRMED));
        }
    }

    @AfterEach
    void close() {
        started.parallelStream().forEach(instance -> instance.levels().stop());
        kafka.close();
    }

    @Test
    void nothing_new_is_written_while_an_older_reader_lives_and_it_is_once_that_has_gone() {
        var older = start("/verifier-service", FeatureLevel.FIRST);
        var newer = start("/job-service", FeatureLevel.READ);
        assertThat(newer.written().getConfirmationReason()).as("an older reader is there").isEmpty();

        older.levels().stop();

        await().atMost(PATIENCE).untilAsserted(() -> assertThat(newer.written()).isEqualTo(CONFIRMED));
        assertThat(kafka.all(TOPIC).stream().filter(record -> record.value() == null)).as("it took back what it said")
                .hasSize(1);
    }

    @Test
    void an_older_reader_that_comes_is_heeded_before_it_takes_work() {
        var newer = start("/job-service", FeatureLevel.READ);
        assertThat(newer.written()).isEqualTo(CONFIRMED);

        start("/verifier-service", FeatureLevel.FIRST);

        await().atMost(PATIENCE).until(() -> newer.written().getConfirmationReason().isEmpty());
    }

    @Test
    void nothing_new_is_written_before_it_is_known_who_reads() {
        var silent = instance("/job-service", FeatureLevel.READ, SETTINGS, Clock.systemUTC());
        assertThat(silent.levels().current()).isEqualTo(FeatureLevel.FIRST);
        assertThat(silent.written().getConfirmationReason()).isEmpty();
    }

    @Test
    void what_a_setting_holds_back_is_not_written_though_all_read_it() {
        var held = instance("/job-service", FeatureLevel.READ,
                new FeatureLevelSettings(1, Duration.ofSeconds(1), Duration.ofSeconds(60)), Clock.systemUTC());
        held.levels().start();
        started.add(held);
        held.levels().known().block(PATIENCE);

        assertThat(held.written().getConfirmationReason()).isEmpty();
        assertThat(((FeatureLevelAnnounced) kafka.records.read(announcement()).message()))
                .returns(FeatureLevel.READ, FeatureLevelAnnounced::getReads)
                .returns(1, FeatureLevelAnnounced::getWrites);
    }

    @Test
    void an_instance_says_again_and_again_that_it_is_there() {
        start("/job-service", FeatureLevel.READ);
        await().atMost(PATIENCE).until(() -> kafka.all(TOPIC).size() > 2);
        assertThat(kafka.all(TOPIC).stream().map(ConsumerRecord::key).distinct()).hasSize(1);
    }

    @Test
    void one_that_cannot_be_understood_counts_as_one_that_reads_the_first_level() {
        var newer = start("/job-service", FeatureLevel.READ);
        kafka.publish(new ProducerRecord<>(TOPIC, "stranger", new byte[]{ 1, 2, 3 }));
        await().atMost(PATIENCE).until(() -> newer.levels().current() == FeatureLevel.FIRST);

        kafka.publish(new ProducerRecord<>(TOPIC, "stranger", null));
        await().atMost(PATIENCE).until(() -> newer.levels().current() == FeatureLevel.READ);
    }

    @Test
    void one_that_is_silent_counts_for_a_while_and_only_while_kafka_answers_does_that_while_pass() {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
        var heard = new ArrayList<Integer>();
        var forgotten = new ArrayList<String>();
        var contents = new FeatureLevelContents(kafka.records, Duration.ofMinutes(1), clock(now), heard::add,
                forgotten::add);
        contents.take(consumed(announced("older", 1, now.get().minusSeconds(3_000))));
        contents.take(consumed(announced("newer", 2, now.get())));
        contents.upToDate();
        assertThat(heard).as("just read, nobody had time to say it again").containsExactly(1);

        now.set(now.get().plusSeconds(59));
        contents.stillThere();
        assertThat(heard).containsExactly(1);

        now.set(now.get().plusSeconds(2));
        contents.take(consumed(announced("newer", 2, now.get())));
        assertThat(heard).as("silence counts when Kafka has answered").containsExactly(1);
        contents.stillThere();
        assertThat(heard).containsExactly(1, 2);
        assertThat(forgotten).isEmpty();
    }

    @Test
    void what_was_never_taken_back_is_forgotten_in_the_end() {
        var now = new AtomicReference<>(Instant.parse("2026-01-01T12:00:00Z"));
        var forgotten = new ArrayList<String>();
        var contents = new FeatureLevelContents(kafka.records, Duration.ofMinutes(1), clock(now), _ -> {},
                forgotten::add);
        contents.take(consumed(announced("killed", 1, now.get().minus(Duration.ofHours(2)))));
        now.set(now.get().plusSeconds(61));
        contents.stillThere();
        assertThat(forgotten).containsExactly("killed");
    }

    @Test
    void a_gauge_tells_the_level_as_long_as_the_instance_runs() {
        var instance = start("/job-service", FeatureLevel.READ);
        assertThat(kafka.meters.get("launch.feature.level").tag("service", "job-service").gauge().value())
                .isEqualTo(FeatureLevel.WRITTEN);
        instance.levels().stop();
        assertThat(kafka.meters.find("launch.feature.level").gauge()).isNull();
    }

    @Test
    void settings_that_would_let_an_instance_be_forgotten_between_two_of_its_words_are_refused() {
        assertThatThrownBy(() -> new FeatureLevelSettings(2, Duration.ofSeconds(10), Duration.ofSeconds(19)))
                .hasMessageContaining("launch.feature-level.counts-for");
        assertThatThrownBy(() -> new FeatureLevelSettings(0, Duration.ofSeconds(10), Duration.ofSeconds(60)))
                .hasMessageContaining("launch.feature-level.highest");
        assertThat(Settings.of(new MockEnvironment(), FeatureLevelSettings.class).bound())
                .isEqualTo(FeatureLevel.WRITTEN);
    }

    private Instance start(String source, int reads) {
        var instance = instance(source, reads, SETTINGS, Clock.systemUTC());
        instance.levels().start();
        started.add(instance);
        instance.levels().known().block(PATIENCE);
        await().atMost(PATIENCE).until(() -> instance.levels().current() <= reads);
        return instance;
    }

    private Instance instance(String source, int reads, FeatureLevelSettings settings, Clock clock) {
        var level = new WrittenLevel();
        var records = new LaunchRecords(RecordSeal.NONE, level);
        return new Instance(new KafkaFeatureLevels(kafka.settings, Readiness.always(), kafka.publisher, records, level,
                settings, reads, kafka.meters, source, clock), records);
    }

    private ConsumerRecord<String, byte[]> announcement() {
        return kafka.all(TOPIC).getLast();
    }

    private ProducerRecord<String, byte[]> announced(String instance, int reads, Instant at) {
        return kafka.records.record(Topic.FEATURE_LEVELS, instance, new FeatureLevelAnnounced(instance, reads, reads),
                Envelope.of("id", "FeatureLevelAnnounced", "/job-service", instance, at));
    }

    private static ConsumerRecord<String, byte[]> consumed(ProducerRecord<String, byte[]> record) {
        return new ConsumerRecord<>(record.topic(), 0, 0, record.timestamp(),
                TimestampType.CREATE_TIME, 0, 0, record.key(), record.value(),
                record.headers(), Optional.empty());
    }

    private static Clock clock(AtomicReference<Instant> now) {
        return new Clock() {

            @Override
            public ZoneId getZone() {
                return ZoneOffset.UTC;
            }

            @Override
            public Clock withZone(ZoneId zone) {
                return this;
            }

            @Override
            public Instant instant() {
                return now.get();
            }
        };
    }
}
