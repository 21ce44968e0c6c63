package io.campaignlauncher.simulation.engine;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.standin.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * The way to a server on the internet. Keeps what the real transports promise: a request leaves at most once, not after its time
 * limit, and its subscriber hears of an end within it. A request that the client gave up arrives at most so much later.
 */
public final class Wire {

    private static final Duration TRANSIT = Duration.ofMillis(40);
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration WORK = Duration.ofMillis(250);

    private final Surroundings surroundings;
    private final Loop loop;
    private final SeededRandom random;
    private final FaultSchedule faults;
    private final Lives lives;
    private final Hazards hazards;
    private final Duration lateMost;
    private Instant downUntil = Instant.MIN;

    /** What goes wrong on the way. */
    public record Hazards(Hazard outage, Hazard unreachable, Hazard freezeBeforeSending, Hazard requestLost,
            Hazard committedLate, Hazard answerLost, Hazard slowAnswer) {}

    /** @param described for the trace @param isWrite whether it changes anything there */
    public record Request(Supplier<String> described, Duration timeLimit, boolean isWrite) {}

    /** What the server does with the request. */
    public interface Server {

        /** @param heard false: nobody hears the answer */
        Arrival arrive(boolean heard);
    }

    /** @param answer of no meaning where the fate is not {@link Fate#ANSWERED} @param delay of the answer, beyond the usual */
    public record Arrival(Fate fate, HttpAnswer answer, Duration delay) {}

    /** @param lateMost after the client gave a request up, how much later it may still arrive */
    public Wire(Surroundings surroundings, Lives lives, Hazards hazards, Duration lateMost) {
        this.surroundings = surroundings;
        this.loop = surroundings.loop();
        this.random = surroundings.random();
        this.faults = surroundings.faults();
        this.lives = lives;
        this.hazards = hazards;
        this.lateMost = lateMost;
    }

    private boolean isDown() {
        if (loop.now().isAfter(downUntil) && faults.strikes(hazards.outage())) {
            downUntil = loop.now().plus(random.upTo(OUTAGE));
        }
        return loop.now().isBefore(downUntil);
    }

    /** Sends the request when subscribed, of the process that runs then. */
    public Mono<HttpAnswer> exchange(Request request, Server server) {
        return Mono.create(sink -> new Exchange(Objects.requireNonNull(loop.running(), "nobody sends"), request,
                server, sink).begin());
    }

    private final class Exchange {

        private final SimulatedProcess life;
        private final Request request;
        private final Server server;
        private final MonoSink<HttpAnswer> sink;
        private final long begunNanos = loop.nanos();
        private final Disposable.Swap timer = Disposables.swap();
        private boolean left;
        private boolean ended;

        Exchange(SimulatedProcess life, Request request, Server server, MonoSink<HttpAnswer> sink) {
            this.life = life;
            this.request = request;
            this.server = server;
            this.sink = sink;
        }

        void begin() {
            sink.onDispose(() -> {
                ended = true;
                timer.dispose();
            });
            timer.update(
                    life.after(request.timeLimit().toNanos(), () -> fail(left ? Reason.TIMED_OUT : Reason.NOT_TRIED)));
            if (isDown()) {
                note("meets an outage");
                life.after(random.nanosUpTo(WORK), () -> fail(Reason.UNREACHABLE));
                return;
            }
            if (faults.strikes(hazards.unreachable())) {
                note("cannot be sent");
                life.after(random.nanosUpTo(Duration.ofSeconds(3)), () -> fail(Reason.UNREACHABLE));
                return;
            }
            if (request.isWrite() && faults.strikes(hazards.freezeBeforeSending())) {
                lives.freeze(life);
            }
            lives.step(life);
            life.after(0, this::depart);
        }

        private void depart() {
            if (ended) {
                return;
            }
            if (loop.nanos() - begunNanos >= request.timeLimit().toNanos()) {
                fail(Reason.NOT_TRIED);
                return;
            }
            left = true;
            lives.step(life);
            if (faults.strikes(hazards.requestLost())) {
                note("is lost");
                breakOrHang();
                return;
            }
            if (faults.strikes(hazards.committedLate())) {
                long givenUp = breakOrHang();
                long arrival = givenUp + random.nanosUpTo(lateMost);
                note("arrives late, in " + arrival / 1_000_000 + " ms");
                loop.afterNanos(arrival, null, () -> arrive(true));
                return;
            }
            boolean lost = faults.strikes(hazards.answerLost());
            if (lost) {
                breakOrHang();
            }
            loop.afterNanos(random.nanosUpTo(TRANSIT), null, () -> arrive(lost));
        }

        /** The connection breaks, or nothing comes. @return in how many nanoseconds the client gives up at the earliest */
        private long breakOrHang() {
            if (random.chance(0.5)) {
                return request.timeLimit().toNanos() - (loop.nanos() - begunNanos);
            }
            long in = random.nanosUpTo(request.timeLimit().minusNanos(loop.nanos() - begunNanos));
            life.after(in, () -> fail(Reason.BROKEN));
            return in;
        }

        private void arrive(boolean answerLost) {
            var arrival = server.arrive(!answerLost);
            if (answerLost || arrival.fate() == Fate.SILENCE) {
                return;
            }
            var delay = arrival.delay().toNanos() + (faults.strikes(hazards.slowAnswer())
                    ? random.nanosUpTo(request.timeLimit().plusSeconds(2))
                    : random.nanosUpTo(WORK));
            if (arrival.fate() == Fate.ANSWERED) {
                life.after(delay, () -> {
                    if (!ended) {
                        lives.step(life);
                        sink.success(arrival.answer());
                    }
                });
            } else {
                life.after(delay, () -> fail(Reason.BROKEN));
            }
        }

        private void fail(Reason reason) {
            if (!ended) {
                note("ends: " + reason);
                sink.error(new Unanswered(reason, "simulated: " + reason));
            }
        }

        private void note(String what) {
            surroundings.trace().line(life.name(), "", () -> "request " + request.described().get() + " " + what);
        }
    }
}
