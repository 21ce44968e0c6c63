package io.campaignlauncher.job.notify;

import io.campaignlauncher.job.model.PublicAddresses;
import io.campaignlauncher.job.model.WebhookAddress;
import io.campaignlauncher.job.notify.model.Delivery;
import io.campaignlauncher.job.notify.model.DeliveryResponse;
import io.campaignlauncher.job.notify.model.Signing;
import io.campaignlauncher.messaging.Reasons;
import io.campaignlauncher.telemetry.TraceSpan;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelOption;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.resolver.AddressResolverGroup;
import io.opentelemetry.api.trace.SpanKind;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import reactor.core.Exceptions;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.HttpClientResponse;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.resources.LoopResources;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;
import reactor.netty.transport.NameResolverProvider;

/**
 * Sends notifications: each on a connection of its own, to an address that was checked, once, without following redirects, within
 * a time limit that covers everything. Of an answer only the status and {@code Retry-After} are used; its body is not read.
 */
final class WebhookSender implements AutoCloseable {

    static final String ID_HEADER = "Launch-Webhook-Id";
    static final String TIMESTAMP_HEADER = "Launch-Webhook-Timestamp";
    static final String SIGNATURE_HEADER = "Launch-Webhook-Signature";
    /** The names that Standard Webhooks 1.0.0 gives the same three. */
    static final String STANDARD_ID_HEADER = "webhook-id";
    static final String STANDARD_TIMESTAMP_HEADER = "webhook-timestamp";
    static final String STANDARD_SIGNATURE_HEADER = "webhook-signature";
    private static final String USER_AGENT = "campaign-launcher-webhook/1";
    private static final Duration STOP_WITHIN = Duration.ofSeconds(1);

    private final WebhookSettings settings;
    private final LoopResources loops = LoopResources.create("webhook-io", 1, true);
    private final CheckedAddresses addresses;
    private final HttpClient http;

    WebhookSender(WebhookSettings settings) {
        this(settings, loops -> NameResolverProvider.builder().queryTimeout(settings.connectTimeout()).build()
                .newNameResolverGroup(loops, LoopResources.DEFAULT_NATIVE));
    }

    /** @param names resolves host names, on these threads; what it finds is checked */
    WebhookSender(WebhookSettings settings,
            Function<LoopResources, AddressResolverGroup<InetSocketAddress>> names) {
        this.settings = settings;
        addresses = new CheckedAddresses(names.apply(loops),
                address -> settings.allowPrivateAddresses() || PublicAddresses.contain(address));
        GenericSslContextSpec<SslContextBuilder> certificatesChecked = Http11SslContextSpec.forClient();
        http = HttpClient.create(ConnectionProvider.newConnection())
                .runOn(loops)
                .resolver(addresses)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.toIntExact(settings.connectTimeout().toMillis()))
                .secure(tls -> tls.sslContext(certificatesChecked).handshakeTimeout(settings.connectTimeout()))
                .disableRetry(true)
                .followRedirect(false)
                .keepAlive(false);
    }

    /** Blocks until there is an answer or none will be waited for. */
    DeliveryResponse send(Delivery delivery, Signing.With secrets, Instant now) {
        var mistake = WebhookAddress.mistake(delivery.address(), settings.allowPrivateAddresses());
        if (mistake != null) {
            return new DeliveryResponse.Unanswered("not sent: the address " + mistake);
        }
        try {
            return post(delivery, secrets, now)
                    .timeout(settings.timeout(), Mono.error(() -> new TimeoutException(
                            "no answer within " + settings.timeout().toMillis() + " ms")))
                    .blockOptional()
                    .orElseGet(() -> new DeliveryResponse.Unanswered("the connection was closed without an answer"));
        } catch (RuntimeException e) {
            var cause = Exceptions.unwrap(e);
            if (cause instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            return new DeliveryResponse.Unanswered(Reasons.of(cause));
        }
    }

    private Mono<DeliveryResponse> post(Delivery delivery, Signing.With secrets, Instant now) {
        var body = delivery.body().getBytes(StandardCharsets.UTF_8);
        var span = TraceSpan.begin("webhook", SpanKind.CLIENT, delivery.traceparent())
                .about(delivery.jobId().toString(), delivery.jobId().toString());
        return span.around(http.headers(headers -> add(headers, delivery, secrets, now, body.length, span))
                .post()
                .uri(URI.create(delivery.address()))
                .send(Mono.fromSupplier(() -> Unpooled.wrappedBuffer(body)))
                .responseConnection((response, connection) -> response(response, connection, now))
                .next());
    }

    private static void add(HttpHeaders headers, Delivery delivery, Signing.With secrets, Instant now, int bytes,
            TraceSpan span) {
        headers.set(HttpHeaderNames.CONTENT_TYPE, "application/json")
                .set(HttpHeaderNames.CONTENT_LENGTH, bytes)
                .set(HttpHeaderNames.USER_AGENT, USER_AGENT)
                .set(ID_HEADER, delivery.id().toString())
                .set(TIMESTAMP_HEADER, Long.toString(now.getEpochSecond()))
                .set(TraceSpan.TRACEPARENT, String.valueOf(span.traceparent()))
                .set(SIGNATURE_HEADER, secrets.launch().signature(delivery.id(), now, delivery.body()));
        if (secrets.standard() != null) {
            headers.set(STANDARD_ID_HEADER, delivery.id().toString())
                    .set(STANDARD_TIMESTAMP_HEADER, Long.toString(now.getEpochSecond()))
                    .set(STANDARD_SIGNATURE_HEADER,
                            secrets.standard().standardSignature(delivery.id(), now, delivery.body()));
        }
    }

    /** The connection is closed with whatever else was to come. */
    private static Mono<DeliveryResponse> response(HttpClientResponse response, Connection connection, Instant now) {
        var retryAfter = RetryAfter.of(response.responseHeaders().get(HttpHeaderNames.RETRY_AFTER), now);
        return Mono.<DeliveryResponse>just(new DeliveryResponse.Answered(response.status().code(), retryAfter))
                .doFinally(_ -> connection.dispose());
    }

    @Override
    public void close() {
        addresses.close();
        loops.disposeLater(Duration.ZERO, STOP_WITHIN).block(STOP_WITHIN.multipliedBy(2));
    }
}
