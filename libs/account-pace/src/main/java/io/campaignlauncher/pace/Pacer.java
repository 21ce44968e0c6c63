package io.campaignlauncher.pace;

import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.pace.AccountPace.Reservation;
import io.campaignlauncher.pace.SendPermission.Deferred;
import io.campaignlauncher.pace.SendPermission.Granted;
import io.campaignlauncher.telemetry.TraceSpan;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Says when one piece of work may send its next changes of an account, by what was reserved for it. Asked one at a time.
 */
public final class Pacer {

    private static final Logger LOG = LoggerFactory.getLogger(Pacer.class);
    private static final Duration WITHOUT_ANSWER = Duration.ofSeconds(1);
    /** What was granted may be over before its time came. */
    private static final int ASKS_MAX = 3;
    private static final int UNLIMITED_RATE_PER_SECOND = 100;

    private final AccountPaces paces;
    private final PaceTime time;
    private final String accountId;
    private final Supplier<Duration> within;
    private final int cap;
    private final ArrayDeque<Window> windows = new ArrayDeque<>();
    private int outstanding;
    private volatile boolean slow;
    private long slowUntilNanos;

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

    /**
     * @param within how long from now on it is worth waiting for permission
     * @param cap    changes of the account a second; 0: no limit
     */
    public Pacer(AccountPaces paces, PaceTime time, String accountId, Supplier<Duration> within, int cap) {
        this.paces = paces;
        this.time = time;
        this.accountId = accountId;
        this.within = within;
        this.cap = cap;
    }

    /** @param askedAtNanos read before the reservation was asked for */
    public void add(Reservation reservation, long askedAtNanos) {
        var answeredAtNanos = time.nanos();
        for (var grant : reservation.grants()) {
            var in = grant.startsIn().toNanos();
            windows.add(new Window(answeredAtNanos + in, askedAtNanos + in + AccountPace.SEND_WITHIN.toNanos(),
                    grant.mutations()));
        }
    }

    /** So many changes are to be sent from here on: leave for them is asked for together. Not said: for one batch at a time. */
    public void expect(int mutations) {
        outstanding = mutations;
    }

    /** From now on half as fast: the account's usage is high. */
    public void slowDown() {
        slow = true;
    }

    /** @param mutations changes of one batch, which is sent whole; no more than the cap */
    public Mono<SendPermission> permission(int mutations) {
        return Mono.defer(() -> slow ? spaced(mutations) : Mono.empty())
                .then(Mono.defer(() -> cap == 0 ? Mono.just(Granted.AT_ANY_TIME) : granted(mutations, ASKS_MAX)));
    }

    private Mono<SendPermission> granted(int mutations, int asksLeft) {
        var window = windowFor(mutations);
        if (window != null) {
            var wait = window.startNanos - time.nanos();
            if (wait > 0) {
                return time.wait(Duration.ofNanos(wait)).then(Mono.defer(() -> granted(mutations, asksLeft)));
            }
            window.left -= mutations;
            outstanding -= mutations;
            return Mono.just(new Granted(true, window.lateFromNanos));
        }
        return asksLeft > 0 ? reserve(mutations, asksLeft - 1) : Mono.just(new Deferred(AccountPace.WINDOW));
    }

    private Mono<SendPermission> reserve(int mutations, int asksLeft) {
        return Mono.deferContextual(context -> {
            var askedAtNanos = time.nanos();
            return paces.reserve(accountId, Math.max(mutations, usable()), mutations, within.get())
                    .flatMap(reservation -> {
                        add(reservation, askedAtNanos);
                        return reservation.grants().isEmpty()
                                ? Mono.just(new Deferred(reservation.laterIn()))
                                : granted(mutations, asksLeft);
                    })
                    .onErrorResume(e -> {
                        TraceSpan.of(context).on(LOG.atWarn()).log("cannot reserve on {}, leaving it for {} s: {}",
                                accountId,
                                WITHOUT_ANSWER.toSeconds(), Reasons.of(e));
                        return Mono.just(new Deferred(WITHOUT_ANSWER));
                    });
        });
    }

    /** At half the pace no more than this can be sent before it is late. */
    private int usable() {
        return slow ? Math.min(outstanding, (int) (cap * AccountPace.SEND_WITHIN.toMillis() / 2_000)) : outstanding;
    }

    /** The first window that has room for all of them and is not over. Room that is too small is lost: a batch is whole. */
    private @Nullable Window windowFor(int mutations) {
        var now = time.nanos();
        for (var window = windows.peek(); window != null; window = windows.peek()) {
            if (window.left >= mutations && now - window.lateFromNanos < 0) {
                return window;
            }
            windows.poll();
        }
        return null;
    }

    private Mono<Void> spaced(int mutations) {
        var now = time.nanos();
        var rate = cap == 0 ? UNLIMITED_RATE_PER_SECOND : cap;
        var share = Duration.ofSeconds(2).toNanos() * mutations / rate;
        var wait = slowUntilNanos - now;
        slowUntilNanos = Math.max(now, slowUntilNanos) + share;
        return time.wait(Duration.ofNanos(wait));
    }
}
