package io.campaignlauncher.messaging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class SwitchedListenerTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final AtomicInteger turns = new AtomicInteger();
    private volatile boolean reading;
    private volatile boolean broken;
    private final SmartLifecycle topic = new SmartLifecycle() {
        @Override
        public void start() {
            turns.incrementAndGet();
            if (broken) {
                throw new IllegalStateException("cannot start");
            }
            reading = true;
        }

        @Override
        public void stop() {
            turns.incrementAndGet();
            reading = false;
        }

        @Override
        public boolean isRunning() {
            return reading;
        }
    };
    private final Sinks.Many<Boolean> rollback = Sinks.many().replay().latest();
    private final Sinks.Empty<Void> ready = Sinks.empty();
    private final KillSwitches switches = new KillSwitches() {
        @Override
        public State state(KillSwitch which) {
            throw new AssertionError("a listener waits to be told");
        }

        @Override
        public Flux<Boolean> on(KillSwitch which) {
            return which == KillSwitch.ROLLBACK ? rollback.asFlux() : Flux.never();
        }

        @Override
        public Mono<Void> turn(KillSwitch which, boolean enabled, @Nullable String reason, @Nullable String by) {
            throw new AssertionError("a listener turns no switch");
        }

        @Override
        public Mono<Void> known() {
            return Mono.never();
        }
    };
    private final Sinks.Many<Boolean> readable = Sinks.many().replay().latestOrDefault(true);
    private final AccessTokens tokens = new AccessTokens() {
        @Override
        public Optional<String> accessToken(CredentialName name) {
            throw new AssertionError("a listener uses no token");
        }

        @Override
        public Flux<Boolean> readable() {
            return readable.asFlux();
        }
    };
    private final AtomicLong nanos = new AtomicLong();
    private final Progress progress = new Progress("rollback", new SimpleMeterRegistry(), nanos::get);
    private final SwitchedListener listener = SwitchedListener.ofTokens(topic, ready::asMono, tokens,
            switches, KillSwitch.ROLLBACK, progress);

    /** Else it would give up all that the others have signed, and they all that it signs. */
    @Test
    void what_has_to_be_signed_is_read_and_written_only_while_the_key_is_the_others() {
        var key = Base64.getEncoder().encodeToString(new byte[32]);
        assertThat(SwitchedListener.ofSigned(topic, ready::asMono, tokens, new ServiceSeal(key, true), "reports",
                progress))
                .as("nobody asks for signatures").isSameAs(topic);
        readable.tryEmitNext(false);
        var signed = SwitchedListener.ofSigned(topic, ready::asMono, tokens, new ServiceSeal(key, false), "reports",
                progress);
        signed.start();
        ready.tryEmitEmpty();
        assertThat(reading).isFalse();

        readable.tryEmitNext(true);
        await().atMost(SOON).until(() -> reading);
        readable.tryEmitNext(false);
        await().atMost(SOON).until(() -> !reading);
        signed.stop();
    }

    @AfterEach
    void stop() {
        listener.stop();
    }

    @Test
    void reads_nothing_before_it_is_known_how_the_switch_stands_and_all_is_ready() {
        listener.start();
        assertThat(listener.isRunning()).isTrue();
        assertThat(turns).hasValue(0);

        rollback.tryEmitNext(true);
        assertThat(turns).as("not ready yet").hasValue(0);
        ready.tryEmitEmpty();

        await().atMost(SOON).until(listener::isReading);
    }

    @Test
    void follows_its_switch_from_its_start_to_its_stop() {
        ready.tryEmitEmpty();
        rollback.tryEmitNext(false);
        listener.start();
        rollback.tryEmitNext(true);
        await().atMost(SOON).until(listener::isReading);
        rollback.tryEmitNext(false);
        await().atMost(SOON).until(() -> !listener.isReading());
        assertThat(listener.isRunning()).as("at work, waiting").isTrue();
        rollback.tryEmitNext(true);
        await().atMost(SOON).until(listener::isReading);

        listener.stop();
        assertThat(listener.isReading()).isFalse();
        assertThat(listener.isRunning()).isFalse();
        assertThat(rollback.currentSubscriberCount()).isZero();
    }

    @Test
    void is_not_stalled_however_long_its_switch_is_off() {
        ready.tryEmitEmpty();
        rollback.tryEmitNext(false);
        listener.start();
        nanos.addAndGet(1_000_000_000);
        await().atMost(SOON).until(() -> progress.stalledFor().isZero());

        rollback.tryEmitNext(true);
        await().atMost(SOON).until(listener::isReading);
        nanos.addAndGet(1_000_000_000);
        assertThat(progress.stalledFor()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void reads_nothing_while_tokens_cannot_be_read_however_the_switch_stands() {
        ready.tryEmitEmpty();
        readable.tryEmitNext(false);
        rollback.tryEmitNext(true);
        listener.start();
        nanos.addAndGet(1_000_000_000);
        await().atMost(SOON).until(() -> progress.stalledFor().isZero());
        assertThat(turns).hasValue(0);

        readable.tryEmitNext(true);
        await().atMost(SOON).until(listener::isReading);
        rollback.tryEmitNext(false);
        await().atMost(SOON).until(() -> !listener.isReading());
        readable.tryEmitNext(false);
        rollback.tryEmitNext(true);
        readable.tryEmitNext(true);
        await().atMost(SOON).until(listener::isReading);
    }

    @Test
    void can_be_started_again_and_finds_the_switch_as_it_stands_then() {
        ready.tryEmitEmpty();
        rollback.tryEmitNext(true);
        listener.start();
        await().atMost(SOON).until(listener::isReading);
        listener.stop();
        rollback.tryEmitNext(false);
        var before = turns.get();

        listener.start();
        rollback.tryEmitNext(true);
        await().atMost(SOON).until(listener::isReading);

        assertThat(turns).as("started once, if the stand before was seen or not").hasValue(before + 1);
    }

    @Test
    void a_listener_that_cannot_be_started_is_tried_with_the_next_turn() {
        ready.tryEmitEmpty();
        broken = true;
        listener.start();
        rollback.tryEmitNext(true);
        await().atMost(SOON).until(() -> turns.get() == 1);
        broken = false;
        rollback.tryEmitNext(false);
        rollback.tryEmitNext(true);

        await().atMost(SOON).until(listener::isReading);
    }

    @Test
    void tells_when_its_listener_has_stopped() {
        ready.tryEmitEmpty();
        rollback.tryEmitNext(true);
        listener.start();
        await().atMost(SOON).until(listener::isReading);
        var told = new AtomicInteger();

        listener.stop(told::incrementAndGet);
        listener.stop(told::incrementAndGet);

        assertThat(told).hasValue(2);
        assertThat(listener.isReading()).isFalse();
    }
}
