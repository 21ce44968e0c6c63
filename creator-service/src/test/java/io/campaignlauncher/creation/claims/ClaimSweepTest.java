package io.campaignlauncher.creation.claims;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.scheduler.VirtualTimeScheduler;

class ClaimSweepTest {

    private static final Duration EVERY = Duration.ofSeconds(1);

    private final SlowClaims claims = new SlowClaims();
    private final VirtualTimeScheduler scheduler = VirtualTimeScheduler.create();
    private final Sinks.Empty<Void> end = Sinks.empty();
    private final ClaimSweep sweep = new ClaimSweep(claims, (_, _, _) -> Mono.empty(), EVERY, Clock.systemUTC(),
            scheduler);

    @Test
    void lets_the_sweep_under_way_come_to_its_end_and_begins_no_other() {
        var ended = sweep.until(end.asMono()).toFuture();
        scheduler.advanceTimeBy(EVERY);
        assertThat(claims.sweeps).hasSize(1);

        end.tryEmitEmpty();
        assertThat(ended).isNotDone();
        assertThat(claims.interrupted).isFalse();

        claims.sweeps.getFirst().tryEmitValue(0);
        scheduler.advanceTimeBy(EVERY.multipliedBy(3));
        assertThat(ended).isCompleted();
        assertThat(claims.sweeps).hasSize(1);
    }

    @Test
    void ends_at_once_between_two_sweeps() {
        var ended = sweep.until(end.asMono()).toFuture();
        scheduler.advanceTimeBy(EVERY);
        claims.sweeps.getFirst().tryEmitValue(0);
        scheduler.advanceTimeBy(EVERY.dividedBy(2));

        end.tryEmitEmpty();

        assertThat(ended).isCompleted();
        assertThat(claims.sweeps).hasSize(1);
    }

    @Test
    void sweeps_on_after_a_sweep_that_failed() {
        sweep.until(end.asMono()).subscribe();
        scheduler.advanceTimeBy(EVERY);
        claims.sweeps.getFirst().tryEmitError(new IllegalStateException("the database is away"));

        scheduler.advanceTimeBy(EVERY);

        assertThat(claims.sweeps).hasSize(2);
    }

    /** Claims whose sweeps end when the test says so. */
    private static final class SlowClaims implements Claims {

        private final List<Sinks.One<Integer>> sweeps = new ArrayList<>();
        private final AtomicBoolean interrupted = new AtomicBoolean();

        @Override
        public Mono<Integer> sweep(Function<Expired, Mono<Void>> report) {
            var sweep = Sinks.<Integer>one();
            sweeps.add(sweep);
            return sweep.asMono().doOnCancel(() -> interrupted.set(true));
        }

        @Override
        public Mono<List<Claim>> claim(String claimant, Collection<Wanted> wanted) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> reachable() {
            throw new UnsupportedOperationException();
        }

        @Override
        public Mono<Void> finish(Collection<Finished> rounds) {
            throw new UnsupportedOperationException();
        }
    }
}
