package io.campaignlauncher.standalone;

import io.campaignlauncher.access.http.OtherBodies;
import io.campaignlauncher.access.http.ProxySettings;
import io.campaignlauncher.console.ConsoleService;
import io.campaignlauncher.creation.CreatorService;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.identity.IdentityService;
import io.campaignlauncher.job.JobService;
import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.moderation.ModerationService;
import io.campaignlauncher.posting.PostingService;
import io.campaignlauncher.rollback.RollbackService;
import io.campaignlauncher.verification.VerifierService;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.Banner;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/** The services, each in an application context of its own; any of them can be stopped and started while the others go on. */
final class Services implements AutoCloseable {

    /** A service and how it is made. */
    enum Service {

        JOB(ServiceLogin.JOB_SERVICE, JobService::application),
        CREATOR(ServiceLogin.CREATOR_SERVICE, CreatorService::application),
        VERIFIER(ServiceLogin.VERIFIER_SERVICE, VerifierService::application),
        ROLLBACK(ServiceLogin.ROLLBACK_SERVICE, RollbackService::application),
        IDENTITY(ServiceLogin.IDENTITY_SERVICE, IdentityService::application),
        MODERATION(ServiceLogin.MODERATION_SERVICE, ModerationService::application),
        POSTING(ServiceLogin.POSTING_SERVICE, PostingService::application),
        CONSOLE(null, ConsoleService::application);

        /** Null: it needs no server but the other services. */
        private final @Nullable ServiceLogin login;
        private final Supplier<SpringApplicationBuilder> application;

        Service(@Nullable ServiceLogin login, Supplier<SpringApplicationBuilder> application) {
            this.login = login;
            this.application = application;
        }
    }

    /** The first knows them, the others do what it does for them. */
    private static final Set<Service> NEED_USERS = EnumSet.of(Service.IDENTITY, Service.MODERATION, Service.POSTING);

    private static final Map<String, Object> QUIET = Map.of(
            "launch.metrics-page", "false",
            "spring.main.log-startup-info", "false",
            "logging.level.root", "WARN",
            "logging.level.org.apache.kafka", "ERROR",
            "logging.level.kafka", "ERROR",
            "logging.level.io.debezium", "ERROR",
            "logging.level.io.debezium.embedded", "ERROR",
            "logging.level.org.apache.kafka.connect", "ERROR",
            "logging.level.reactor.netty.http.client", "ERROR");

    private final Map<Service, ConfigurableApplicationContext> contexts = new ConcurrentHashMap<>();
    private final Function<ServiceLogin, Map<String, Object>> properties;
    private final @Nullable IdentityHere identity;
    private final GuestService market = new GuestService("moderation-service", "there is no marketplace.",
            "/api/campaigns/**", "/api/admin/**", "/api/posts", "/api/wallet/**", "/api/channels/**", "/api/health/**",
            "/api/openapi.yaml", "/t/*");
    private final GuestService console = new GuestService("console", "there is no page.", "/", "/console/**");
    private final String[] arguments;

    private Services(Function<ServiceLogin, Map<String, Object>> properties, @Nullable IdentityHere identity,
            String... arguments) {
        this.properties = properties;
        this.identity = identity;
        this.arguments = arguments;
    }

    /**
     * @param properties what each is told: where everything is, and how it logs in there
     * @param identity   whether the identity-service is among them, and the marketplace, which needs its users
     */
    static Services start(Function<ServiceLogin, Map<String, Object>> properties, boolean identity,
            String... arguments) {
        var services = new Services(properties, identity ? new IdentityHere() : null, arguments);
        try {
            // The first one sets up logging for the whole process; the others follow side by side.
            services.start(Service.JOB);
            sideBySide(Arrays.stream(Service.values())
                    .filter(service -> service != Service.JOB
                            && (identity || !NEED_USERS.contains(service)))
                    .map(service -> () -> services.start(service)));
            services.awaitReady();
            return services;
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    /** Returns when Kafka is there with every topic; a service says by itself why it waits. */
    void awaitReady() {
        contexts.values().forEach(context -> context.getBeanProvider(Readiness.class)
                .ifAvailable(topics -> topics.ready().block()));
    }

    /** Starts a service that does not run; returns when it is up. */
    void start(Service service) {
        var application = service.application.get().properties(told(service)).properties(QUIET)
                .bannerMode(Banner.Mode.OFF).registerShutdownHook(false);
        contexts.put(service, tied(service, application).run(arguments));
        if (service == Service.JOB && runs(Service.CONSOLE)) {
            // It asks where that one was before.
            stop(Service.CONSOLE);
            start(Service.CONSOLE);
        }
    }

    private Map<String, Object> told(Service service) {
        var login = service.login;
        if (login != null) {
            return properties.apply(login);
        }
        var here = "http://127.0.0.1:" + port();
        return Map.of("launch.console.job-service.base-url", here, "launch.console.identity-service.base-url", here,
                "launch.console.moderation-service.base-url", here);
    }

    /** Of the one HTTP server here, the job-service's. */
    int port() {
        var server = ((WebServerApplicationContext) context(Service.JOB)).getWebServer();
        return Objects.requireNonNull(server, "no HTTP server").getPort();
    }

    private SpringApplicationBuilder tied(Service service, SpringApplicationBuilder application) {
        return switch (service) {
            case JOB -> withUsers(application.initializers(console::initializeHost, this::initializeForms),
                    users -> application.initializers(users::initializeReader, users.guest()::initializeHost,
                            market::initializeHost));
            case CONSOLE -> application.initializers(console::initialize);
            case IDENTITY -> withUsers(application,
                    users -> application.initializers(users.guest()::initialize, Services::initializeForwarded));
            case MODERATION -> withUsers(application,
                    users -> application.initializers(users::initializeReader, market::initialize));
            case CREATOR, VERIFIER, ROLLBACK, POSTING -> application;
        };
    }

    private SpringApplicationBuilder withUsers(SpringApplicationBuilder application,
            Function<IdentityHere, SpringApplicationBuilder> tied) {
        return identity == null ? application : tied.apply(identity);
    }

    /** For the front door of the port: pages send forms. */
    private void initializeForms(ConfigurableApplicationContext context) {
        context.getBeanFactory().registerSingleton("console forms",
                new OtherBodies(path -> path.startsWith("/console/")));
    }

    /** The console asks for people from this machine, and says where they are: else all would share one address's tries. */
    private static void initializeForwarded(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var trusted = Stream.concat(Settings.of(environment, ProxySettings.class).trustedProxies().stream(),
                Stream.of("127.0.0.1")).collect(Collectors.joining(","));
        environment.getPropertySources()
                .addFirst(new MapPropertySource("console", Map.of("launch.http.trusted-proxies", trusted)));
    }

    /** Ends a service; the others go on. */
    void stop(Service service) {
        var context = contexts.remove(service);
        if (context != null) {
            context.close();
        }
    }

    boolean runs(Service service) {
        return contexts.containsKey(service);
    }

    ConfigurableApplicationContext context(Service service) {
        return Objects.requireNonNull(contexts.get(service), () -> service + " does not run");
    }

    @Override
    public void close() {
        sideBySide(Arrays.stream(Service.values()).map(service -> () -> stop(service)));
    }

    /** Returns when all are done; each has a thread of its own, because each spends its time waiting. */
    static void sideBySide(Stream<Runnable> tasks) {
        try (var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().name("standalone-", 1).factory())) {
            CompletableFuture.allOf(
                    tasks.map(task -> CompletableFuture.runAsync(task, executor)).toArray(CompletableFuture[]::new))
                    .join();
        }
    }
}
