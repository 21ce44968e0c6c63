package io.campaignlauncher.creation.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.campaignlauncher.creation.graph.Permits.TooManyWaiting;
import io.campaignlauncher.creation.model.Urgency;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.core.scheduler.Schedulers;
import reactor.test.StepVerifier;

class PermitsTest {

    @Test
    void never_more_at_once_than_permitted_on_many_threads() {
        var permits = new Permits(7, 10_000);
        var now = new AtomicInteger();
        var most = new AtomicInteger();

        var done = Flux.range(0, 2_000).flatMap(i -> permits.through(() -> Mono.fromCallable(() -> {
            most.accumulateAndGet(now.incrementAndGet(), Math::max);
            now.decrementAndGet();
            return i;
        }).subscribeOn(Schedulers.parallel())), 500).count().block(Duration.ofSeconds(20));

        assertThat(done).isEqualTo(2_000);
        assertThat(most.get()).isBetween(1, 7);
    }

    @Test
    void others_wait_in_order_and_a_failure_makes_room() {
        var permits = new Permits(1, 10);
        var begun = new ArrayList<String>();
        var first = Sinks.<String>one();
        permits.through(first::asMono).subscribe(_ -> {}, _ -> {});
        permits.through(() -> Mono.fromRunnable(() -> begun.add("second"))).subscribe();
        permits.through(() -> Mono.fromRunnable(() -> begun.add("third"))).subscribe();
        assertThat(begun).isEmpty();

        first.tryEmitError(new IllegalStateException("broken"));

        assertThat(begun).containsExactly("second", "third");
    }

    @Test
    void the_most_urgent_goes_first_and_equals_in_order() {
        var permits = new Permits(1, 10, () -> 0);
        var begun = new ArrayList<String>();
        var first = Sinks.<String>one();
        permits.through(5, first::asMono).subscribe();
        for (var one : new String[]{ "5a", "0a", "9a", "5b", "9b", "0b" }) {
            permits.through(one.charAt(0) - '0', () -> Mono.fromRunnable(() -> begun.add(one))).subscribe();
        }

        first.tryEmitValue("done");

        assertThat(begun).containsExactly("9a", "9b", "5a", "5b", "0a", "0b");
    }

    @Test
    void who_has_waited_long_enough_is_overtaken_by_nobody() {
        var now = new AtomicLong(Long.MAX_VALUE - Duration.ofSeconds(3).toNanos());
        var permits = new Permits(1, 10, now::get);
        var begun = new ArrayList<String>();
        var first = Sinks.<String>one();
        permits.through(5, first::asMono).subscribe();
        permits.through(0, () -> Mono.fromRunnable(() -> begun.add("patient 0"))).subscribe();
        now.addAndGet(Urgency.REQUEST_LEVEL.multipliedBy(9).toNanos() - 1);
        permits.through(9, () -> Mono.fromRunnable(() -> begun.add("9"))).subscribe();
        now.addAndGet(2);
        permits.through(9, () -> Mono.fromRunnable(() -> begun.add("late 9"))).subscribe();

        first.tryEmitValue("done");

        assertThat(begun).containsExactly("9", "patient 0", "late 9");
    }

    @Test
    void one_that_goes_away_while_waiting_or_working_holds_nobody_up() {
        var permits = new Permits(1, 10);
        var working = permits.through(Mono::never).subscribe();
        var waiting = permits.through(Mono::never).subscribe();
        waiting.dispose();
        working.dispose();

        StepVerifier.create(permits.through(() -> Mono.just("in"))).expectNext("in").verifyComplete();
    }

    @Test
    void beyond_the_queue_work_is_refused_without_being_begun() {
        var permits = new Permits(1, 1);
        permits.through(Mono::never).subscribe();
        permits.through(Mono::never).subscribe();

        StepVerifier.create(permits.through(() -> {
            throw new AssertionError("begun");
        })).verifyError(TooManyWaiting.class);
    }

    @Test
    void ten_thousand_that_end_at_once_need_no_deep_stack() {
        var permits = new Permits(1, 20_000);
        var first = Sinks.<Integer>one();
        permits.through(first::asMono).subscribe();
        var done = new AtomicInteger();
        for (var i = 0; i < 10_000; i++) {
            permits.through(() -> Mono.fromRunnable(done::incrementAndGet)).subscribe();
        }

        first.tryEmitValue(1);

        assertThat(done).hasValue(10_000);
    }
}
