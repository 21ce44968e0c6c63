package io.campaignlauncher.messaging;

import io.campaignlauncher.frontdoor.DoorSettings;
import io.campaignlauncher.frontdoor.FrontDoor;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.health.actuate.endpoint.HttpCodeStatusMapper;
import org.springframework.boot.health.actuate.endpoint.StatusAggregator;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.http.server.HttpServerResponse;
import reactor.netty.resources.LoopResources;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an operator asks a process that has no HTTP API of its own, at the addresses that Spring Boot's actuator has: what it
 * counts into Micrometer's global registry, and its health. It serves nothing else.
 */
public final class ManagementPage implements SmartLifecycle {

    public static final String METRICS = "/actuator/prometheus";
    /** 200 as long as the process answers at all. */
    public static final String LIVENESS = "/actuator/health/liveness";
    /** 200 while every check is up, else 503; the answer names each check, and what is wrong. */
    public static final String READINESS = "/actuator/health/readiness";

    private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration STOP_MAX = Duration.ofSeconds(1);

    private final String address;
    private final int port;
    private final DoorSettings door;
    private final PageGuard guard;
    private final Map<String, HealthIndicator> checks;
    private final PrometheusMeterRegistry registry;
    private @Nullable DisposableServer server;
    private @Nullable LoopResources threads;
    private List<AutoCloseable> closing = List.of();

    /**
     * @param port   0: any that is free
     * @param checks what has to be up for the process to be ready, by name
     */
    public ManagementPage(String address, int port, Map<String, HealthIndicator> checks) {
        this(address, port, checks, DoorSettings.DEFAULTS);
    }

    /** @param guard who may see what is counted */
    public ManagementPage(String address, int port, Map<String, HealthIndicator> checks, PageGuard guard) {
        this(address, port, checks, DoorSettings.DEFAULTS, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT),
                guard);
    }

    /** @param door bounds of requests and connections */
    public ManagementPage(String address, int port, Map<String, HealthIndicator> checks, DoorSettings door) {
        this(address, port, checks, door, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT), PageGuard.NONE);
    }

    /**
     * @param registry the meters that are shown
     * @param guard    who may see them
     */
    ManagementPage(String address, int port, Map<String, HealthIndicator> checks, DoorSettings door,
            PrometheusMeterRegistry registry, PageGuard guard) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a metrics page has a port from 0 to 65535, not " + port);
        }
        this.address = address;
        this.port = port;
        this.checks = new TreeMap<>(checks);
        this.registry = registry;
        this.door = door;
        this.guard = guard;
    }

    /** @throws IllegalStateException when the port is taken */
    @Override
    public synchronized void start() {
        if (server != null) {
            return;
        }
        // A thread of its own: what others do on theirs is not held up by a scrape.
        var loop = LoopResources.create("metrics-page", 1, true);
        try {
            server = new FrontDoor(address, door, _ -> true, Doors.counted(registry))
                    .guard(HttpServer.create().host(address).port(port).runOn(loop))
                    .route(routes -> routes
                            .get(METRICS, (request, response) -> guard
                                    .refusal(request.requestHeaders().get("authorization"), request.remoteAddress())
                                    .map(Optional::of).defaultIfEmpty(Optional.empty())
                                    .flatMap(refusal -> refusal.map(why -> refused(response, why))
                                            .orElseGet(() -> metrics(response))))
                            .get(LIVENESS, (_, response) -> answer(response, Status.UP, Map.of()))
                            .get(READINESS, (_, response) -> Mono.fromCallable(this::checked)
                                    .subscribeOn(Schedulers.boundedElastic())
                                    .flatMap(found -> answer(response, StatusAggregator.getDefault()
                                            .getAggregateStatus(found.values().stream().map(Health::getStatus)
                                                    .collect(Collectors.toSet())),
                                            found))))
                    .bindNow();
        } catch (ChannelBindException e) {
            loop.dispose();
            throw new IllegalStateException("the metrics page cannot be served at " + address + ":" + port
                    + ", the port is taken; see management.server.port", e);
        }
        threads = loop;
        bind();
        if (!Metrics.globalRegistry.getRegistries().contains(registry)) {
            Metrics.addRegistry(registry);
        }
    }

    private Mono<Void> metrics(HttpServerResponse response) {
        return response.header("content-type", METRICS_TYPE)
                .sendString(Mono.fromCallable(registry::scrape).subscribeOn(Schedulers.boundedElastic())).then();
    }

    private static Mono<Void> refused(HttpServerResponse response, PageGuard.Refusal why) {
        return response.status(why.status()).header("content-type", "application/problem+json")
                .sendByteArray(Mono.just(why.problem())).then();
    }

    private Map<String, Health> checked() {
        var found = new LinkedHashMap<String, Health>();
        checks.forEach((name, check) -> found.put(name, check.health(true)));
        return found;
    }

    private static Mono<Void> answer(HttpServerResponse response, Status status, Map<String, Health> components) {
        var body = new LinkedHashMap<String, Object>();
        body.put("status", status.getCode());
        if (!components.isEmpty()) {
            var shown = new LinkedHashMap<String, Object>();
            components.forEach((name, health) -> shown.put(name,
                    Map.of("status", health.getStatus().getCode(), "details", health.getDetails())));
            body.put("components", shown);
        }
        return response.status(HttpCodeStatusMapper.getDefault().getStatusCode(status))
                .header("content-type", "application/json")
                .sendString(Mono.fromCallable(() -> JsonMapper.shared().writeValueAsString(body))).then();
    }

    private void bind() {
        var garbage = new JvmGcMetrics();
        garbage.bindTo(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        closing = List.of(garbage);
    }

    /** Where it is served. */
    public synchronized int port() {
        if (server == null) {
            throw new IllegalStateException("the metrics page is not served now");
        }
        return server.port();
    }

    @Override
    public synchronized void stop() {
        if (server == null || threads == null) {
            return;
        }
        Metrics.removeRegistry(registry);
        server.disposeNow(STOP_MAX);
        threads.disposeLater(Duration.ZERO, STOP_MAX).block();
        server = null;
        for (var each : closing) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
        registry.clear();
    }

    @Override
    public synchronized boolean isRunning() {
        return server != null;
    }

    /** First of all, so that a taken port ends the start and a slow start can be watched. */
    @Override
    public int getPhase() {
        return Integer.MIN_VALUE;
    }
}
