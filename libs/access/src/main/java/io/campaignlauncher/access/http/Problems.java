package io.campaignlauncher.access.http;

import io.campaignlauncher.telemetry.TraceSpan;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;

/** Turns whatever goes wrong into a {@link HttpProblem}, and writes it. */
public final class Problems {

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

    private Problems() {}

    /** A filter: whatever goes wrong becomes a problem answer. */
    public static Mono<ServerResponse> caught(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).onErrorResume(
                error -> Mono.deferContextual(context -> answer(request, error, TraceSpan.of(context))));
    }

    private static Mono<ServerResponse> answer(ServerRequest request, Throwable error, TraceSpan span) {
        return switch (error) {
            case ResponseStatusException e -> Mono.error(e);
            // The caller hung up: nobody is left to read this, but it is counted.
            case AbortedException _ -> ServerResponse.badRequest().build();
            default -> {
                var problem = problem(request, error, span);
                yield ServerResponse.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .headers(problem::headers).bodyValue(problem.body(span));
            }
        };
    }

    private static HttpProblem problem(ServerRequest request, Throwable error, TraceSpan span) {
        return switch (error) {
            case HttpProblem problem -> problem;
            case DataAccessException e -> unavailable(request, e, span);
            case TransactionException e -> unavailable(request, e, span);
            default -> {
                span.on(LOG.atError()).setCause(error).log("{} {} failed", request.method(), route(request));
                yield HttpProblem.brokenHere();
            }
        };
    }

    /** Its kind only: a message of the database may quote a row. */
    private static HttpProblem unavailable(ServerRequest request, Throwable error, TraceSpan span) {
        span.on(LOG.atWarn()).log("{} {}: the database did not answer: {}", request.method(), route(request),
                error.getClass().getSimpleName());
        return HttpProblem.notNow("The database did not answer; try again.");
    }

    /** The pattern that matched: an address as it was sent may hold anything. */
    public static Object route(ServerRequest request) {
        return request.attribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE).orElse("?");
    }

    /** Where there is no handler yet: before any route. */
    public static Mono<Void> write(ServerWebExchange exchange, HttpProblem problem) {
        return Mono.deferContextual(context -> {
            var response = exchange.getResponse();
            response.setStatusCode(problem.status());
            response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            problem.headers(response.getHeaders());
            return response.writeWith(
                    Mono.fromSupplier(() -> response.bufferFactory().wrap(problem.body(TraceSpan.of(context)))));
        });
    }
}
