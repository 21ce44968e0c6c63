package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.telemetry.TraceSpan;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.QueryStringEncoder;
import io.netty.handler.ssl.SslContextBuilder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/**
 * Spring's WebClient on Reactor Netty, with every way of sending a request twice closed: no retry on a broken pooled
 * connection, no redirect, and a {@link SendOnceBody} that opens once. The request time-out covers all: waiting for a
 * connection, making it, the request and its whole answer. Half of it at most is spent waiting for a connection.
 */
public final class WebClientTransport implements GraphTransport {

    /** Larger answers count as unreadable. */
    static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

    /** Shorter than servers keep idle connections, so that a request seldom meets a closed one. */
    private static final Duration CONNECTION_IDLE_MAX = Duration.ofSeconds(20);

    /** So that a changed address of the host is noticed. */
    private static final Duration CONNECTION_AGE_MAX = Duration.ofMinutes(5);

    private static final byte[] NOTHING = {};

    /** Of an answer of a few hundred bytes compression saves nothing, and costs both sides more than reading it. */
    private static final String UNCOMPRESSED = "identity";

    private final ConnectionProvider connections;
    private final WebClient http;
    private final String base;

    public WebClientTransport(GraphSettings settings) {
        base = settings.baseUrl().toString().replaceFirst("/+$", "") + "/";
        connections = ConnectionProvider.builder("graph")
                .maxConnections(settings.connectionsMax())
                .pendingAcquireMaxCount(settings.pendingMax())
                .pendingAcquireTimeout(settings.requestTimeout().dividedBy(2))
                .maxIdleTime(CONNECTION_IDLE_MAX)
                .maxLifeTime(CONNECTION_AGE_MAX)
                .evictInBackground(CONNECTION_IDLE_MAX)
                .lifo()
                .build();
        http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client(settings)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(ANSWER_BYTES_MAX))
                .defaultHeader(HttpHeaders.USER_AGENT, "campaign-launcher")
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .build();
    }

    private HttpClient client(GraphSettings settings) {
        var client = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
                .disableRetry(true)
                .followRedirect(false)
                .keepAlive(true)
                .compress(true);
        if (!"https".equals(settings.baseUrl().getScheme())) {
            return client;
        }
        GenericSslContextSpec<SslContextBuilder> certificatesChecked = Http11SslContextSpec.forClient();
        return client.secure(
                tls -> tls.sslContext(certificatesChecked).handshakeTimeout(settings.connectTimeout()));
    }

    @Override
    public Mono<GraphResponse> exchange(GraphRequest request) {
        return Mono.defer(() -> {
            var isForm = request.method() == Method.POST;
            var encoded = encode(request.parameters());
            var uri = URI.create(isForm ? base + request.path() : base + request.path() + encoded);
            var body = isForm && !encoded.isEmpty()
                    ? encoded.substring(1).getBytes(StandardCharsets.US_ASCII)
                    : NOTHING;
            var departure = SendOnceBody.within(request.timeLimit(), body);
            return http.method(HttpMethod.valueOf(request.method().name()))
                    .uri(uri)
                    .headers(headers -> {
                        headers.setBearerAuth(request.token().value());
                        if (request.traceparent() != null) {
                            headers.set(TraceSpan.TRACEPARENT, request.traceparent());
                        }
                        if (!request.reads()) {
                            headers.set(HttpHeaders.ACCEPT_ENCODING, UNCOMPRESSED);
                        }
                        if (isForm) {
                            headers.setContentType(MediaType.APPLICATION_FORM_URLENCODED);
                        }
                    })
                    .body(departure)
                    .exchangeToMono(WebClientTransport::receive)
                    .timeout(request.timeLimit(), Mono.error(() -> timedOut(departure, request.timeLimit())))
                    .onErrorMap(error -> unanswered(error, departure))
                    .doOnCancel(departure::giveUp);
        }).onErrorMap(IllegalArgumentException.class,
                _ -> new GraphUnanswered(GraphUnanswered.Reason.NOT_TRIED, "no valid address: " + request));
    }

    /** {@code ?a=1&b=2}, or nothing; blanks as %20, which every server takes for a blank. */
    private static String encode(Map<String, String> parameters) {
        var encoder = new QueryStringEncoder("");
        parameters.forEach(encoder::addParam);
        return encoder.toString();
    }

    private static Mono<GraphResponse> receive(ClientResponse response) {
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(NOTHING)
                .map(body -> new GraphResponse(response.statusCode().value(),
                        response.headers().asHttpHeaders().toSingleValueMap(), body));
    }

    private static GraphUnanswered timedOut(SendOnceBody departure, Duration timeLimit) {
        return departure.giveUp()
                ? new GraphUnanswered(GraphUnanswered.Reason.UNREACHABLE,
                        "not connected within " + timeLimit.toMillis() + " ms")
                : new GraphUnanswered(GraphUnanswered.Reason.TIMED_OUT,
                        "no complete answer within " + timeLimit.toMillis() + " ms");
    }

    private static Throwable unanswered(Throwable error, SendOnceBody departure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(error);
        if (cause instanceof GraphUnanswered) {
            return cause;
        }
        var message = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (!departure.giveUp()) {
            return new GraphUnanswered(GraphUnanswered.Reason.BROKEN, message);
        }
        // Reactor Netty's pool: too many waiting, or waited too long. Its own types are not public.
        var crowded = cause instanceof RejectedExecutionException || cause instanceof TimeoutException;
        return new GraphUnanswered(
                crowded ? GraphUnanswered.Reason.NOT_TRIED : GraphUnanswered.Reason.UNREACHABLE, message);
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
