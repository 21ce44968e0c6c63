package io.campaignlauncher.standalone;

import io.campaignlauncher.analytics.AnalyticsConsumer;
import io.campaignlauncher.analytics.AnalyticsSettings;
import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.messaging.CredentialName;
import io.campaignlauncher.messaging.Credentials;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.SecurityMode;
import io.campaignlauncher.schemas.JobIds;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.Metrics;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * The whole system in one process. Publishes one launch as an upstream app would, buys one post as people would, shows both, and stays
 * up.
 *
 * <p>{@code --once}: ends when both are over, with 0 if the launch completed and the post was paid, and 1 if not. {@code --no-demo}:
 * does neither.
 */
public final class Standalone implements AutoCloseable {

    private static final int AD_SETS = 50;
    private static final int STATUS_REFUSED = 2;
    private static final int STATUS_INTERRUPTED = 130;
    private static final Duration STOP_WITHIN = Duration.ofMillis(4500);

    private final StandaloneEnvironment environment;
    private final Services services;
    private final @Nullable AnalyticsConsumer analytics;

    private Standalone(StandaloneEnvironment environment, Services services, boolean withAnalytics) {
        this.environment = environment;
        this.services = services;
        this.analytics = withAnalytics ? analytics(kafka(ServiceLogin.ANALYTICS)) : null;
    }

    /** The whole system, ready to take requests. @param arguments Spring settings, as on the command line */
    public static Standalone start(String... arguments) {
        return start(StandaloneSettings.of(arguments));
    }

    private static Standalone start(StandaloneSettings settings) {
        var environment = StandaloneEnvironment.start(settings);
        try {
            return start(environment, settings);
        } catch (RuntimeException e) {
            environment.close();
            throw e;
        }
    }

    private static Standalone start(StandaloneEnvironment environment, StandaloneSettings settings) {
        var services = Services.start(environment::properties, settings.identity(), settings.arguments());
        try {
            OlderApps.storeToken(services.context(Services.Service.JOB).getBean(Credentials.class), settings);
            return new Standalone(environment, services, settings.analytics());
        } catch (RuntimeException e) {
            services.close();
            throw e;
        }
    }

    /** Its figures go where those of the workers go: to the global registry, and so to the job-service's page. */
    private static AnalyticsConsumer analytics(KafkaSettings kafka) {
        return AnalyticsConsumer.start(kafka, AnalyticsSettings.DEFAULT, Metrics.globalRegistry, Clock.systemUTC());
    }

    public static void main(String[] arguments) throws Exception {
        StandaloneSettings settings;
        try {
            settings = StandaloneSettings.of(arguments);
        } catch (ThisMachineOnly e) {
            System.err.println(e.getMessage());
            System.exit(STATUS_REFUSED);
            return;
        }
        run(settings);
    }

