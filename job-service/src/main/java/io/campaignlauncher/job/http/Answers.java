package io.campaignlauncher.job.http;

import io.campaignlauncher.schemas.UnreadableRecord;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.transaction.TransactionException;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ResponseStatusException;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON, and problems as {@code application/problem+json}. */
final class Answers {

    private static final Logger LOG = LoggerFactory.getLogger(Answers.class);
    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Answers() {}

    static Mono<ServerResponse> ok(Object body) {
        return json(HttpStatus.OK, body, null);
    }

    static Mono<ServerResponse> of(HttpStatus status, Object body) {
        return json(status, body, null);
    }

    static Mono<ServerResponse> accepted(Object body, @Nullable URI location) {
        return json(HttpStatus.ACCEPTED, body, location);
    }

    /** A filter: whatever goes wrong becomes a problem answer. */
    static Mono<ServerResponse> withProblems(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Mono.defer(() -> next.handle(request)).onErrorResume(error -> problem(request, error));
    }

    private static Mono<ServerResponse> problem(ServerRequest request, Throwable error) {
        return switch (error) {
            case Problem problem -> problem(problem);
            case DataAccessException e -> unavailable(request, e);
            case TransactionException e -> unavailable(request, e);
            case ResponseStatusException e -> Mono.error(e);
            case UnreadableRecord e -> {
                LOG.error("{} {} failed: {}", request.method(), request.requestPath().value(), e.getMessage());
                yield problem(Problem.unreadable(String.valueOf(e.getMessage())));
            }
            default -> {
                LOG.error("{} {} failed", request.method(), request.requestPath().value(), error);
                yield problem(Problem.broken());
            }
        };
    }

    private static Mono<ServerResponse> unavailable(ServerRequest request, Throwable error) {
        LOG.warn("{} {}: the database did not answer: {}", request.method(), request.requestPath().value(),
                error.toString());
        return problem(Problem.unavailable("The database did not answer; try again."));
    }

    private static Mono<ServerResponse> problem(Problem problem) {
        var body = new LinkedHashMap<String, Object>();
        body.put("title", problem.title());
        body.put("status", problem.status().value());
        body.put("detail", problem.detail());
        body.put("errors", problem.errors()
                .stream()
                .map(error -> Map.of("field", error.field(), "message", error.message()))
                .toList());
        return ServerResponse.status(problem.status())
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(MAPPER.writeValueAsBytes(body));
    }

    private static Mono<ServerResponse> json(HttpStatus status, Object body, @Nullable URI location) {
        var answer = ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON);
        return (location == null ? answer : answer.location(location)).bodyValue(MAPPER.writeValueAsBytes(body));
    }
}
