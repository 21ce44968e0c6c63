package io.campaignlauncher.sendonce;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContextBuilder;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.HttpHeaders;
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
 * connection, no redirect, and a {@link SendOnceBody} that opens once. The time limit of a request covers all: waiting for a
 * connection, making it, the request and its whole answer.
 *
 * <p>Where there is no complete answer, the error signal is an {@link Unanswered}, which tells whether the request may have left.
 */
public final class SendOnceClient implements AutoCloseable {

    /** Shorter than servers keep idle connections, so that a request seldom meets a closed one. */
    private static final Duration CONNECTION_IDLE_MAX = Duration.ofSeconds(20);

    /** So that a changed address of the host is noticed. */
    private static final Duration CONNECTION_AGE_MAX = Duration.ofMinutes(5);

    private static final byte[] NOTHING = {};

    private final ConnectionProvider connections;
    private final WebClient http;

    public SendOnceClient(SendOnceSettings settings) {
        this(settings, _ -> {});
    }

    /** @param connected is told of each connection before its first request, to change what goes over it */
    public SendOnceClient(SendOnceSettings settings, Consumer<Channel> connected) {
        connections = ConnectionProvider.builder(settings.name())
                .maxConnections(settings.connectionsMax())
                .pendingAcquireMaxCount(settings.pendingMax())
                .pendingAcquireTimeout(settings.requestTimeout().dividedBy(2))
                .maxIdleTime(CONNECTION_IDLE_MAX)
                .maxLifeTime(CONNECTION_AGE_MAX)
                .evictInBackground(CONNECTION_IDLE_MAX)
                .lifo()
                .build();
        http = WebClient.builder()
                .clientConnector(new ReactorClientHttpConnector(client(settings, connected)))
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(settings.answerBytesMax()))
                .defaultHeader(HttpHeaders.USER_AGENT, "campaign-launcher")
                .defaultHeader(HttpHeaders.ACCEPT, MediaType.APPLICATION_JSON_VALUE)
                .build();
    }

    private HttpClient client(SendOnceSettings settings, Consumer<Channel> connected) {
        var client = HttpClient.create(connections)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
                .disableRetry(true)
                .followRedirect(false)
                .keepAlive(true)
                .compress(true)
                .doOnChannelInit((_, channel, _) -> connected.accept(channel));
        if (!settings.https()) {
            return client;
        }
        GenericSslContextSpec<SslContextBuilder> certificatesChecked = Http11SslContextSpec.forClient();
        return client.secure(
                tls -> tls.sslContext(certificatesChecked).handshakeTimeout(settings.connectTimeout()));
    }

    /** A subscription sends the request at most once, and nothing at all once it was cancelled or has ended. */
    public Mono<HttpAnswer> exchange(OutgoingRequest request) {
        return Mono.defer(() -> {
            var departure = SendOnceBody.within(request.timeLimit(), request.body());
            return http.method(request.method())
                    .uri(request.uri())
                    .headers(request.headers())
                    .body(departure)
                    .exchangeToMono(SendOnceClient::receive)
                    .timeout(request.timeLimit(), Mono.error(() -> timedOut(departure, request.timeLimit())))
                    .onErrorMap(error -> unanswered(error, departure))
                    .doOnCancel(departure::giveUp);
        });
    }

    private static Mono<HttpAnswer> receive(ClientResponse response) {
        return response.bodyToMono(byte[].class)
                .defaultIfEmpty(NOTHING)
                .map(body -> new HttpAnswer(response.statusCode().value(),
                        response.headers().asHttpHeaders().toSingleValueMap(), body));
    }

    private static Unanswered timedOut(SendOnceBody departure, Duration timeLimit) {
        return departure.giveUp()
                ? new Unanswered(Unanswered.Reason.UNREACHABLE, "not connected within " + timeLimit.toMillis() + " ms")
                : new Unanswered(Unanswered.Reason.TIMED_OUT,
                        "no complete answer within " + timeLimit.toMillis() + " ms");
    }

    private static Throwable unanswered(Throwable error, SendOnceBody departure) {
        var cause = NestedExceptionUtils.getMostSpecificCause(error);
        if (cause instanceof Unanswered) {
            return cause;
        }
        var message = cause.getClass().getSimpleName() + ": " + cause.getMessage();
        if (!departure.giveUp()) {
            return new Unanswered(Unanswered.Reason.BROKEN, message);
        }
        // Reactor Netty's pool: too many waiting, or waited too long. Its own types are not public.
        var crowded = cause instanceof RejectedExecutionException || cause instanceof TimeoutException;
        return new Unanswered(crowded ? Unanswered.Reason.NOT_TRIED : Unanswered.Reason.UNREACHABLE, message);
    }

    @Override
    public void close() {
        connections.dispose();
    }
}
