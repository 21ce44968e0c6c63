package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static io.campaignlauncher.messaging.TestKafka.TOPIC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Following whole topics of a real broker. */
class TopicFollowerIT {

    private final TestKafka kafka = new TestKafka();
    private final Reading reading = new Reading();
    private TopicFollower follower;

    /** Notes what it is told. */
    private static final class Reading implements TopicFollower.Follower {

        final List<String> keys = new CopyOnWriteArrayList<>();
        volatile Predicate<String> failing = _ -> false;
        volatile boolean caughtUp;
        volatile long behind = -1;
        volatile int keysWhenCaughtUp = -1;

        @Override
        public void take(ConsumerRecord<String, byte[]> record) {
            if (failing.test(record.key())) {
                throw new IllegalStateException("not now");
            }
            keys.add(record.key());
        }

        @Override
        public void polled(boolean caughtUp, long behind) {
            if (caughtUp && !this.caughtUp) {
                keysWhenCaughtUp = keys.size();
            }
            this.caughtUp = caughtUp;
            this.behind = behind;
        }
    }

    @AfterEach
    void stop() {
        if (follower != null) {
            follower.stop();
        }
        kafka.close();
    }

    @Test
    void reads_all_that_is_there_says_so_and_goes_on() {
        publish(0, 30);
        follow(Optional.empty());

        await().atMost(PATIENCE).until(() -> reading.caughtUp);
        assertThat(reading.keysWhenCaughtUp).isEqualTo(30);
        publish(30, 40);
        await().atMost(PATIENCE).until(() -> reading.keys.size() == 40 && reading.behind == 0);
        assertThat(reading.keys).containsExactlyInAnyOrderElementsOf(keys(0, 40));
        assertThat(kafka.committed("follower", 0)).as("it is in no group").isZero();
    }

    @Test
    void begins_with_the_time_that_it_is_told() {
        var from = Instant.parse("2026-03-29T12:00:00Z");
        publishAt("before", from.minusMillis(1), 0);
        publishAt("then", from, 0);
        publishAt("later", from.plusSeconds(60), 1);
        publishAt("older in another partition", from.minusSeconds(60), 2);
        follow(Optional.of(from));

        await().atMost(PATIENCE).until(() -> reading.caughtUp);
        assertThat(reading.keys).containsExactlyInAnyOrder("then", "later");
        publishAt("new there", from.minusSeconds(30), 2);
        await().atMost(PATIENCE).until(() -> reading.keys.contains("new there"));
    }

    @Test
    void an_empty_topic_is_read_at_once() {
        follow(Optional.of(Instant.now()));

        await().atMost(PATIENCE).until(() -> reading.caughtUp);
        publish(0, 1);
        await().atMost(PATIENCE).until(() -> !reading.keys.isEmpty());
    }

    @Test
    void what_could_not_be_taken_comes_again() {
        reading.failing = "7"::equals;
        publish(0, 10);
        follow(Optional.empty());
        await().atMost(PATIENCE).until(() -> !reading.keys.isEmpty());
        assertThat(reading.caughtUp).isFalse();
        reading.failing = _ -> false;

        await().atMost(PATIENCE).until(() -> reading.caughtUp);
        assertThat(Set.copyOf(reading.keys)).containsExactlyInAnyOrderElementsOf(keys(0, 10));
    }

    @Test
    void goes_on_where_it_was_after_it_was_stopped() {
        publish(0, 10);
        follow(Optional.empty());
        await().atMost(PATIENCE).until(() -> reading.caughtUp);
        follower.stop();
        publish(10, 20);
        follower.start();

        await().atMost(PATIENCE).until(() -> reading.keys.size() >= 20);
        assertThat(reading.keys).containsExactlyInAnyOrderElementsOf(keys(0, 20));
    }

    @Test
    void waits_for_a_topic_that_is_not_there_yet() throws Exception {
        try (var admin = new KafkaClients(kafka.settings).admin("test")) {
            admin.deleteTopics(List.of(TOPIC.topicName())).all().get();
            await().atMost(PATIENCE).until(() -> !admin.listTopics().names().get().contains(TOPIC.topicName()));
        }
        follow(Optional.empty());
        assertThat(follower.isRunning()).isTrue();
        var topics = new TopicAdministrator(kafka.settings, Clock.systemUTC());
        topics.start();
        topics.ready().block(PATIENCE);
        topics.stop();
        publish(0, 1);

        await().atMost(PATIENCE).until(() -> reading.keys.equals(List.of("0")));
    }

    private void follow(Optional<Instant> from) {
        follower = new TopicFollower(kafka.settings, "follower", Set.of(TOPIC), () -> from, reading, Clock.systemUTC());
        follower.start();
    }

    private void publish(int from, int to) {
        keys(from, to).forEach(key -> kafka.publish(kafka.message(key)));
    }

    private void publishAt(String key, Instant at, int partition) {
        kafka.publish(new ProducerRecord<>(TOPIC.topicName(), partition, at.toEpochMilli(), key, new byte[]{ 1 }));
    }

    private static List<String> keys(int from, int to) {
        return IntStream.range(from, to).mapToObj(Integer::toString).toList();
    }
}
