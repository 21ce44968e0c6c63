package io.campaignlauncher.simulator;

import io.campaignlauncher.simulator.core.EntityTag;
import io.campaignlauncher.simulator.core.GraphSimulator;
import io.campaignlauncher.simulator.core.SimReply;
import io.campaignlauncher.simulator.core.SimRequest;
import io.campaignlauncher.standin.Fate;
import io.campaignlauncher.standin.Reply;
import io.campaignlauncher.standin.RequestLog;
import io.campaignlauncher.standin.StandInServer;
import io.campaignlauncher.standin.StandInServer.Received;
import io.netty.handler.codec.http.HttpHeaderNames;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HashMap;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.server.HttpServer;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/** Serves a {@link GraphSimulator} over HTTP, with TLS or without. */
final class SimulatorServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SimulatorServer.class);
    private static final int BODY_BYTES_MAX = 32 * 1024 * 1024;
    private static final int COMPRESSED_FROM_BYTES = 1024;
    private static final byte[] NO_BODY = {};

    private final StandInServer server;
    private final @Nullable SelfSigned identity;

    private SimulatorServer(StandInServer server, @Nullable SelfSigned identity) {
        this.server = server;
        this.identity = identity;
    }

    static SimulatorServer start(SimulatorSettings settings, GraphSimulator core, Clock clock, RequestLog log) {
        var identity = settings.https() ? SelfSigned.forHost(settings.host()) : null;
        var scheme = identity == null ? "http" : "https";
        var application = new Application(core, clock, new RequestReader(scheme),
                new ControlRoutes(core, clock, log), log);
        return new SimulatorServer(StandInServer.start(
                new StandInServer.Settings("simulator", scheme, settings.host(), settings.port(), settings.threads(),
                        BODY_BYTES_MAX, settings.door(), ControlRoutes::areAt,
                        plain -> encrypted(plain.compress(COMPRESSED_FROM_BYTES), identity)),
                request -> Mono.just(application.handle(request))), identity);
    }

    private static HttpServer encrypted(HttpServer plain, @Nullable SelfSigned identity) {
        if (identity == null) {
            return plain;
        }
        GenericSslContextSpec<?> certified = Http11SslContextSpec.forServer(identity.key(), identity.certificate());
        return plain.secure(tls -> tls.sslContext(certified));
    }

    URI baseUrl() {
        return server.baseUrl();
    }

    Optional<X509Certificate> certificate() {
        return Optional.ofNullable(identity).map(SelfSigned::certificate);
    }

    @Override
    public void close() {
        server.close();
    }

    private record Application(GraphSimulator core, Clock clock, RequestReader reader, ControlRoutes control,
            RequestLog log) {

        Reply handle(Received request) {
            try {
                if (ControlRoutes.areAt(request.uri())) {
                    return reply(request, control.handle(request.method(), request.uri(), request.body()));
                }
                SimRequest parsed;
                try {
                    parsed = reader.read(request);
                } catch (RuntimeException e) {
                    LOG.debug("A body that does not fit its content type", e);
                    return reply(request, ControlRoutes.error(400, "The body does not fit its content type"));
                }
                var now = clock.instant();
                log.add(new RequestLog.Entry(now, parsed.method(), parsed.path(),
                        request.headers().get("traceparent")));
                return reply(request, core.handle(parsed, now));
            } catch (RuntimeException e) {
                LOG.error("A defect of the simulator, answered with status 500", e);
                return reply(request,
                        ControlRoutes.error(500, "A defect of the simulator: " + e.getClass().getSimpleName()));
            }
        }

        /** Nothing but the status 304 for those who tell that they have read the same before. */
        private static Reply reply(Received request, SimReply reply) {
            var bytes = reply.bytes();
            var headers = new HashMap<>(reply.headers());
            if (reply.fate() == Fate.ANSWERED && reply.status() == 200 && request.method().equals("GET")) {
                var tag = EntityTag.of(bytes);
                headers.put(HttpHeaderNames.ETAG.toString(), tag);
                if (EntityTag.isIn(request.headers().get(HttpHeaderNames.IF_NONE_MATCH, ""), tag)) {
                    return new Reply(304, headers, "", NO_BODY, reply.delay(), reply.fate());
                }
            }
            return new Reply(reply.status(), headers, reply.contentType(), bytes, reply.delay(), reply.fate());
        }
    }
}
