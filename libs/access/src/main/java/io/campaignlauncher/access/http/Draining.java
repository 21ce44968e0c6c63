package io.campaignlauncher.access.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.context.SmartLifecycle;
import org.springframework.core.Ordered;
import org.springframework.http.HttpHeaders;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Sends callers elsewhere before the server goes. Who is told to stop answers each new request for a while with 503, {@code
 * Retry-After} and the end of its connection: a caller whose connection just ended under its request could not know what became of
 * it. Requests under way are answered meanwhile, and health tells that this instance takes no more.
 */
public final class Draining implements WebFilter, SmartLifecycle, Ordered {

    /** For a service that is a process of its own. */
    public static final Map<String, Object> PROCESS = Map.of("server.shutdown", "graceful");

    private static final Duration SOON = Duration.ofSeconds(1);
    private static final String HEALTH = "/actuator/";

    private final Duration time;
    private volatile boolean draining;
    private volatile boolean running;

    /** @param time zero: the server goes at once */
    Draining(Duration time) {
        this.time = time;
    }

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        if (!draining || exchange.getRequest().getPath().value().startsWith(HEALTH)) {
            return chain.filter(exchange);
        }
        exchange.getResponse().getHeaders().set(HttpHeaders.CONNECTION, "close");
        return Problems.write(exchange, HttpProblem.leaving(SOON));
    }

    @Override
    public void start() {
        draining = false;
        running = true;
    }

    @Override
    public void stop(Runnable callback) {
        running = false;
        draining = !time.isZero();
        CompletableFuture.delayedExecutor(time.toMillis(), TimeUnit.MILLISECONDS, Runnable::run).execute(callback);
    }

    @Override
    public void stop() {
        running = false;
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    @Override
    public int getOrder() {
        return HIGHEST_PRECEDENCE;
    }
}
