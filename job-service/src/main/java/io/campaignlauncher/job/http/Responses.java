package io.campaignlauncher.job.http;

import io.campaignlauncher.access.http.Problems;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.telemetry.TraceSpan;
import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.HandlerFunction;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;
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

    /** A problem with more to say than others. */
    static Mono<ServerResponse> conflict(Object problem) {
        return ServerResponse.status(HttpStatus.CONFLICT).contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .bodyValue(MAPPER.writeValueAsBytes(problem));
    }

    static Mono<ServerResponse> created(URI location, Object body) {
        return json(HttpStatus.CREATED, body, location);
    }

    static Mono<ServerResponse> accepted(Object body, @Nullable URI location) {
        return json(HttpStatus.ACCEPTED, body, location);
    }

    /** A filter: whatever goes wrong becomes a problem answer. */
    static Mono<ServerResponse> withProblems(ServerRequest request, HandlerFunction<ServerResponse> next) {
        return Problems.caught(request, asked -> Mono.defer(() -> next.handle(asked)).onErrorResume(
                UnreadableRecord.class, e -> Mono.deferContextual(context -> unreadable(asked, e, context))));
    }

    private static Mono<ServerResponse> unreadable(ServerRequest request, UnreadableRecord error, ContextView context) {
        TraceSpan.of(context).on(LOG.atError()).log("{} {} failed: {}", request.method(), Problems.route(request),
                error.getMessage());
        return Mono.error(Problem.unreadable(String.valueOf(error.getMessage())));
    }

    private static Mono<ServerResponse> json(HttpStatus status, Object body, @Nullable URI location) {
        var answer = ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON);
        return (location == null ? answer : answer.location(location)).bodyValue(MAPPER.writeValueAsBytes(body));
    }
}
