package io.campaignlauncher.job.http;

import io.campaignlauncher.telemetry.Hop;
import io.opentelemetry.api.trace.SpanKind;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Makes every request a step of a trace: of the caller's where it sends a {@code traceparent}, else of a new one. The answer
 * says which, in {@code traceresponse}.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class TracedRequests implements WebFilter {

    /** Of W3C trace context, level 2; its value has the form of {@code traceparent}. */
    static final String TRACERESPONSE = "traceresponse";
    /** Asked for by machines every few seconds. */
    private static final String NOT_TRACED = "/actuator/";

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        var request = exchange.getRequest();
        if (request.getPath().value().startsWith(NOT_TRACED)) {
            return chain.filter(exchange);
        }
        // The method alone: a path may hold what people sent.
        var hop = Hop.begin("HTTP " + request.getMethod(), SpanKind.SERVER, traceparent(exchange));
        exchange.getResponse().getHeaders().set(TRACERESPONSE, hop.traceparent());
        return hop.around(chain.filter(exchange));
    }

    /** Two of them are none, as W3C says. */
    private static String traceparent(ServerWebExchange exchange) {
        var given = exchange.getRequest().getHeaders().getValuesAsList(Hop.TRACEPARENT);
        return given.size() == 1 ? given.getFirst() : "";
    }
}
