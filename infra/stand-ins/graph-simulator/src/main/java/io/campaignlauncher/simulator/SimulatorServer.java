package io.campaignlauncher.simulator;

import io.campaignlauncher.frontdoor.FrontDoor;
import io.campaignlauncher.simulator.core.EntityTag;
import io.campaignlauncher.simulator.core.GraphSimulator;
import io.campaignlauncher.simulator.core.SimReply;
import io.campaignlauncher.simulator.core.SimRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/** Serves a {@link GraphSimulator} over HTTP, with TLS or without. Answers on the event loop; a delay is a timer there, never a waiting thread. */
final class SimulatorServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);
    private static final int BODY_BYTES_MAX = 32 * 1024 * 1024;
    private static final int COMPRESSED_FROM_BYTES = 1024;
    private static final byte[] NO_BODY = {};

    private final LoopResources loops;
    private final DisposableServer server;
    private final @Nullable SelfSigned identity;

    private SimulatorServer(LoopResources loops, DisposableServer server, @Nullable SelfSigned identity) {
        this.loops = loops;
        this.server = server;
        this.identity = identity;
    }

    static SimulatorServer start(SimulatorSettings settings, GraphSimulator core, Clock clock, RequestLog log) {
        var loops = LoopResources.create("simulator", settings.threads(), true);
        try {
            var identity = settings.https() ? SelfSigned.forHost(settings.host()) : null;
            var handler = new Handler(core, clock, new RequestReader(scheme(identity)),
                    new ControlRoutes(core, clock, log), log);
            var plain = new FrontDoor(settings.host(), settings.door(), ControlRoutes::areAt, _ -> {})
                    .guard(HttpServer.create().host(settings.host()).port(settings.port()).runOn(loops)
                            .compress(COMPRESSED_FROM_BYTES).handle(handler::handle));
            var server = identity == null ? plain : encrypted(plain, identity);
            return new SimulatorServer(loops, server.bindNow(), identity);
        } catch (RuntimeException e) {
            loops.dispose();
            throw e;
        }
    }

    private static HttpServer encrypted(HttpServer plain, SelfSigned identity) {
        GenericSslContextSpec<?> certified = Http11SslContextSpec.forServer(identity.key(), identity.certificate());
        return plain.secure(tls -> tls.sslContext(certified));
    }

    URI baseUrl() {
        return URI.create(scheme(identity) + "://" + server.host() + ":" + server.port());
    }

    Optional<X509Certificate> certificate() {
        return Optional.ofNullable(identity).map(SelfSigned::certificate);
    }

    private static String scheme(@Nullable SelfSigned identity) {
        return identity == null ? "http" : "https";
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(10));
    }

    private record Handler(GraphSimulator core, Clock clock, RequestReader reader, ControlRoutes control,
            RequestLog log) {

        Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
            var headers = request.requestHeaders();
            if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                    && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
                return answer(request, response, NO_BODY);
            }
            if (headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0) > BODY_BYTES_MAX) {
                return response.status(413).send();
            }
            return whole(request).defaultIfEmpty(NO_BODY).flatMap(body -> Mono.from(answer(request, response, body)))
                    .onErrorResume(
                            BodyTooLarge.class, _ -> response.status(413).send());
        }

        /** A body up to the most that is taken, whatever length it claims. */
        private static Mono<byte[]> whole(HttpServerRequest request) {
            return request.receive().asByteArray().reduceWith(ByteArrayOutputStream::new, (whole, part) -> {
                if (whole.size() + part.length > BODY_BYTES_MAX) {
                    throw new BodyTooLarge();
                }
                whole.writeBytes(part);
                return whole;
            }).map(ByteArrayOutputStream::toByteArray);
        }

        private Publisher<Void> answer(HttpServerRequest request, HttpServerResponse response, byte[] body) {
            SimReply reply;
            try {
                var uri = request.uri();
                if (ControlRoutes.areAt(uri)) {
                    reply = control.handle(request.method().name(), uri, body);
                } else {
                    SimRequest parsed;
                    try {
                        parsed = reader.read(request, body);
                    } catch (RuntimeException e) {
                        LOG.debug("A body that does not fit its content type", e);
                        return send(response, ControlRoutes.error(400, "The body does not fit its content type"));
                    }
                    var now = clock.instant();
                    log.add(new RequestLog.Entry(now, parsed.method(), parsed.path(),
                            request.requestHeaders().get("traceparent")));
                    reply = core.handle(parsed, now);
                }
            } catch (RuntimeException e) {
                LOG.error("A defect of the simulator, answered with status 500", e);
                return send(response,
                        ControlRoutes.error(500, "A defect of the simulator: " + e.getClass().getSimpleName()));
            }
            var answered = reply;
            return reply.delay().isZero() ? deliver(request, response, reply)
                    : after(response, reply.delay()).then(Mono.defer(() -> Mono
                            .from(deliver(request, response, answered))));
        }

        private static Publisher<Void> deliver(HttpServerRequest request, HttpServerResponse response, SimReply reply) {
            return switch (reply.fate()) {
                case ANSWERED -> reply.status() == 200 && HttpMethod.GET.equals(request.method())
                        ? sendUnlessKnown(request, response, reply) : send(response, reply);
                case SILENCE -> Mono.never();
                case CONNECTION_CLOSED ->
                    Mono.create(_ -> response.withConnection(connection -> connection.channel().close()));
            };
        }

        private static Mono<Void> after(HttpServerResponse response, Duration delay) {
            return Mono.create(sink -> response.withConnection(connection -> {
                var timer = connection.channel().eventLoop().schedule(() -> sink.success(), delay.toNanos(),
                        TimeUnit.NANOSECONDS);
                sink.onDispose(() -> timer.cancel(false));
            }));
        }

        /** Nothing but the status 304 for those who tell that they have read the same before. */
        private static Publisher<Void> sendUnlessKnown(HttpServerRequest request, HttpServerResponse response,
                SimReply reply) {
            var bytes = reply.bytes();
            var tag = EntityTag.of(bytes);
            response.header(HttpHeaderNames.ETAG, tag);
            if (EntityTag.isIn(request.requestHeaders().get(HttpHeaderNames.IF_NONE_MATCH, ""), tag)) {
                reply.headers().forEach(response::header);
                return response.status(304).send();
            }
            return send(response, reply, bytes);
        }

        private static Publisher<Void> send(HttpServerResponse response, SimReply reply) {
            return send(response, reply, reply.bytes());
        }

        private static Publisher<Void> send(HttpServerResponse response, SimReply reply, byte[] bytes) {
            response.status(reply.status());
            var headers = response.responseHeaders();
            headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
            headers.set(HttpHeaderNames.CONTENT_LENGTH, bytes.length);
            for (Map.Entry<String, String> each : reply.headers().entrySet()) {
                headers.set(each.getKey(), each.getValue());
            }
            return response.sendByteArray(Mono.just(bytes));
        }
    }

    private static final class BodyTooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BodyTooLarge() {
            super("the body is too large", null, false, false);
        }
    }
}
