package io.campaignlauncher.telegram.simulator;

import io.campaignlauncher.standin.Reply;
import io.campaignlauncher.standin.RequestLog;
import io.campaignlauncher.standin.RequestParts;
import io.campaignlauncher.standin.StandInServer;
import io.campaignlauncher.standin.StandInServer.Received;
import io.campaignlauncher.telegram.simulator.core.BotApi;
import io.campaignlauncher.telegram.simulator.core.BotRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import reactor.core.publisher.Mono;

/** Serves a {@link BotApi} over HTTP, and the control routes beside it. */
final class TelegramServer {

    private static final int BODY_BYTES_MAX = 50 * 1024 * 1024;

    /** The clock may be put forward, so nothing is waited for longer than this. */
    private static final Duration TICK = Duration.ofMillis(100);

    private final BotApi api;
    private final Clock clock;
    private final RequestLog log;
    private final ControlRoutes control;

    private TelegramServer(BotApi api, MovableClock clock, RequestLog log) {
        this.api = api;
        this.clock = clock;
        this.log = log;
        control = new ControlRoutes(api, clock, log);
    }

    static StandInServer start(TelegramSimulatorSettings settings, BotApi api, MovableClock clock, RequestLog log) {
        var application = new TelegramServer(api, clock, log);
        return StandInServer.start(new StandInServer.Settings("telegram-simulator", "http", settings.host(),
                settings.port(), settings.threads(), BODY_BYTES_MAX, settings.door(), ControlRoutes::areAt,
                UnaryOperator.identity()), application::handle);
    }

    private Mono<Reply> handle(Received received) {
        if (ControlRoutes.areAt(received.uri())) {
            return Mono.just(control.handle(received.method(), received.uri(), received.body()));
        }
        RequestParts parts;
        try {
            parts = RequestParts.read(received.uri(), received.headers().get(HttpHeaderNames.CONTENT_TYPE, ""),
                    received.body());
        } catch (RuntimeException e) {
            // The reader of HTTP says no with a status and nothing else.
            return Mono.just(Reply.empty(400, Map.of()));
        }
        var request = BotRequest.of(parts);
        log.add(new RequestLog.Entry(clock.instant(), received.method(), request.maskedPath(),
                received.headers().get("traceparent")));
        return Mono.create(sink -> {
            api.handle(request, clock.instant(), sink::success);
            // While the answer is out, what is due happens, and the end of waiting for updates is one of these things.
            sink.onDispose(Mono.defer(() -> Mono.delay(untilNextEffect()))
                    .doOnNext(_ -> api.advance(clock.instant()))
                    .repeat()
                    .subscribe());
        });
    }

    private Duration untilNextEffect() {
        var wait = api.nextEffectAt().map(at -> Duration.between(clock.instant(), at).plusMillis(1)).orElse(TICK);
        return wait.isNegative() ? Duration.ZERO : wait.compareTo(TICK) < 0 ? wait : TICK;
    }
}
