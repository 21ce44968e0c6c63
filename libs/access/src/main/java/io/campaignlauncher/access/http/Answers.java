package io.campaignlauncher.access.http;

import java.util.concurrent.Callable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import tools.jackson.databind.json.JsonMapper;

/** Writes answers as JSON. */
public final class Answers {

    private static final JsonMapper MAPPER = JsonMapper.builder().build();

    private Answers() {}

    public static Mono<ServerResponse> ok(Object body) {
        return of(HttpStatus.OK, body);
    }

    public static Mono<ServerResponse> of(HttpStatus status, Object body) {
        return ServerResponse.status(status).contentType(MediaType.APPLICATION_JSON)
                .bodyValue(MAPPER.writeValueAsBytes(body));
    }

    public static Mono<ServerResponse> nothing() {
        return ServerResponse.noContent().build();
    }

    /** Keeps calls of the database away from the threads that serve HTTP. */
    public static <T> Mono<T> blocking(Callable<T> call) {
        return Mono.fromCallable(call).subscribeOn(Schedulers.boundedElastic());
    }
}
