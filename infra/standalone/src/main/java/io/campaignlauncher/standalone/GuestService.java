package io.campaignlauncher.standalone;

import io.campaignlauncher.access.http.HttpProblem;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.telemetry.TraceSpan;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Metrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.WebServer;
import org.springframework.boot.web.server.reactive.ReactiveWebServerFactory;
import org.springframework.boot.webflux.autoconfigure.WebHttpHandlerBuilderCustomizer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.env.MapPropertySource;
import org.springframework.http.MediaType;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;
import reactor.core.publisher.Mono;

/**
 * Ties a service to the job-service of the same process: its routes are answered on the job-service's port. Each keeps what stands
 * before its own routes: its rules, its traces, its figures; the front door is the port's. Where the service does not run, its
 * routes are answered with 503.
 */
final class GuestService {

    /** Figures of the whole process, and of a pool that has better ones: the job-service's page has them already. */
    private static final List<String> NOT_ITS_OWN = List.of("jvm", "system", "process", "application", "logback",
            "executor", "disk", "jdbc");

    /** Whatever else is said: its figures go to the process's, and so to the job-service's page, the only one here. */
    private static final Map<String, Object> PROPERTIES = properties();

    private final String name;
    private final String without;
    private final List<PathPattern> paths;
    /** Null: it does not run. */
    private volatile @Nullable Running running;
    /** In the readiness of the job-service, whose port it is. Null: that one never ran. */
    private volatile @Nullable Progress shown;

    /** @param context of the service */
    record Running(HttpHandler routes, ConfigurableApplicationContext context) {}

    /**
     * @param without what is missing where it does not run, in a sentence
     * @param paths   patterns of what it answers
     */
    GuestService(String name, String without, String... paths) {
        this.name = name;
        this.without = without;
        this.paths = List.of(paths).stream().map(PathPatternParser.defaultInstance::parse).toList();
    }

    private static Map<String, Object> properties() {
        var properties = new HashMap<String, Object>(Map.of(
                "management.server.port", "-1",
                "management.prometheus.metrics.export.enabled", "false",
                "management.metrics.use-global-registry", "false",
                // A slot serves one feed: what is set names the job-service's.
                "launch.feed.slot", "",
                // Whoever shows a figure has its buckets: a page with some of one kind and some of another is none.
                "management.metrics.distribution.slo.http.server.requests", "",
                "spring.datasource.hikari.minimum-idle", "1"));
        NOT_ITS_OWN.forEach(name -> properties.put("management.metrics.enable." + name, "false"));
        return properties;
    }

    /** For the service: it listens nowhere. */
    void initialize(ConfigurableApplicationContext context) {
        context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("guest", PROPERTIES));
        var beans = (GenericApplicationContext) context;
        beans.registerBean(ReactiveWebServerFactory.class, () -> routes -> new NoServer(new Running(routes, context)));
        beans.registerBean(MeterRegistry.class, MetersOfAll::new);
    }

    /** For the job-service. */
    void initializeHost(ConfigurableApplicationContext context) {
        ((GenericApplicationContext) context).registerBean(name + " progress", Progress.class, this::show);
        context.getBeanFactory().registerSingleton(name + " routes",
                (WebHttpHandlerBuilderCustomizer) builder -> builder.httpHandlerDecorator(this::before));
    }

    /** Null: it does not run. */
    @Nullable
    Running running() {
        return running;
    }

    private Progress show() {
        var progress = new Progress(name, Metrics.globalRegistry);
        shown = progress;
        tell();
        return progress;
    }

    private void becomes(@Nullable Running now) {
        running = now;
        tell();
    }

    private synchronized void tell() {
        var progress = shown;
        if (progress != null && running == null) {
            progress.held("The " + name + " does not run: " + without);
        } else if (progress != null) {
            progress.rests();
        }
    }

    private HttpHandler before(HttpHandler others) {
        return (request, response) -> {
            if (!answers(request.getPath().pathWithinApplication())) {
                return others.handle(request, response);
            }
            var here = running;
            return here == null ? notHere(response) : here.routes().handle(request, response);
        };
    }

    /** @param path of an address, without query */
    boolean answers(String path) {
        return answers(PathContainer.parsePath(path));
    }

    private boolean answers(PathContainer path) {
        return paths.stream().anyMatch(pattern -> pattern.matches(path));
    }

    private Mono<Void> notHere(ServerHttpResponse response) {
        var problem = HttpProblem.notNow("The " + name + " does not run at the moment; try again.");
        response.setStatusCode(problem.status());
        response.getHeaders().setContentType(MediaType.APPLICATION_PROBLEM_JSON);
        problem.headers(response.getHeaders());
        return response.writeWith(
                Mono.fromSupplier(() -> response.bufferFactory().wrap(problem.body(TraceSpan.NONE))));
    }

    /** What Spring Boot starts and stops in place of a server. */
    private final class NoServer implements WebServer {

        private final Running ready;

        NoServer(Running ready) {
            this.ready = ready;
        }

        @Override
        public void start() {
            becomes(ready);
        }

        @Override
        public void stop() {
            becomes(null);
        }

        @Override
        public int getPort() {
            return -1;
        }
    }

    /** Lives as long as its service, and takes its figures along; the process's registry goes on. */
    private static final class MetersOfAll extends CompositeMeterRegistry {

        MetersOfAll() {
            add(Metrics.globalRegistry);
        }

        @Override
        public void close() {
            getMeters().forEach(meter -> Metrics.globalRegistry.removeByPreFilterId(meter.getId()));
            remove(Metrics.globalRegistry);
            super.close();
        }
    }
}
