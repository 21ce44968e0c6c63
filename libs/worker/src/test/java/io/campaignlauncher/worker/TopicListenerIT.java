package io.campaignlauncher.worker;

import static io.campaignlauncher.worker.TestKafka.PATIENCE;
import static io.campaignlauncher.worker.TestKafka.TOPIC;
import static io.campaignlauncher.worker.TestKafka.TYPE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.testing.GraphFake;
import io.campaignlauncher.testing.LateDoor;
import io.campaignlauncher.testing.TestBroker;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class TopicListenerIT {

    private static final String GROUP = "testers";

    private final TestKafka kafka = new TestKafka();
    private final Queue<String> handled = new ConcurrentLinkedQueue<>();

    @AfterEach
    void close() {
        kafka.close();
    }

    @Test
    void handles_every_message_once_and_commits() {
        var jobs = IntStream.range(0, 500).mapToObj(number -> "job-" + number).toList();
        jobs.forEach(job -> kafka.publish(kafka.message(job)));

        var listener = kafka.listen(GROUP, 20, this::note);
        soon().until(() -> handled.size() >= jobs.size());
        listener.stop();

        kafka.publish(kafka.message("last"));
        kafka.listen(GROUP, 20, this::note);
        soon().until(() -> handled.contains("last"));
        assertThat(handled).hasSize(jobs.size() + 1).containsAll(jobs);
    }

    @Test
    void hands_a_message_published_twice_on_twice() {
        kafka.listen(GROUP, 1, this::note);
        kafka.publish(kafka.message("a"), kafka.message("a"), kafka.message("b"));
        soon().until(() -> handled.contains("b") && handled.size() == 3);
        assertThat(handled).containsExactlyInAnyOrder("a", "a", "b");
    }

    @Test
    void passes_messages_of_other_types_over_and_commits_them() {
        var other = kafka.message("other", 0);
        other.headers().remove("ce_type").add("ce_type", "SnapshotReported".getBytes(StandardCharsets.UTF_8));
        kafka.listen(GROUP, 1, this::note);
        kafka.publish(kafka.message("wanted", 0), other);
        soon().until(() -> kafka.committed(GROUP, 0) == 2);
        assertThat(handled).containsExactly("wanted");
        assertThat(kafka.all(TOPIC.deadLetterName())).isEmpty();
    }

    @Test
    void goes_on_past_a_slow_message_but_does_not_commit_it() {
        var slow = Sinks.<Void>empty();
        kafka.listen(GROUP, 10, received -> subject(received).equals("slow") ? slow.asMono() : note(received));
        kafka.publish(kafka.message("before", 0), kafka.message("slow", 0), kafka.message("after", 0),
                kafka.message("elsewhere", 1));

        soon().until(() -> handled.size() == 3);
        assertThat(handled).containsExactlyInAnyOrder("before", "after", "elsewhere");
        soon().until(() -> kafka.committed(GROUP, 0) == 1 && kafka.committed(GROUP, 1) == 1);

        slow.tryEmitEmpty();
        soon().until(() -> kafka.committed(GROUP, 0) == 3);
    }

    @Test
    void repeats_after_a_restart_what_was_not_committed() {
        var first = kafka.listen(GROUP, 10,
                received -> subject(received).equals("interrupted") ? Mono.never() : note(received));
        kafka.publish(kafka.message("before", 0), kafka.message("interrupted", 0), kafka.message("after", 0));
        soon().until(() -> handled.size() == 2);
        var begun = System.nanoTime();
        first.stop();
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(4));

        handled.clear();
        kafka.listen(GROUP, 10, this::note);
        soon().until(() -> handled.size() == 2);
        assertThat(handled).containsExactlyInAnyOrder("interrupted", "after");
    }

    @Test
    void stopping_waits_for_what_is_nearly_done_and_commits_it() {
        var finish = Sinks.<Void>empty();
        var begun = new AtomicBoolean();
        var listener = kafka.listen(GROUP, 1, _ -> finish.asMono().doOnSubscribe(_ -> begun.set(true)));
        kafka.publish(kafka.message("a", 0));
        soon().untilTrue(begun);
        var stopped = new AtomicBoolean();
        listener.stop(() -> stopped.set(true));
        finish.tryEmitEmpty();
        soon().untilTrue(stopped);
        assertThat(kafka.committed(GROUP, 0)).isEqualTo(1);
    }

    @Test
    void reads_only_so_far_past_a_message_that_does_not_end() {
        var slow = Sinks.<Void>empty();
        var all = 13_000;
        kafka.listen(GROUP, 500, received -> subject(received).equals("slow") ? slow.asMono() : note(received));
        kafka.publish(kafka.message("slow", 0));
        Flux.range(1, all).flatMap(_ -> kafka.publisher.publish(kafka.message("next", 0))).blockLast(PATIENCE);
        soon().until(() -> handled.size() >= 9_000);
        soon().during(Duration.ofMillis(500)).until(() -> handled.size() < 11_500);
        slow.tryEmitEmpty();
        soon().until(() -> handled.size() == all);
    }

    @Test
    void handles_no_more_than_the_limit_at_a_time() {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        kafka.listen(GROUP, 3, received -> Mono.delay(Duration.ofMillis(5))
                .doOnSubscribe(_ -> most.accumulateAndGet(now.incrementAndGet(), Math::max))
                .doOnTerminate(now::decrementAndGet)
                .then(note(received)));
        IntStream.range(0, 200).forEach(number -> kafka.publish(kafka.message("job-" + number)));
        soon().until(() -> handled.size() == 200);
        assertThat(most).hasValue(3);
    }

    @Test
    void calls_the_handler_again_when_it_failed() {
        var calls = new AtomicInteger();
        kafka.listen(GROUP, 1, received -> calls.incrementAndGet() < 3
                ? Mono.error(new IllegalStateException("not yet"))
                : note(received));
        kafka.publish(kafka.message("a", 0));
        soon().until(() -> kafka.committed(GROUP, 0) == 1);
        assertThat(handled).containsExactly("a");
        assertThat(calls).hasValue(3);
        assertThat(kafka.all(TOPIC.deadLetterName())).isEmpty();
    }

    @Test
    void gives_up_after_the_retries_and_goes_on_with_the_next() {
        var calls = new AtomicInteger();
        kafka.listen(GROUP, 1, received -> {
            if (subject(received).equals("bad")) {
                calls.incrementAndGet();
                throw new IllegalStateException("no use with access_token=EAAsecretsecret");
            }
            return note(received);
        });
        kafka.publish(kafka.message("bad", 0), kafka.message("good", 0));
        soon().until(() -> kafka.committed(GROUP, 0) == 2);

        assertThat(handled).containsExactly("good");
        assertThat(calls).hasValue(4);
        var dead = kafka.all(TOPIC.deadLetterName());
        assertThat(dead).hasSize(1);
        assertThat(header(dead.getFirst(), "dlt-reason")).contains("no use").doesNotContain("EAA");
        assertThat(dead.getFirst().value()).isEqualTo(kafka.message("bad").value());
    }

    @Test
    void keeps_what_cannot_be_read_exactly_as_it_was() {
        var broken = new ProducerRecord<>(TOPIC.topicName(), 3, 1234L, "job-ü", new byte[]{ (byte) 0xC3, 1, 2, 3 });
        kafka.message("x").headers().forEach(header -> broken.headers().add(header.key(), header.value()));
        broken.headers().add("extra", new byte[]{ 0, -1 });
        var untyped = new ProducerRecord<String, byte[]>(TOPIC.topicName(), 3, 1235L, null, null);
        kafka.listen(GROUP, 1, this::note);
        kafka.publish(broken, untyped, kafka.message("good", 3));
        soon().until(() -> kafka.committed(GROUP, 3) == 3);

        assertThat(handled).containsExactly("good");
        var dead = kafka.all(TOPIC.deadLetterName());
        assertThat(dead).hasSize(2);
        var letter = dead.getFirst();
        assertThat(letter.key()).isEqualTo("job-ü");
        assertThat(letter.value()).isEqualTo(broken.value());
        assertThat(List.of(letter.headers().toArray())).containsAll(List.of(broken.headers().toArray()));
        assertThat(header(letter, "dlt-topic")).isEqualTo(TOPIC.topicName());
        assertThat(header(letter, "dlt-partition")).isEqualTo("3");
        assertThat(header(letter, "dlt-offset")).isEqualTo("0");
        assertThat(header(letter, "dlt-timestamp")).isEqualTo("1234");
        assertThat(header(letter, "dlt-consumer")).isEqualTo(GROUP);
        assertThat(header(letter, "dlt-parked-at")).endsWith("Z");
        assertThat(header(letter, "dlt-reason")).startsWith("not readable");
        assertThat(dead.get(1).key()).isNull();
        assertThat(dead.get(1).value()).isNull();
        assertThat(kafka.meters.counter("dead.letters", "topic", TOPIC.topicName()).count()).isEqualTo(2);
    }

    @Test
    void commits_nothing_past_a_dead_letter_that_could_not_be_kept() {
        var refused = new AtomicInteger();
        RecordPublisher noDeadLetters = _ -> Mono.error(() -> {
            refused.incrementAndGet();
            return new IllegalStateException("no room");
        });
        kafka.started(kafka.listeners(noDeadLetters).listen(kafka.progress, GROUP, TOPIC, Set.of(TYPE), 10,
                received -> subject(received).equals("bad") ? Mono.error(new IllegalStateException())
                        : note(received)));
        kafka.publish(kafka.message("bad", 0), kafka.message("good", 0), kafka.message("marker", 1));
        soon().until(() -> kafka.committed(GROUP, 1) == 1 && handled.contains("good") && refused.get() >= 2);
        assertThat(kafka.committed(GROUP, 0)).isZero();
    }

    @Test
    void shares_the_partitions_with_a_second_instance_and_loses_nothing() {
        var others = new ConcurrentLinkedQueue<String>();
        var sent = new ArrayList<String>();
        kafka.listen(GROUP, 10, this::note);
        soon().until(() -> {
            publishNext(sent);
            return !handled.isEmpty();
        });
        var second = kafka.listen(GROUP, 10, received -> Mono.fromRunnable(() -> others.add(subject(received))));
        soon().until(() -> {
            publishNext(sent);
            return others.size() > 10;
        });
        second.stop();
        IntStream.range(0, 50).forEach(_ -> publishNext(sent));
        soon().until(() -> Stream.concat(handled.stream(), others.stream())
                .collect(Collectors.toSet())
                .containsAll(sent));
    }

    @Test
    void waits_for_a_broker_that_is_not_there_yet() throws IOException {
        try (var door = new LateDoor(kafka.broker.bootstrapServers())) {
            var listeners = new TopicListeners(
                    KafkaSettings.of("test", door.address(), (short) -1, TestBroker.CLIENT_SETTINGS), kafka.records,
                    kafka.deadLetters,
                    Readiness.always(), kafka.meters, Clock.systemUTC());
            kafka.started(listeners.listen(kafka.progress, GROUP, TOPIC, Set.of(TYPE), 1, this::note));
            kafka.publish(kafka.message("a"));
            door.awaitAttempt();
            assertThat(handled).isEmpty();
            door.open();
            soon().until(() -> handled.contains("a"));
        }
    }

    @Test
    void stops_soon_while_there_is_no_broker() throws IOException {
        try (var door = new LateDoor(kafka.broker.bootstrapServers())) {
            var listeners = new TopicListeners(
                    KafkaSettings.of("test", door.address(), (short) -1, TestBroker.CLIENT_SETTINGS), kafka.records,
                    kafka.deadLetters,
                    Readiness.always(), kafka.meters, Clock.systemUTC());
            var listener = kafka.started(listeners.listen(kafka.progress, GROUP, TOPIC, Set.of(TYPE), 1, this::note));
            door.awaitAttempt();
            var begun = System.nanoTime();
            listener.stop();
            assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void is_stalled_while_a_message_does_not_end_although_others_go_through() {
        var hanging = Sinks.<Void>empty();
        kafka.listen(GROUP, 10, received -> subject(received).equals("hangs") ? hanging.asMono() : note(received));
        BooleanSupplier stalled = () -> kafka.progress.stalledFor().toMillis() > 500;
        soon().during(Duration.ofMillis(700)).until(() -> !stalled.getAsBoolean());
        kafka.publish(kafka.message("hangs", 0));

        soon().until(() -> {
            kafka.publish(kafka.message("next"));
            return stalled.getAsBoolean();
        });
        assertThat(handled).isNotEmpty();

        hanging.tryEmitEmpty();
        soon().until(() -> !stalled.getAsBoolean());
    }

    @Test
    void is_not_stalled_while_facebook_answers_a_message_page_by_page() {
        var graph = new WatchedGraph(new GraphFake() {
            @Override
            public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
                return Mono.delay(Duration.ofMillis(200)).then(Mono.empty());
            }
        });
        kafka.listen(GROUP, 10, received -> graph.get(new AccessToken("t"), "act_1/ads", Map.of()).repeat(14).then()
                .then(note(received)));
        var longest = new AtomicLong();
        kafka.publish(kafka.message("long", 0));
        soon().pollInterval(Duration.ofMillis(5)).until(() -> {
            longest.accumulateAndGet(kafka.progress.stalledFor().toMillis(), Math::max);
            return handled.contains("long");
        });
        assertThat(longest).hasValueLessThan(2_000);
    }

    @Test
    void rests_once_it_was_stopped() {
        var listener = kafka.listen(GROUP, 10, this::note);
        listener.stop();
        assertThat(kafka.progress.stalledFor()).isZero();
        listener.start();
        kafka.publish(kafka.message("a"));
        soon().until(() -> handled.contains("a"));
    }

    @Test
    void reads_nothing_before_everything_is_ready() {
        var ready = Sinks.<Void>empty();
        var listeners = new TopicListeners(kafka.settings, kafka.records, kafka.deadLetters, ready::asMono,
                kafka.meters, Clock.systemUTC());
        kafka.started(listeners.listen(kafka.progress, GROUP, TOPIC, Set.of(TYPE), 1, this::note));
        kafka.listen("others", 1, received -> Mono.fromRunnable(() -> handled.add("others have " + subject(received))));
        kafka.publish(kafka.message("a"));
        soon().until(() -> !handled.isEmpty());
        assertThat(handled).containsExactly("others have a");
        ready.tryEmitEmpty();
        soon().until(() -> handled.contains("a"));
    }

    private void publishNext(List<String> sent) {
        sent.add("job-" + sent.size());
        kafka.publish(kafka.message(sent.getLast()));
    }

    private Mono<Void> note(LaunchRecords.Received received) {
        return Mono.fromRunnable(() -> handled.add(subject(received)));
    }

    private static String subject(LaunchRecords.Received received) {
        return received.envelope().subject();
    }

    private static String header(ConsumerRecord<?, ?> record, String name) {
        return new String(record.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
    }

    private static ConditionFactory soon() {
        return await().atMost(PATIENCE).pollInterval(Duration.ofMillis(20));
    }
}
