package io.campaignlauncher.standin;

import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.FrontDoor;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpVersion;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.reactivestreams.Publisher;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;

/**
 * Serves a stand-in over HTTP behind the front door. Answers on the event loop; a delay is a timer there, never a waiting thread. A
 * body that is too large is answered with status 413 and an empty body.
 */
public final class StandInServer implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(StandInServer.class);
    private static final byte[] NO_BODY = {};

    private final LoopResources loops;
    private final DisposableServer server;
    private final String scheme;

    private StandInServer(LoopResources loops, DisposableServer server, String scheme) {
        this.loops = loops;
        this.server = server;
        this.scheme = scheme;
    }

    /** A complete request. */
    public record Received(String method, String uri, HttpHeaders headers, byte[] body) {}

    /** What answers requests; an exception is a defect of the stand-in, answered with status 500. */
    @FunctionalInterface
    public interface Application {
        Mono<Reply> handle(Received request);
    }

    /**
     * @param name         of its threads
     * @param scheme       http, or https where {@code further} makes it so
     * @param bodyBytesMax of a request
     * @param jsonAt       by a request's path: whether a body has to be JSON there, see {@link FrontDoor}
     * @param further      settings of the server, TLS among them
     */
    public record Settings(String name, String scheme, String host, int port, int threads, int bodyBytesMax,
            DoorSettings door, Predicate<String> jsonAt, UnaryOperator<HttpServer> further) {}

    public static StandInServer start(Settings settings, Application application) {
        var loops = LoopResources.create(settings.name(), settings.threads(), true);
        try {
            var handler = new Handler(application, settings.bodyBytesMax());
            var plain = new FrontDoor(settings.host(), settings.door(), settings.jsonAt(), _ -> {})
                    .guard(HttpServer.create().host(settings.host()).port(settings.port()).runOn(loops)
                            .handle(handler::handle));
            return new StandInServer(loops, settings.further().apply(plain).bindNow(), settings.scheme());
        } catch (RuntimeException e) {
            loops.dispose();
            throw e;
        }
    }

    /** E.g. {@code http://127.0.0.1:40123}, without a trailing slash. */
    public URI baseUrl() {
        return URI.create(scheme + "://" + server.host() + ":" + server.port());
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
        loops.disposeLater(Duration.ZERO, Duration.ofSeconds(5)).block(Duration.ofSeconds(10));
    }

    private record Handler(Application application, int bodyBytesMax) {

        Publisher<Void> handle(HttpServerRequest request, HttpServerResponse response) {
            var headers = request.requestHeaders();
            if (!headers.contains(HttpHeaderNames.CONTENT_LENGTH)
                    && !headers.contains(HttpHeaderNames.TRANSFER_ENCODING)) {
                return answer(request, response, NO_BODY);
            }
            if (headers.getInt(HttpHeaderNames.CONTENT_LENGTH, 0) > bodyBytesMax) {
                return response.status(413).send();
            }
            return whole(request).defaultIfEmpty(NO_BODY).flatMap(body -> answer(request, response, body))
                    .onErrorResume(BodyTooLarge.class, _ -> response.status(413).send());
        }

        /** A body up to the most that is taken, whatever length it claims. */
        private Mono<byte[]> whole(HttpServerRequest request) {
            return request.receive().asByteArray().reduceWith(ByteArrayOutputStream::new, (whole, part) -> {
                if (whole.size() + part.length > bodyBytesMax) {
                    throw new BodyTooLarge();
                }
                whole.writeBytes(part);
                return whole;
            }).map(ByteArrayOutputStream::toByteArray);
        }

        private Mono<Void> answer(HttpServerRequest request, HttpServerResponse response, byte[] body) {
            return Mono
                    .defer(() -> application.handle(new Received(request.method().name(), request.uri(),
                            request.requestHeaders(), body)))
                    .onErrorResume(e -> {
                        LOG.error("A defect of a stand-in, answered with status 500", e);
                        return Mono.just(Reply.empty(500, Map.of()));
                    })
                    .flatMap(reply -> after(response, reply.delay())
                            .then(Mono.defer(() -> deliver(response, reply))));
        }

        private static Mono<Void> after(HttpServerResponse response, Duration delay) {
            return delay.isZero() ? Mono.empty()
                    : Mono.create(sink -> response.withConnection(connection -> {
                        var timer = connection.channel().eventLoop().schedule(() -> sink.success(), delay.toNanos(),
                                TimeUnit.NANOSECONDS);
                        sink.onDispose(() -> timer.cancel(false));
                    }));
        }

        private static Mono<Void> deliver(HttpServerResponse response, Reply reply) {
            return switch (reply.fate()) {
                case ANSWERED -> Mono.from(send(response, reply));
                case CUT_SHORT -> sendHalf(response, reply);
                case SILENCE -> Mono.never();
                case CONNECTION_CLOSED -> end(response);
                case CONNECTION_RESET -> {
                    response.withConnection(
                            connection -> connection.channel().config().setOption(ChannelOption.SO_LINGER, 0));
                    yield end(response);
                }
            };
        }

        private static Mono<Void> end(HttpServerResponse response) {
            return Mono.create(_ -> response.withConnection(connection -> connection.channel().close()));
        }

        private static Publisher<Void> send(HttpServerResponse response, Reply reply) {
            head(response, reply);
            return reply.body().length == 0 ? response.send() : response.sendByteArray(Mono.just(reply.body()));
        }

        /** Written past the server, which would wait for the other half. */
        private static Mono<Void> sendHalf(HttpServerResponse response, Reply reply) {
            head(response, reply);
            response.responseHeaders().remove(HttpHeaderNames.TRANSFER_ENCODING);
            var half = Unpooled.wrappedBuffer(reply.body(), 0, reply.body().length / 2);
            return Mono.create(_ -> response.withConnection(connection -> {
                var channel = connection.channel();
                channel.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, response.status(),
                        response.responseHeaders()));
                channel.writeAndFlush(new DefaultHttpContent(half)).addListener(ChannelFutureListener.CLOSE);
            }));
        }

        private static void head(HttpServerResponse response, Reply reply) {
            response.status(reply.status());
            var headers = response.responseHeaders();
            if (!reply.contentType().isEmpty()) {
                headers.set(HttpHeaderNames.CONTENT_TYPE, reply.contentType());
            }
            if (reply.status() != 304) {
                headers.set(HttpHeaderNames.CONTENT_LENGTH, reply.body().length);
            }
            reply.headers().forEach(headers::set);
        }
    }

    private static final class BodyTooLarge extends RuntimeException {

        private static final long serialVersionUID = 1L;

        BodyTooLarge() {
            super("the body is too large", null, false, false);
        }
    }
}
