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
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.simulator.core.GraphSimulator;
import io.campaignlauncher.simulator.core.SimReply;
import io.campaignlauncher.simulator.core.SimRequest;
import io.campaignlauncher.simulator.core.VideoRules;
import io.campaignlauncher.simulator.core.WorldView;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.RequestParts.Upload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
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

    private static final String STRANGER = "EAA-stranger";
    private static final int TRIES_MAX = 500;
    private static final int VIDEO_BYTES = 2048;
    /** A picture of one point, to which anything may be added. */
    private static final byte[] PIXEL = Base64.getDecoder().decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAAD"
            + "UlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");
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
        this.simulator = new GraphSimulator(GraphRules.DEFAULTS.withReadLag(lag, hidden)
                .withVideos(VideoRules.DEFAULTS.withEncoding(world.media().encoding())), random.split());
        // Whoever uploads does it before there are faults: what becomes of those is tried elsewhere.
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

    /** Somebody else than the job creates something. @return its id; empty where that is refused or fails */
    String createdByAnother(String path, Map<String, String> fields) {
        var reply = simulator.handle(SimRequest.post(STRANGER, path, fields), loop.now());
        var id = reply.json().path("id").asString("");
        if (reply.fate() != Fate.ANSWERED || simulator.world().object(id).isEmpty()) {
            return "";
        }
        return id;
    }

    /** Somebody uploads an image before anything begins. @param content tells it from others @return its hash */
    String uploadedImage(String account, String content) {
        var bytes = Base64.getEncoder().encodeToString(
                ByteBuffer.allocate(PIXEL.length + content.length()).put(PIXEL)
                        .put(content.getBytes(StandardCharsets.US_ASCII)).array());
        return answered(SimRequest.post(STRANGER, account + "/adimages", Map.of("bytes", bytes)),
                body -> body.path("images").path("bytes").path("hash").asString(""));
    }

    /** Somebody uploads a video before anything begins. @return its id */
    String uploadedVideo(String account) {
        var path = account + "/advideos";
        var session = new String[1];
        var id = answered(SimRequest.post(STRANGER, path, Map.of("upload_phase", "start", "file_size",
                Integer.toString(VIDEO_BYTES))), body -> {
                    session[0] = body.path("upload_session_id").asString("");
                    return body.path("video_id").asString("");
                });
        answered(new SimRequest("POST", path, Map.of("upload_phase", "transfer", "upload_session_id", session[0],
                "start_offset", "0"), Map.of("video_file_chunk", new Upload("chunk", new byte[VIDEO_BYTES])), STRANGER,
                ORIGIN), body -> body.path("start_offset").asString(""));
        answered(SimRequest.post(STRANGER, path, Map.of("upload_phase", "finish", "upload_session_id", session[0])),
                body -> body.path("success").asString(""));
        return id;
    }

    /** What an ad shows. */
    String creativeOf(String adId) {
        return answered(SimRequest.get(STRANGER, adId, Map.of("fields", "creative{object_story_spec}")),
                body -> body.path("creative").toString());
    }

    /** Again and again, until it is answered with this. */
    private String answered(SimRequest request, Function<JsonNode, String> wanted) {
        for (int tried = 0; tried < TRIES_MAX; tried++) {
            var reply = simulator.handle(request, loop.now());
            var answer = reply.fate() == Fate.ANSWERED ? wanted.apply(reply.json()) : "";
            if (!answer.isEmpty()) {
                return answer;
            }
        }
        throw new IllegalStateException("Facebook does not answer " + request);
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
