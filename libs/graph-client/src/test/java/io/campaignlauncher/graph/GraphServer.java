package io.campaignlauncher.graph;

import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Mono;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;

/** A server on a free port that answers by a script, the last answer again and again, and keeps what it received. */
final class GraphServer implements AutoCloseable {

    /** One request, complete. */
    record ReceivedRequest(String method, String uri, Map<String, String> headers, String body) {

        Map<String, String> form() {
            return flat(new QueryStringDecoder(body, false));
        }

        Map<String, String> query() {
            return flat(new QueryStringDecoder(uri));
        }

        private static Map<String, String> flat(QueryStringDecoder decoder) {
            return decoder.parameters().entrySet().stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, entry -> entry.getValue().getFirst()));
        }
    }

    @FunctionalInterface
    interface Reply {
        Publisher<Void> send(HttpServerResponse response);

        static Reply json(int status, String body, String... headers) {
            return text(status, "application/json", body, headers);
        }

        static Reply text(int status, String type, String body, String... headers) {
            return response -> {
                response.status(status).header("Content-Type", type);
                for (var i = 0; i < headers.length; i += 2) {
                    response.header(headers[i], headers[i + 1]);
                }
                return response.sendString(Mono.just(body));
            };
        }

        /** Takes the request and closes the connection without a byte. */
        static Reply hangUp() {
            return response -> {
                response.withConnection(connection -> connection.channel().close());
                return Mono.never();
            };
        }

        /** Takes the request and resets the connection: on this some clients send again without saying so. */
        static Reply reset() {
            return response -> {
                response.withConnection(connection -> {
                    connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
                    connection.channel().close();
                });
                return Mono.never();
            };
        }

        static Reply silence() {
            return _ -> Mono.never();
        }
    }

    final List<ReceivedRequest> seen = new CopyOnWriteArrayList<>();
    private final Deque<Reply> script = new ArrayDeque<>();
    private final DisposableServer server;

    GraphServer() {
        this(UnaryOperator.identity());
    }

    GraphServer(UnaryOperator<HttpServer> setUp) {
        server = setUp.apply(HttpServer.create()).host("127.0.0.1").port(0).compress(true)
                .handle((request, response) -> request.receive().aggregate().asString().defaultIfEmpty("")
                        .flatMap(body -> {
                            var headers = request.requestHeaders().entries().stream().collect(Collectors
                                    .toMap(entry -> entry.getKey().toLowerCase(), Map.Entry::getValue,
                                            (one, _) -> one));
                            seen.add(new ReceivedRequest(request.method().name(), request.uri(), headers, body));
                            return Mono.from(next().send(response));
                        }))
                .bindNow();
    }

    GraphServer replies(Reply... replies) {
        synchronized (script) {
            script.clear();
            script.addAll(List.of(replies));
        }
        return this;
    }

    private Reply next() {
        synchronized (script) {
            return script.size() > 1 ? script.removeFirst() : script.getFirst();
        }
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.port());
    }

    GraphSettings settings() {
        return settings(Duration.ofSeconds(10));
    }

    GraphSettings settings(Duration requestTimeout) {
        return new GraphSettings(uri(), "v24.0", requestTimeout, Duration.ofSeconds(3), 16, 100);
    }

    @Override
    public void close() {
        server.disposeNow(Duration.ofSeconds(5));
    }
}
