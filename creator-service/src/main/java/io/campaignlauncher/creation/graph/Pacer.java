package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.model.Cause;
import io.campaignlauncher.creation.claims.Claims;
import io.campaignlauncher.creation.model.AccountPace;
import io.campaignlauncher.creation.model.AccountPace.Reservation;
import io.campaignlauncher.creation.model.Lease;
import io.campaignlauncher.telemetry.Hop;
import java.time.Duration;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Says when a round may send its next create operations on the account, by what was reserved for it. Asked one at a time.
 */
final class Pacer {

    private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);
    private static final Duration WITHOUT_ANSWER = Duration.ofSeconds(1);
    /** What is left of a window may be too small for a batch; the next window is not. */
    private static final int ASKS_MAX = 3;
    private static final int UNLIMITED_RATE_PER_SECOND = 100;

    private final Claims claims;
    private final WorkerTime time;
    private final String accountId;
    private final Lease lease;
    private final int cap;
    private final ArrayDeque<Window> windows = new ArrayDeque<>();
    private int outstanding;
    private volatile boolean slow;
    private long slowUntilNanos;

    /** The answer to who wants to send. */
    sealed interface Turn {

        /** Send now. */
        record Go(boolean paced, long lateFromNanos) implements Turn {

            static final Go AT_ANY_TIME = new Go(false, 0);

            /** The time to send has passed: ask again. */
            boolean late(long nowNanos) {
                return paced && nowNanos - lateFromNanos >= 0;
            }
        }

        /** Not in this round; the account has room again after this time. */
        record Later(Duration laterIn) implements Turn {}
    }

    private static final class Window {

        final long startNanos;
        final long lateFromNanos;
        int left;

        Window(long startNanos, long lateFromNanos, int left) {
            this.startNanos = startNanos;
            this.lateFromNanos = lateFromNanos;
            this.left = left;
        }
    }

    /** @param cap create operations a second; 0: no limit */
    Pacer(Claims claims, WorkerTime time, String accountId, Lease lease, int cap) {
        this.claims = claims;
        this.time = time;
        this.accountId = accountId;
        this.lease = lease;
        this.cap = cap;
    }

    /** @param askedAtNanos read before the reservation was asked for */
    void add(Reservation reservation, long askedAtNanos) {
        var answeredAtNanos = time.monotonicNanos().getAsLong();
        for (var grant : reservation.grants()) {
            var in = grant.startsIn().toNanos();
            windows.add(new Window(answeredAtNanos + in, askedAtNanos + in + AccountPace.SEND_WITHIN.toNanos(),
                    grant.mutations()));
        }
    }

    /** The round needs so many create operations from here on. */
    void expect(int mutations) {
        outstanding = mutations;
    }

    /** From now on half as fast: the account's usage is high. */
    void slowDown() {
        slow = true;
    }

    Mono<Turn> turn(int mutations) {
        return Mono.defer(() -> slow ? spaced(mutations) : Mono.empty())
                .then(Mono.defer(() -> cap == 0 ? Mono.just(Turn.Go.AT_ANY_TIME) : granted(mutations, ASKS_MAX)));
    }

    private Mono<Turn> granted(int mutations, int asksLeft) {
        var window = windowFor(mutations);
        if (window != null) {
            var wait = window.startNanos - time.monotonicNanos().getAsLong();
            if (wait > 0) {
                return time.delay(Duration.ofNanos(wait)).then(Mono.defer(() -> granted(mutations, asksLeft)));
            }
            window.left -= mutations;
            outstanding -= mutations;
            return Mono.just(new Turn.Go(true, window.lateFromNanos));
        }
        return asksLeft > 0 ? asked(mutations, asksLeft - 1) : Mono.just(new Turn.Later(AccountPace.WINDOW));
    }

    private Mono<Turn> asked(int mutations, int asksLeft) {
        return Mono.deferContextual(context -> {
            var askedAtNanos = time.monotonicNanos().getAsLong();
            return claims.reserve(accountId, Math.max(mutations, usable()), time.left(lease))
                    .flatMap(reservation -> {
                        add(reservation, askedAtNanos);
                        return reservation.grants().isEmpty()
                                ? Mono.just(new Turn.Later(reservation.laterIn()))
                                : granted(mutations, asksLeft);
                    })
                    .onErrorResume(e -> {
                        Hop.of(context).on(LOG.atWarn()).log("cannot reserve on {}, leaving it for {} s: {}", accountId,
                                WITHOUT_ANSWER.toSeconds(), Cause.of(e));
                        return Mono.just(new Turn.Later(WITHOUT_ANSWER));
                    });
        });
    }

    /** At half the pace no more than this can be sent before it is late. */
    private int usable() {
        return slow ? Math.min(outstanding, (int) (cap * AccountPace.SEND_WITHIN.toMillis() / 2_000)) : outstanding;
    }

    /** The first window that has room for all of them and is not over. Room that is too small is lost: a batch is whole. */
    private @Nullable Window windowFor(int mutations) {
        var now = time.monotonicNanos().getAsLong();
        for (var window = windows.peek(); window != null; window = windows.peek()) {
            if (window.left >= mutations && now - window.lateFromNanos < 0) {
                return window;
            }
            windows.poll();
        }
        return null;
    }

    private Mono<Void> spaced(int mutations) {
        var now = time.monotonicNanos().getAsLong();
        var rate = cap == 0 ? UNLIMITED_RATE_PER_SECOND : cap;
        var share = Duration.ofSeconds(2).toNanos() * mutations / rate;
        var wait = slowUntilNanos - now;
        slowUntilNanos = Math.max(now, slowUntilNanos) + share;
        return wait > 0 ? time.delay(Duration.ofNanos(wait)).then() : Mono.empty();
    }
}
