package io.campaignlauncher.sendonce;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.web.reactive.function.BodyInserter;
import reactor.core.publisher.Mono;

/**
 * The one moment at which a request leaves. The connection asks for the body right before the first byte goes out; here it is
 * decided, once and for both sides, whether the request leaves or is given up. Hence "not sent" is never said of a request that
 * leaves a moment later, and no layer below can send it a second time.
 */
final class SendOnceBody implements BodyInserter<Void, ClientHttpRequest> {

    private enum State { WAITING, LEFT, GIVEN_UP }

    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final OutgoingBody body;
    private final long latestNanos;
    private final long latestMillis;

    /**
     * A process that was frozen until then sends nothing any more. Both clocks have a say: the first cannot be set back, the
     * second does not stand still while the machine is suspended.
     *
     * @param latestNanos  by {@link System#nanoTime}
     * @param latestMillis by {@link System#currentTimeMillis}
     */
    SendOnceBody(OutgoingBody body, long latestNanos, long latestMillis) {
        this.body = body;
        this.latestNanos = latestNanos;
        this.latestMillis = latestMillis;
    }

    static SendOnceBody within(Duration time, OutgoingBody body) {
        return new SendOnceBody(body, System.nanoTime() + time.toNanos(), System.currentTimeMillis() + time.toMillis());
    }

    @Override
    public Mono<Void> insert(ClientHttpRequest message, Context context) {
        if (isTooLate() && giveUp()) {
            return Mono.error(new Unanswered(Unanswered.Reason.NOT_TRIED, "too late to be sent"));
        }
        if (!state.compareAndSet(State.WAITING, State.LEFT)) {
            return Mono.error(new IllegalStateException("a request is sent at most once"));
        }
        if (body.length() == 0) {
            return message.setComplete();
        }
        message.getHeaders().setContentLength(body.length());
        return message.writeWith(body.measured());
    }

    private boolean isTooLate() {
        return System.nanoTime() - latestNanos >= 0 || System.currentTimeMillis() >= latestMillis;
    }

    /** Whether nothing has left; from then on nothing will. */
    boolean giveUp() {
        return state.compareAndSet(State.WAITING, State.GIVEN_UP) || state.get() == State.GIVEN_UP;
    }
}
