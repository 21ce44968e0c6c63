package io.campaignlauncher.job.http;

import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.telemetry.TraceSpan;
import java.net.URI;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
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
import reactor.core.publisher.Mono;
import reactor.netty.channel.AbortedException;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON, and problems as {@code application/problem+json}. */
final class Responses {

    private static final Logger LOG = LoggerFactory.getLogger(Responses.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Responses() {}

    static Mono<ServerResponse> ok(Object body) {
        return json(HttpStatus.OK, body, null);
    }

    /** The answer about a job at a version, which is its entity tag; 304 for who has that version already. */
    static Mono<ServerResponse> ok(ServerRequest request, long version, Object body) {
        var tag = "\"" + version + "\"";
        return request.checkNotModified(tag)
                .switchIfEmpty(Mono.defer(() -> ServerResponse.ok()
                        .eTag(tag)
                        .contentType(MediaType.APPLICATION_JSON)
                        .bodyValue(MAPPER.writeValueAsBytes(body))));
    }

    static Mono<ServerResponse> of(HttpStatus status, Object body) {
        return json(status, body, null);
    }

    static Mono<ServerResponse> accepted(Object body, @Nullable URI location) {
        return json(HttpStatus.ACCEPTED, body, location);
    }

    /** A filter: whatever goes wrong becomes a problem answer. */
    static Mono<ServerResponse> withProblems(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request))
                .onErrorResume(
                        error -> Mono.deferContextual(context -> problem(request, error, TraceSpan.of(context))));
    }

    private static Mono<ServerResponse> problem(ServerRequest request, Throwable error, TraceSpan span) {
        return switch (error) {
            case Problem problem -> problem(problem, span);
            case DataAccessException e -> unavailable(request, e, span);
            case TransactionException e -> unavailable(request, e, span);
            case ResponseStatusException e -> Mono.error(e);
            // The caller hung up: nobody is left to read this, but it is counted.
            case AbortedException _ -> ServerResponse.badRequest().build();
            case UnreadableRecord e -> {
                span.on(LOG.atError()).log("{} {} failed: {}", request.method(), route(request), e.getMessage());
                yield problem(Problem.unreadable(String.valueOf(e.getMessage())), span);
            }
            default -> {
                span.on(LOG.atError()).setCause(error).log("{} {} failed", request.method(), route(request));
                yield problem(Problem.broken(), span);
            }
        };
    }

    private static Mono<ServerResponse> unavailable(ServerRequest request, Throwable error, TraceSpan span) {
        span.on(LOG.atWarn()).log("{} {}: the database did not answer: {}", request.method(), route(request),
                error.toString());
        return problem(Problem.unavailable("The database did not answer; try again."), span);
    }

    /** The pattern that matched: an address as it was sent may hold anything. */
    private static Object route(ServerRequest request) {
        return request.attribute(RouterFunctions.MATCHING_PATTERN_ATTRIBUTE).orElse("?");
    }

    private static Mono<ServerResponse> problem(Problem problem, TraceSpan span) {
        var body = new LinkedHashMap<String, Object>();
        body.put("title", problem.title());
        body.put("status", problem.status().value());
        body.put("detail", problem.detail());
        body.put("errors", problem.errors());
        if (span.traceId() != null) {
            body.put("traceId", span.traceId());
        }
        return ServerResponse.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(MAPPER.writeValueAsBytes(body));
    }

    private static Mono<ServerResponse> json(HttpStatus status, Object body, @Nullable URI location) {
        var answer = ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON);
        return (location == null ? answer : answer.location(location)).bodyValue(MAPPER.writeValueAsBytes(body));
    }
}
