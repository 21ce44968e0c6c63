package io.campaignlauncher.access.http;

import io.campaignlauncher.telemetry.TraceSpan;
import io.opentelemetry.api.trace.SpanKind;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpMethod;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Makes every request a step of a trace: of the caller's where it sends a {@code traceparent}, else of a new one. The answer
 * says which, in {@code traceresponse}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class TracedRequests implements WebFilter {

    /** Of W3C trace context, level 2; its value has the form of {@code traceparent}. */
    private static final String TRACERESPONSE = "traceresponse";
    /** Asked for by machines every few seconds. */
    private static final String NOT_TRACED = "/actuator/";
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.values());

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (request.getPath().value().startsWith(NOT_TRACED)) {
            return chain.filter(exchange);
        }
        var span = TraceSpan.begin(name(request.getMethod()), SpanKind.SERVER, traceparent(exchange));
        exchange.getResponse().getHeaders().set(TRACERESPONSE, span.traceparent());
        return span.around(chain.filter(exchange));
    }

    /** The method alone, if it is one: an address may hold whatever people send. */
    private static String name(HttpMethod method) {
        return METHODS.contains(method) ? "HTTP " + method : "HTTP";
    }

    /** Two of them are none, as W3C says. */
    private static String traceparent(ServerWebExchange exchange) {
        var given = exchange.getRequest().getHeaders().getValuesAsList(TraceSpan.TRACEPARENT);
        return given.size() == 1 ? given.getFirst() : "";
    }
}