    private static void run(StandaloneSettings settings) throws Exception {
        var ended = new CountDownLatch(1);
        var status = new AtomicInteger(STATUS_INTERRUPTED);
        var from = System.nanoTime();
        System.out.println("Campaign Launcher is starting …");
        var standalone = start(settings);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            ended.countDown();
            standalone.closeWithin(STOP_WITHIN, status);
        }, "stop"));
        System.out.printf("Ready after %.1f s%n", (System.nanoTime() - from) / 1e9);
        System.out.println("  Console     " + standalone.console());
        standalone.environment.described().forEach(line -> System.out.println("  " + line));
        System.out.println("  HTTP API    " + standalone.api());
        System.out.println();
        if (settings.demo()) {
            int shown = standalone.show(settings, ended);
            if (settings.once()) {
                status.set(shown);
                System.exit(shown);
            }
        }
        System.out.println("The console stays up at " + standalone.console() + ", the HTTP API at " + standalone.api()
                + "; Ctrl-C ends everything.");
        ended.await();
    }

    /** Publishes a launch and shows it, with a post beside it. @return 0 if both came to a good end, else 1 */
    int show(StandaloneSettings settings, CountDownLatch ended) throws Exception {
        var post = post();
        int launched = launch(settings, ended, post == null ? () -> "" : post::line);
        if (post == null) {
            return launched;
        }
        var paid = post.isPaid(() -> ended.getCount() > 0);
        post.summarize(System.out, environment.folder().resolve(DataFolder.DEMO_PASSWORD));
        return paid ? launched : 1;
    }

    /** Only where Telegram is ours: nobody is to find a trial in a channel of theirs. Null where there is none. */
    private @Nullable DemoPost post() throws IOException {
        var admin = environment.adminPassword();
        return environment.telegram() == null || admin == null ? null
                : DemoPost.begin(api(), admin, environment.demoPassword());
    }

    /**
     * Publishes a launch and shows it.
     *
     * @param post how far the post beside it has come
     * @return 0 if it completed, else 1
     */
    int launch(StandaloneSettings settings, CountDownLatch ended, Supplier<String> post) throws Exception {
        var clock = Clock.systemUTC();
        var kafka = kafka(ServiceLogin.APP);
        var app = new UpstreamApp(kafka, api());
        storeToken(app, settings.accessToken());
        var request = UpstreamApp.request(settings.adAccountId(), AD_SETS, clock.instant());
        var jobId = JobIds.of(request).toString();
        try (var watcher = new LaunchWatcher(kafka, clock)) {
            app.publish(request, recordsOfApp(), clock.instant());
            System.out.println(
                    "Published CreateCampaign \"" + request.getCampaign().getName() + "\": 1 campaign, " + AD_SETS
                            + " ad sets, " + AD_SETS + " ads");
            var display = new ProgressDisplay(System.out, ProgressDisplay.isTerminal(), post);
            var progress = watcher.follow(jobId, display, () -> ended.getCount() > 0);
            if (progress.end() == null) {
                return 1;
            }
            display.summarize(progress, jobId, clock.instant());
            System.out.println("  " + api().resolve("/v1/jobs/" + jobId));
            return "completed".equals(progress.end()) ? 0 : 1;
        }
    }

    /** As an app does, which nobody knows here where everybody has to show who they are. */
    private void storeToken(UpstreamApp app, String accessToken) throws Exception {
        switch (mode()) {
            case LOCAL -> app.storeToken(accessToken);
            case TOKENS -> jobService().getBean(Credentials.class)
                    .store(CredentialName.local(UpstreamApp.CREDENTIAL), accessToken).block();
        }
    }

    private LaunchRecords recordsOfApp() {
        return switch (mode()) {
            case LOCAL -> new LaunchRecords();
            case TOKENS -> jobService().getBean(LaunchRecords.class);
        };
    }

    private SecurityMode mode() {
        return SecurityMode.of(jobService().getEnvironment());
    }

    private ConfigurableApplicationContext jobService() {
        return services.context(Services.Service.JOB);
    }

    /** Where the HTTP API answers. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + services.port());
    }

    /** Where the page is. */
    URI console() {
        return api().resolve("/console");
    }

    /** Where Kafka is, and how its operator logs in there; as the job-service where it is another's. */
    public KafkaSettings kafka() {
        return kafka(ServiceLogin.OPERATOR);
    }

    /** A login of one's own is to be had where Kafka is ours. */
    private KafkaSettings kafka(ServiceLogin who) {
        return Objects.requireNonNullElseGet(environment.kafka(who),
                () -> services.context(Services.Service.JOB).getBean(KafkaSettings.class));
    }

    /** What the job-service was told: where everything is, its logins, and the secrets that the services share. */
    public Map<String, Object> properties() {
        return properties(ServiceLogin.JOB_SERVICE);
    }

    /** The same of another service. */
    public Map<String, Object> properties(ServiceLogin who) {
        return environment.properties(who);
    }

    /** The PostgreSQL of this process. */
    EmbeddedDatabase database() {
        return Objects.requireNonNull(environment.database(), "the database is another's");
    }

    /** The Bot API of this process. */
    TelegramSimulator telegram() {
        return Objects.requireNonNull(environment.telegram(), "the Bot API is another's");
    }

    /** Where everything is kept. */
    Path folder() {
        return environment.folder();
    }

    Services services() {
        return services;
    }

    private void closeWithin(Duration limit, AtomicInteger status) {
        var closing = Thread.ofPlatform().daemon().start(this::close);
        try {
            if (!closing.join(limit)) {
                Runtime.getRuntime().halt(status.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        Services.sideBySide(Stream.of(services::close, () -> {
            if (analytics != null) {
                analytics.close();
            }
        }));
        environment.close();
    }
}
