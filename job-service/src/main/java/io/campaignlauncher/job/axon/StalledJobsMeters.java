package io.campaignlauncher.job.axon;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Figures about jobs without events: {@code jobs.stalled} counts jobs that were resumed ({@code state=quiet}), those that
 * asked in vain too often ({@code stuck}) and those that could not be resumed ({@code failed}); {@code jobs.quiet.time},
 * seconds, is how long the job under way with the oldest last event has had none.
 */
final class StalledJobsMeters {

    private static final int POLLS_MISSED_MAX = 3;

    private final Clock clock;
    private final Duration validity;
    private final Counter resumed;
    private final Counter stuck;
    private final Counter failed;
    private volatile @Nullable Poll lastPoll;

    private record Poll(Instant at, Optional<Instant> quietestSince) {}

    StalledJobsMeters(MeterRegistry registry, Clock clock, Duration poll) {
        this.clock = clock;
        this.validity = poll.multipliedBy(POLLS_MISSED_MAX);
        this.resumed = counter(registry, "quiet");
        this.stuck = counter(registry, "stuck");
        this.failed = counter(registry, "failed");
        Gauge.builder("jobs.quiet.time", this, StalledJobsMeters::quietSeconds)
                .baseUnit("seconds")
                .description("How long the quietest job under way is quiet; NaN where another instance looks after it")
                .register(registry);
    }

    void quietestSince(Optional<Instant> time) {
        lastPoll = new Poll(clock.instant(), time);
    }

    void resumed() {
        resumed.increment();
    }

    void stuck() {
        stuck.increment();
    }

    void failed() {
        failed.increment();
    }

    /** Only one instance of several polls; what one found long ago says nothing. */
    private double quietSeconds() {
        var last = lastPoll;
        var now = clock.instant();
        if (last == null || last.at().plus(validity).isBefore(now)) {
            return Double.NaN;
        }
        return last.quietestSince().map(since -> Math.max(0, Duration.between(since, now).toMillis() / 1000.0))
                .orElse(0.0);
    }

    private static Counter counter(MeterRegistry registry, String state) {
        return Counter.builder("jobs.stalled").tag("state", state)
                .description("Jobs that nothing was heard of for too long").register(registry);
    }
}
