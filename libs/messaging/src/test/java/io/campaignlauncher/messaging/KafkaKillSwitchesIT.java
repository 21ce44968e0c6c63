package io.campaignlauncher.messaging;

import static io.campaignlauncher.messaging.KillSwitch.CREATION;
import static io.campaignlauncher.messaging.KillSwitch.INTAKE;
import static io.campaignlauncher.messaging.KillSwitch.ROLLBACK;
import static io.campaignlauncher.messaging.TestKafka.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.campaignlauncher.messaging.KillSwitches.State;
import io.campaignlauncher.schemas.KillSwitchTurned;
import io.campaignlauncher.schemas.Topic;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class KafkaKillSwitchesIT {

    private static final Instant NOW = Instant.parse("2026-01-01T12:00:00Z");

    private final TestKafka kafka = new TestKafka();
    private final List<KafkaKillSwitches> started = new ArrayList<>();

    @AfterEach
    void close() {
        started.parallelStream().forEach(KafkaKillSwitches::stop);
        kafka.close();
    }

    @Test
    void stands_as_its_setting_says_until_it_is_turned() {
        var switches = start("/one", Map.of(CREATION, false));
        switches.known().block(PATIENCE);
        assertThat(switches.state(CREATION)).isEqualTo(State.asSet(false));
        assertThat(switches.state(INTAKE)).isEqualTo(State.asSet(true));

        switches.turn(CREATION, true, "tried and well").block(PATIENCE);

        assertThat(switches.state(CREATION)).isEqualTo(new State(true, NOW, "/one", "tried and well"));
    }

    @Test
    void every_instance_hears_of_a_turn_and_one_that_starts_later_finds_it_whatever_its_setting_says() {
        var one = start("/one", Map.of());
        var other = start("/other", Map.of());
        var heard = new CopyOnWriteArrayList<Boolean>();
        other.on(ROLLBACK).subscribe(heard::add);
        other.known().block(PATIENCE);
        one.turn(ROLLBACK, true, null).block(PATIENCE);
        one.turn(ROLLBACK, false, null).block(PATIENCE);
        await().atMost(PATIENCE).until(() -> !other.isOn(ROLLBACK));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard).as("what is news").containsExactly(true, false));
        assertThat(other.isOn(INTAKE)).isTrue();
        assertThat(other.isOn(CREATION)).isTrue();

        var later = start("/later", Map.of(ROLLBACK, true));
        assertThat(later.on(ROLLBACK).blockFirst(PATIENCE)).as("the first that is told").isFalse();
        assertThat(later.state(ROLLBACK).turnedBy()).isEqualTo("/one");
    }

    @Test
    void a_turn_is_answered_only_when_kafka_has_it() {
        var taken = Sinks.<Void>empty();
        var switches = started(new KafkaKillSwitches(kafka.settings, Readiness.always(),
                record -> taken.asMono().then(kafka.publisher.publish(record)), kafka.records, Map.of(),
                kafka.meters, "/slow", Clock.systemUTC()));
        switches.known().block(PATIENCE);

        var turn = switches.turn(INTAKE, false, null).then(Mono.just("turned")).toFuture();
        assertThat(turn).isNotDone();
        assertThat(switches.isOn(INTAKE)).isTrue();
        taken.tryEmitEmpty();

        assertThat(turn).succeedsWithin(PATIENCE);
        assertThat(switches.isOn(INTAKE)).isFalse();
        assertThat(kafka.all(Topic.KILL_SWITCHES.topicName())).hasSize(1);
    }

    @Test
    void a_switch_whose_record_was_removed_stands_as_its_setting_says_again() {
        var switches = start("/one", Map.of(INTAKE, false));
        switches.turn(INTAKE, true, null).block(PATIENCE);
        assertThat(switches.isOn(INTAKE)).isTrue();

        kafka.publish(new ProducerRecord<>(Topic.KILL_SWITCHES.topicName(), "intake", null));

        await().atMost(PATIENCE).until(() -> !switches.isOn(INTAKE));
    }

    @Test
    void what_cannot_be_read_turns_nothing() {
        var switches = start("/one", Map.of());
        switches.turn(CREATION, false, null).block(PATIENCE);
        var turn = kafka.all(Topic.KILL_SWITCHES.topicName()).getFirst();
        kafka.publish(
                new ProducerRecord<>(turn.topic(), "creation", new byte[]{ 1, 2, 3 }),
                new ProducerRecord<>(turn.topic(), null, turn.timestamp(), "intake", turn.value(), turn.headers()),
                new ProducerRecord<>(turn.topic(), null, turn.timestamp(), "espresso", turn.value(), turn.headers()));
        switches.turn(ROLLBACK, false, null).block(PATIENCE);

        assertThat(switches.isOn(CREATION)).isFalse();
        assertThat(switches.isOn(INTAKE)).isTrue();
    }

    @Test
    void the_record_tells_which_how_why_when_by_whom_and_by_which_service() {
        var switches = start("/one", Map.of());
        switches.turn(ROLLBACK, false, "an incident", "ann").block(PATIENCE);
        assertThat(switches.state(ROLLBACK).turnedBy()).isEqualTo("ann");
        switches.turn(CREATION, false, null).block(PATIENCE);
        assertThat(switches.state(CREATION).turnedBy()).as("nobody said who").isEqualTo("/one");

        var record = kafka.all(Topic.KILL_SWITCHES.topicName()).getFirst();
        var received = kafka.records.read(record);
        assertThat(record.key()).isEqualTo("rollback");
        assertThat(received.message()).isEqualTo(new KillSwitchTurned("rollback", false, "an incident", "ann"));
        assertThat(received.envelope().source()).isEqualTo("/one");
        assertThat(received.envelope().time()).isEqualTo(NOW);
    }

    @Test
    void a_gauge_tells_how_each_stands_as_long_as_the_service_runs() {
        var switches = start("/one", Map.of(INTAKE, false));
        switches.turn(ROLLBACK, false, null).block(PATIENCE);
        assertThat(gauge("creation")).isEqualTo(1);
        assertThat(gauge("intake")).isZero();
        assertThat(gauge("rollback")).isZero();

        switches.stop();
        assertThat(kafka.meters.find("launch.kill.switch").meters()).isEmpty();
        switches.start();
        assertThat(gauge("rollback")).isZero();
    }

    private double gauge(String name) {
        return kafka.meters.get("launch.kill.switch").tags("name", name, "service", "one").gauge().value();
    }

    private KafkaKillSwitches start(String source, Map<KillSwitch, Boolean> initial) {
        return started(new KafkaKillSwitches(kafka.settings, Readiness.always(), kafka.publisher, kafka.records,
                initial, kafka.meters, source, Clock.fixed(NOW, ZoneOffset.UTC)));
    }

    private KafkaKillSwitches started(KafkaKillSwitches switches) {
        started.add(switches);
        switches.start();
        return switches;
    }
}
