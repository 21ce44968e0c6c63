package io.campaignlauncher.identity.http;

import io.campaignlauncher.telemetry.TraceSpan;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON, and problems as {@code application/problem+json}. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Answers() {}

    static Mono<ServerResponse> ok(Object body) {
        return of(HttpStatus.OK, body);
    }

    static Mono<ServerResponse> of(HttpStatus status, Object body) {
        return ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON)
                .bodyValue(MAPPER.writeValueAsBytes(body));
    }

    static Mono<ServerResponse> nothing() {
        return ServerResponse.noContent().build();
    }

    /** Keeps calls of the database away from the threads that serve HTTP. */
    static <T> Mono<T> blocking(Callable<T> call) {
        return Mono.fromCallable(call).subscribeOn(Schedulers.boundedElastic());
    }

    /** A filter: whatever goes wrong becomes a problem answer. */
    static Mono<ServerResponse> withProblems(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).onErrorResume(
                error -> Mono.deferContextual(context -> answer(request, error, TraceSpan.of(context))));
    }

    private static Mono<ServerResponse> answer(ServerRequest request, Throwable error, TraceSpan span) {
        return switch (error) {
            case ResponseStatusException e -> Mono.error(e);
            // The caller hung up: nobody is left to read this.
            case AbortedException _ -> ServerResponse.badRequest().build();
            default -> {
                var problem = problem(error, request.attribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE).orElse("?"),
                        span);
                yield ServerResponse.status(problem.status()).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                        .headers(problem::headers).bodyValue(problem.body(span));
            }
        };
    }

    /** Where there is no handler yet: before any route. */
    static Mono<Void> write(ServerWebExchange exchange, Problem problem) {
        return Mono.deferContextual(context -> {
            var response = exchange.getResponse();
            response.setStatusCode(problem.status());
            response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
            problem.headers(response.getHeaders());
            return response.writeWith(
                    Mono.fromSupplier(() -> response.bufferFactory().wrap(problem.body(TraceSpan.of(context)))));
        });
    }

    private static Problem problem(Throwable error, Object route, TraceSpan span) {
        return switch (error) {
            case Problem problem -> problem;
            case DataAccessException e -> unavailable(e, route, span);
            case TransactionException e -> unavailable(e, route, span);
            default -> {
                span.on(LOG.atError()).setCause(error).log("{} failed", route);
                yield Problem.broken();
            }
        };
    }

    /** Its kind only: a message of the database may quote a row. */
    private static Problem unavailable(Throwable error, Object route, TraceSpan span) {
        span.on(LOG.atWarn()).log("{}: the database did not answer: {}", route, error.getClass().getSimpleName());
        return Problem.unavailable("The database did not answer; try again.");
    }
}
