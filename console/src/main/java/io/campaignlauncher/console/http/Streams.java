package io.campaignlauncher.console.http;

import io.campaignlauncher.console.model.Problem;
import java.util.concurrent.Semaphore;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Passes long answers of the job-service on to browsers, byte by byte as they come, and holds none of them in memory: one that a
 * browser does not take is not read here either, and is ended after a minute. All of them end with the console.
 */
final class Streams implements SmartLifecycle {

    private final Asked jobs;
    private final Semaphore seats;
    private final Sinks.Empty<Void> end = Sinks.empty();
    private volatile boolean running;

    /** @param max at the same time */
    Streams(Asked jobs, int max) {
        this.jobs = jobs;
        this.seats = new Semaphore(max);
    }

    /** The status and the type are the service's. */
    Mono<Void> pass(ServerWebExchange exchange, Call call) {
        var response = exchange.getResponse();
        return Mono.defer(() -> seats.tryAcquire()
                ? jobs.pass(call, answer -> written(answer, response)).doFinally(_ -> seats.release())
                : Mono.error(full()));
    }

    private Mono<Void> written(ClientResponse answer, ServerHttpResponse response) {
        response.setStatusCode(answer.statusCode());
        copy(answer.headers().asHttpHeaders(), response.getHeaders(), HttpHeaders.RETRY_AFTER);
        if (!answer.statusCode().is2xxSuccessful()) {
            return answer.releaseBody().then(response.setComplete());
        }
        copy(answer.headers().asHttpHeaders(), response.getHeaders(), HttpHeaders.CONTENT_TYPE);
        response.getHeaders().setCacheControl("no-store");
        // For a proxy that would rather collect.
        response.getHeaders().set("X-Accel-Buffering", "no");
        var body = answer.bodyToFlux(DataBuffer.class).takeUntilOther(end.asMono());
        // Of a stream that breaks off nothing is lost: the browser comes back. Of anything else half must not look like all.
        return MediaType.TEXT_EVENT_STREAM.equalsTypeAndSubtype(response.getHeaders().getContentType())
                ? response.writeAndFlushWith(body.onErrorComplete().map(Flux::just))
                : response.writeWith(body.onErrorMap(e -> new IllegalStateException("an answer broke off", e)));
    }

    private static void copy(HttpHeaders from, HttpHeaders to, String name) {
        var value = from.getFirst(name);
        if (value != null) {
            to.set(name, value);
        }
    }

    private static ServiceProblem full() {
        return new ServiceProblem(Problem.here(503, "Too many pages are live",
                "This one shows how things stood when it was loaded. Load it anew in a moment."), "5");
    }

    /** How many more there may be. */
    int free() {
        return seats.availablePermits();
    }

    @Override
    public void start() {
        running = true;
    }

    @Override
    public void stop() {
        running = false;
        end.tryEmitEmpty();
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
