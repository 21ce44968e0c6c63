package io.campaignlauncher.pace;

import io.campaignlauncher.pace.AccountPace.Reservation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** {@link AccountPaces} of this process alone. What other processes send is not known here. */
public final class OwnPaces implements AccountPaces {

    private final Clock clock;
    private final int cap;
    /** Only of accounts that something was asked about a short while ago. */
    private final Map<String, State> states = new HashMap<>();

    private record State(AccountPace pace, @Nullable Instant resumeAt) {

        static final State NEW = new State(AccountPace.FREE, null);

        boolean isOver(Instant now) {
            return (pace.windowEnd() == null || pace.windowEnd().isBefore(now))
                    && (resumeAt == null || resumeAt.isBefore(now));
        }
    }

    /** @param cap changes of an account a second; 0: no limit, then nothing is reserved */
    public OwnPaces(Clock clock, int cap) {
        this.clock = clock;
        this.cap = cap;
    }

    @Override
    public Mono<Reservation> reserve(String accountId, int mutations, int whole, Duration within) {
        return Mono.fromSupplier(() -> cap == 0 ? Reservation.NONE : reserved(accountId, mutations, whole, within));
    }

    private synchronized Reservation reserved(String accountId, int mutations, int whole, Duration within) {
        var state = state(accountId);
        var reserved = state.pace.reserve(clock.instant(), mutations, whole, cap, within);
        states.put(accountId, new State(reserved.pace(), state.resumeAt));
        return reserved.reservation();
    }

    @Override
    public Mono<Void> pause(String accountId, Duration wait) {
        return Mono.fromRunnable(() -> paused(accountId, wait));
    }

    private synchronized void paused(String accountId, Duration wait) {
        var state = state(accountId);
        var until = clock.instant().plus(wait);
        states.put(accountId, new State(state.pace,
                state.resumeAt == null || state.resumeAt.isBefore(until) ? until : state.resumeAt));
    }

    @Override
    public Mono<Duration> pausedFor(String accountId) {
        return Mono.fromSupplier(() -> left(accountId));
    }

    private synchronized Duration left(String accountId) {
        var resumeAt = state(accountId).resumeAt;
        var left = resumeAt == null ? Duration.ZERO : Duration.between(clock.instant(), resumeAt);
        return left.isNegative() ? Duration.ZERO : left;
    }

    private State state(String accountId) {
        var now = clock.instant();
        states.values().removeIf(state -> state.isOver(now));
        return states.getOrDefault(accountId, State.NEW);
    }
}
