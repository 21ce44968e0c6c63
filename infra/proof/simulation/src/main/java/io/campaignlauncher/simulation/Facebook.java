package io.campaignlauncher.simulation;

import io.campaignlauncher.graph.GraphRequest;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.simulator.core.GraphSimulator;
import io.campaignlauncher.simulator.core.SimReply;
import io.campaignlauncher.simulator.core.SimRequest;
import io.campaignlauncher.simulator.core.WorldView;
import io.campaignlauncher.standin.Fate;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;

/**
 * Facebook and the way to it. Keeps what the real transport promises: a request leaves at most once, not after the request
 * time-out, and its subscriber hears of an end within it. Never breaks what the system relies on, unless it is told to: a request
 * that the client gave up takes effect at most a request time-out later.
 */
final class Facebook {

    private static final String ORIGIN = "https://graph.example";
    private static final Duration TRANSIT = Duration.ofMillis(40);
    private static final Duration OUTAGE = Duration.ofMinutes(2);
    private static final Duration WORK = Duration.ofMillis(250);

    private final World world;
    private final Loop loop;
    private final SeededRandom random;
    private final FaultSchedule faults;
    private final GraphSimulator simulator;
    private final Duration lateMost;
    private Instant downUntil = Instant.MIN;

    Facebook(World world, Settings settings) {
        this.world = world;
        this.loop = world.loop();
        this.random = world.random();
        this.faults = world.faults();
        // Late on the way and late within Facebook add up.
        int onTheWay = random.between(0, 2);
        this.lateMost = settings.lateMost().multipliedBy(onTheWay).dividedBy(2);
        var lag = faults.likelihood(FaultKind.EDGE_LAG) > 0 ? random.upTo(settings.lagMost()) : Duration.ZERO;
        var hidden = faults.likelihood(FaultKind.HIDDEN_BY_ID) > 0 ? random.upTo(settings.lagMost()) : Duration.ZERO;
        this.simulator = new GraphSimulator(GraphRules.DEFAULTS.withReadLag(lag, hidden), random.split());
        FacebookFaults.add(simulator.faults(), faults, settings.lateMost().minus(lateMost), settings.lagMost());
        loop.at(faults.calmFrom(), null, this::calm);
    }

    private void calm() {
        FacebookFaults.count(simulator.faults(), faults);
        simulator.faults().clear();
        if (random.chance(0.5)) {
            world.orders().forEach(order -> simulator.world().accountStatus(order.account(), 1));
        }
    }

    /** Somebody else than the job creates something. @return its id; empty where that is refused or fails */
    String createdByAnother(String path, Map<String, String> fields) {
        var reply = simulator.handle(SimRequest.post("EAA-stranger", path, fields), loop.now());
        var id = reply.json().path("id").asString("");
        if (reply.fate() != Fate.ANSWERED || simulator.world().object(id).isEmpty()) {
            return "";
        }
        return id;
    }

    private boolean isDown() {
        if (loop.now().isAfter(downUntil) && faults.strikes(FaultKind.OUTAGE)) {
            downUntil = loop.now().plus(random.upTo(OUTAGE));
        }
        return loop.now().isBefore(downUntil);
    }

    /** What really exists now. */
    WorldView view() {
        simulator.advance(loop.now());
        return simulator.world();
    }

    Mono<HttpAnswer> exchange(GraphRequest request) {
        return Mono.create(sink -> new Exchange(Objects.requireNonNull(loop.running(), "nobody sends"), request, sink)
                .begin());
    }

    private final class Exchange {

        private final SimulatedProcess life;
        private final GraphRequest request;
        private final MonoSink<HttpAnswer> sink;
        private final long begunNanos = loop.nanos();
        private final Disposable.Swap timer = Disposables.swap();
        private boolean left;
        private boolean ended;

        Exchange(SimulatedProcess life, GraphRequest request, MonoSink<HttpAnswer> sink) {
            this.life = life;
            this.request = request;
            this.sink = sink;
        }

        void begin() {
            world.checker().sends(life.name(), request);
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
            if (faults.strikes(FaultKind.UNREACHABLE)) {
                note("cannot be sent");
                life.after(random.nanosUpTo(Duration.ofSeconds(3)), () -> fail(Reason.UNREACHABLE));
                return;
            }
            if (request.isWrite() && faults.strikes(FaultKind.FREEZE_BEFORE_SENDING)) {
                world.processes().freeze(life);
            }
            world.processes().step(life);
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
            world.processes().step(life);
            if (faults.strikes(FaultKind.REQUEST_LOST)) {
                note("is lost");
                breakOrHang();
                return;
            }
            if (faults.strikes(FaultKind.COMMITTED_LATE)) {
                long givenUp = breakOrHang();
                long arrival = givenUp + random.nanosUpTo(lateMost);
                note("arrives late, in " + arrival / 1_000_000 + " ms");
                loop.afterNanos(arrival, null, () -> arrive(true));
                return;
            }
            boolean lost = faults.strikes(FaultKind.ANSWER_LOST);
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
            var reply = simulator.handle(new SimRequest(request.method().name(), "/" + request.path(),
                    request.parameters(), Map.of(), request.token().value(), ORIGIN), loop.now());
            world.trace().line("facebook", "", () -> life + ": " + described() + " -> " + described(reply)
                    + (answerLost ? ", and nobody hears it" : ""));
            if (request.isWrite()) {
                world.checker().somethingWritten();
            }
            simulator.nextEffectAt().ifPresent(due -> loop.at(due, null, () -> {
                simulator.advance(loop.now());
                world.checker().somethingWritten();
            }));
            if (answerLost || reply.fate() == Fate.SILENCE) {
                return;
            }
            var delay = faults.strikes(FaultKind.SLOW_ANSWER) ? random.nanosUpTo(request.timeLimit().plusSeconds(2))
                    : random.nanosUpTo(WORK);
            if (reply.fate() == Fate.CONNECTION_CLOSED) {
                life.after(delay, () -> fail(Reason.BROKEN));
            } else {
                var response = new HttpAnswer(reply.status(), reply.headers(), reply.bytes());
                life.after(delay, () -> {
                    if (!ended) {
                        world.processes().step(life);
                        sink.success(response);
                    }
                });
            }
        }

        private void fail(Reason reason) {
            if (!ended) {
                note("ends: " + reason);
                sink.error(new Unanswered(reason, "simulated: " + reason));
            }
        }

        private void note(String what) {
            world.trace().line(life.name(), "", () -> "request " + described() + " " + what);
        }

        private String described() {
            var batch = request.parameters().get("batch");
            return request.method() + " " + request.path()
                    + (batch == null ? " " + shortened(request.parameters().getOrDefault(
                            "name", ""))
                            : " " + shortened(batch.replaceAll("\"body\":\"[^\"]*?name=([^&\"]*)[^\"]*\"", "$1")));
        }

        private static String described(SimReply reply) {
            return reply.fate() + " " + reply.status() + " " + shortened(reply.json().toString());
        }

        private static String shortened(@Nullable String text) {
            return text == null ? "" : text.length() > 700 ? text.substring(0, 700) + "..." : text;
        }
    }
}
