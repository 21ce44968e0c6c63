package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.sendonce.HttpAnswer;
import io.campaignlauncher.sendonce.OutgoingBody;
import io.campaignlauncher.sendonce.OutgoingRequest;
import io.campaignlauncher.sendonce.SendOnceClient;
import io.campaignlauncher.sendonce.SendOnceSettings;
import io.campaignlauncher.sendonce.Unanswered;
import io.campaignlauncher.telemetry.TraceSpan;
import io.netty.handler.codec.http.QueryStringEncoder;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import reactor.core.publisher.Mono;

/** Sends requests to the Graph API over HTTP, each at most once: see {@link SendOnceClient}. */
public final class WebClientTransport implements GraphTransport {

    /** Larger answers count as unreadable. */
    static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

    /** Of an answer of a few hundred bytes compression saves nothing, and costs both sides more than reading it. */
    private static final String UNCOMPRESSED = "identity";

    private final SendOnceClient http;
    private final String base;

    public WebClientTransport(GraphSettings settings) {
        base = settings.baseUrl().toString().replaceFirst("/+$", "") + "/";
        http = new SendOnceClient(new SendOnceSettings("graph", "https".equals(settings.baseUrl().getScheme()),
                settings.requestTimeout(), settings.connectTimeout(), settings.connectionsMax(),
                settings.pendingMax(), ANSWER_BYTES_MAX));
    }

    @Override
    public Mono<HttpAnswer> exchange(GraphRequest request) {
        return Mono.defer(() -> http.exchange(outgoing(request))).onErrorMap(IllegalArgumentException.class,
                _ -> new Unanswered(Unanswered.Reason.NOT_TRIED, "no valid address: " + request));
    }

    private OutgoingRequest outgoing(GraphRequest request) {
        if (request.file() != null) {
            var form = MultipartForm.of(request.parameters(), request.file());
            return outgoing(request, URI.create(base + request.path()), form.contentType(), form.body());
        }
        var encoded = encode(request.parameters());
        if (request.method() != Method.POST) {
            return outgoing(request, URI.create(base + request.path() + encoded), null, OutgoingBody.NONE);
        }
        return outgoing(request, URI.create(base + request.path()), MediaType.APPLICATION_FORM_URLENCODED,
                encoded.isEmpty() ? OutgoingBody.NONE
                        : OutgoingBody.of(encoded.substring(1).getBytes(StandardCharsets.US_ASCII)));
    }

    private static OutgoingRequest outgoing(GraphRequest request, URI uri, @Nullable MediaType contentType,
            OutgoingBody body) {
        return new OutgoingRequest(HttpMethod.valueOf(request.method().name()), uri, headers -> {
            headers.setBearerAuth(request.token().value());
            if (request.traceparent() != null) {
                headers.set(TraceSpan.TRACEPARENT, request.traceparent());
            }
            if (!request.reads()) {
                headers.set(HttpHeaders.ACCEPT_ENCODING, UNCOMPRESSED);
            }
            if (contentType != null) {
                headers.setContentType(contentType);
            }
        }, body, request.timeLimit());
    }

    /** {@code ?a=1&b=2}, or nothing; blanks as %20, which every server takes for a blank. */
    private static String encode(Map<String, String> parameters) {
        var encoder = new QueryStringEncoder("");
        parameters.forEach(encoder::addParam);
        return encoder.toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
