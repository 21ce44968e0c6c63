package io.campaignlauncher.messaging;

import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.context.SmartLifecycle;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.ChannelBindException;
import reactor.netty.DisposableServer;
import reactor.netty.http.server.HttpServer;
import reactor.netty.resources.LoopResources;

/**
 * Serves what a process counts into Micrometer's global registry at {@code /actuator/prometheus}, for processes that have no
 * HTTP API of their own. It serves nothing else.
 */
public final class MetricsPage implements SmartLifecycle {

    public static final String PATH = "/actuator/prometheus";

    private static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
    private static final Duration STOP_MAX = Duration.ofSeconds(1);

    private final String address;
    private final int port;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private @Nullable DisposableServer server;
    private @Nullable LoopResources threads;
    private List<AutoCloseable> closing = List.of();

    /** @param port 0: any that is free */
    public MetricsPage(String address, int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a metrics page has a port from 0 to 65535, not " + port);
        }
        this.address = address;
        this.port = port;
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
            server = HttpServer.create().host(address).port(port).runOn(loop)
                    .route(routes -> routes.get(PATH, (_, response) -> response.header("content-type", CONTENT_TYPE)
                            .sendString(Mono.fromCallable(registry::scrape).subscribeOn(Schedulers.boundedElastic()))))
                    .bindNow();
        } catch (ChannelBindException e) {
            loop.dispose();
            throw new IllegalStateException("the metrics page cannot be served at " + address + ":" + port
                    + ", the port is taken; see management.server.port", e);
        }
        threads = loop;
        bind();
        Metrics.addRegistry(registry);
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
