package io.campaignlauncher.simulation;

import io.campaignlauncher.graph.GraphRequest;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.Unanswered.Reason;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.simulation.engine.FaultSchedule;
import io.campaignlauncher.simulation.engine.Lives;
import io.campaignlauncher.simulation.engine.Loop;
import io.campaignlauncher.simulation.engine.SeededRandom;
import io.campaignlauncher.simulation.engine.SimulatedProcess;
import io.campaignlauncher.simulation.engine.Wire;
import io.campaignlauncher.simulator.core.AccountPlace;
import io.campaignlauncher.simulator.core.EncodingEnd;
import io.campaignlauncher.simulator.core.Fault;
import io.campaignlauncher.simulator.core.FaultEffect;
import io.campaignlauncher.simulator.core.FaultTarget;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.simulator.core.GraphSimulator;
import io.campaignlauncher.simulator.core.SimReply;
import io.campaignlauncher.simulator.core.SimRequest;
import io.campaignlauncher.simulator.core.WorldView;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.RequestParts.Upload;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import reactor.core.Disposable;
import reactor.core.Disposables;
import reactor.core.publisher.Mono;
import reactor.core.publisher.MonoSink;
import tools.jackson.databind.JsonNode;

/**
 * Facebook and the way to it. Never breaks what the system relies on, unless it is told to: a request
 * that the client gave up takes effect at most a request time-out later.
 */
final class Facebook {

    private static final String ORIGIN = "https://graph.example";
    private static final Wire.Hazards WAY = new Wire.Hazards(FaultKind.OUTAGE, FaultKind.UNREACHABLE,
            FaultKind.FREEZE_BEFORE_SENDING, FaultKind.REQUEST_LOST, FaultKind.COMMITTED_LATE, FaultKind.ANSWER_LOST,
            FaultKind.SLOW_ANSWER);

    private final World world;
    private final Loop loop;
    private final SeededRandom random;
    private final FaultSchedule faults;
    private final GraphSimulator simulator;
    private final Wire wire;

    Facebook(World world, Settings settings, Lives lives) {
        this.world = world;
        this.loop = world.loop();
        this.random = world.random();
        this.faults = world.faults();
        // Late on the way and late within Facebook add up.
        int onTheWay = random.between(0, 2);
        var lateMost = settings.lateMost().multipliedBy(onTheWay).dividedBy(2);
        var lag = faults.likelihood(FaultKind.EDGE_LAG) > 0 ? random.upTo(settings.lagMost()) : Duration.ZERO;
        var hidden = faults.likelihood(FaultKind.HIDDEN_BY_ID) > 0 ? random.upTo(settings.lagMost()) : Duration.ZERO;
        this.simulator = new GraphSimulator(GraphRules.DEFAULTS.withReadLag(lag, hidden), random.split());
        world.media().upload(this);
        FacebookFaults.add(simulator.faults(), faults, settings.lateMost().minus(lateMost), settings.lagMost());
        this.wire = new Wire(world.surroundings(), lives, WAY, lateMost);
        loop.at(faults.calmFrom(), null, this::calm);
    }

    private void calm() {
        FacebookFaults.count(simulator.faults(), faults);
        simulator.faults().clear();
        if (random.chance(0.5)) {
            world.orders().forEach(order -> simulator.world().accountStatus(order.account(), 1));
        }
    }

    void moveTo(String account, ZoneId timeZone) {
        simulator.world().place(account, new AccountPlace(AccountPlace.DEFAULTS.currency(), timeZone));
    }

    /** An image is uploaded to an account while nothing goes wrong. @return its hash */
    String imageOf(String account, Upload image) {
        return uploaded(account + "/adimages", image).path("images").path(image.fileName()).path("hash").asString();
    }

    /** The same of a video. @param encoded how long that takes @return its id */
    String videoOf(String account, Upload video, Duration encoded, EncodingEnd end) {
        simulator.faults().add(Fault.once(FaultTarget.CREATE_VIDEO, new FaultEffect.Encoding(encoded, end)));
        var id = uploaded(account + "/advideos", video).path("id").asString();
        simulator.faults().clear();
        return id;
    }

    private JsonNode uploaded(String path, Upload file) {
        return simulator.handle(new SimRequest("POST", path, Map.of(), Map.of("source", file), "EAA-stranger", ORIGIN),
                loop.now()).json();
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

    /** What really exists now. */
    WorldView view() {
        simulator.advance(loop.now());
        return simulator.world();
    }

    Mono<HttpAnswer> exchange(GraphRequest request) {
        return Mono.defer(() -> {
            var life = Objects.requireNonNull(loop.running(), "nobody sends");
            world.checker().sends(life.name(), request);
            return wire.exchange(new Wire.Request(() -> described(request), request.timeLimit(), request.isWrite()),
                    heard -> arrive(life, request, heard));
        });
    }

    private Wire.Arrival arrive(SimulatedProcess life, GraphRequest request, boolean heard) {
        var reply = simulator.handle(new SimRequest(request.method().name(), "/" + request.path(),
                request.parameters(), Map.of(), request.token().value(), ORIGIN), loop.now());
        world.trace().line("facebook", "", () -> life + ": " + described(request) + " -> " + described(reply)
                + (heard ? "" : ", and nobody hears it"));
        if (request.isWrite()) {
            world.checker().somethingWritten();
        }
        simulator.nextEffectAt().ifPresent(due -> loop.at(due, null, () -> {
            simulator.advance(loop.now());
            world.checker().somethingWritten();
        }));
        return new Wire.Arrival(reply.fate(), new HttpAnswer(reply.status(), reply.headers(), reply.bytes()),
                Duration.ZERO);
    }

    private static String described(GraphRequest request) {
        var batch = request.parameters().get("batch");
        return request.method() + " " + request.path()
                + (batch == null ? " " + shortened(request.parameters().getOrDefault("name", ""))
                        : " " + shortened(batch.replaceAll("\"body\":\"[^\"]*?name=([^&\"]*)[^\"]*\"", "$1")));
    }

    private static String described(SimReply reply) {
        return reply.fate() + " " + reply.status() + " " + shortened(reply.json().toString());
    }

    private static String shortened(@Nullable String text) {
        return text == null ? "" : text.length() > 700 ? text.substring(0, 700) + "..." : text;
    }
}
