package io.campaignlauncher.telegram;

import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.OutgoingBody;
import io.campaignlauncher.sendonce.OutgoingRequest;
import io.campaignlauncher.sendonce.SendOnceClient;
import io.campaignlauncher.sendonce.SendOnceSettings;
import io.campaignlauncher.telemetry.TraceSpan;
import java.net.URI;
import java.util.Objects;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;
import reactor.netty.NettyPipeline;

/** Sends requests over HTTP, each at most once: see {@link SendOnceClient}. */
final class HttpTransport implements TelegramTransport {

    /** Larger answers count as broken. A message is a few kilobytes. */
    private static final int ANSWER_BYTES_MAX = 1024 * 1024;

    private final SendOnceClient http;
    private final String base;

    HttpTransport(TelegramSettings settings, BotToken token) {
        base = settings.baseUrl().toString().replaceFirst("/+$", "") + TokenInPath.PLACE;
        var tokenInPath = new TokenInPath(Objects.requireNonNullElse(settings.baseUrl().getRawPath(), "")
                .replaceFirst("/+$", ""), token);
        http = new SendOnceClient(new SendOnceSettings("telegram", "https".equals(settings.baseUrl().getScheme()),
                settings.timeout(), settings.connectTimeout(), settings.connectionsMax(), settings.pendingMax(),
                ANSWER_BYTES_MAX),
                channel -> channel.pipeline().addAfter(NettyPipeline.HttpCodec, "tokenInPath", tokenInPath));
    }

    @Override
    public Mono<HttpAnswer> exchange(TelegramRequest request) {
        return http.exchange(new OutgoingRequest(HttpMethod.POST, URI.create(base + request.method()), headers -> {
            headers.setContentType(MediaType.parseMediaType(request.contentType()));
            if (request.traceparent() != null) {
                headers.set(TraceSpan.TRACEPARENT, request.traceparent());
            }
        }, OutgoingBody.of(request.body()), request.timeLimit()));
    }

    @Override
    public void close() {
        http.close();
    }
}
