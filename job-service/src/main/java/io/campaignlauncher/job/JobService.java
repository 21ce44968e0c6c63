package io.campaignlauncher.job;

import io.campaignlauncher.access.http.DoorConfiguration;
import io.campaignlauncher.access.http.Draining;
import io.campaignlauncher.access.http.ServerThreadsConfiguration;
import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.job.attention.AttentionConfiguration;
import io.campaignlauncher.job.axon.JobHostConfiguration;
import io.campaignlauncher.job.calls.CallsConfiguration;
import io.campaignlauncher.job.facebook.FacebookConfiguration;
import io.campaignlauncher.job.feed.FeedConfiguration;
import io.campaignlauncher.job.http.AccountRoutesConfiguration;
import io.campaignlauncher.job.http.AuditConfiguration;
import io.campaignlauncher.job.http.CallRoutesConfiguration;
import io.campaignlauncher.job.http.HttpConfiguration;
import io.campaignlauncher.job.http.KillSwitchConfiguration;
import io.campaignlauncher.job.http.LookRoutesConfiguration;
import io.campaignlauncher.job.http.MediaRoutesConfiguration;
import io.campaignlauncher.job.http.OperatorRoutesConfiguration;
import io.campaignlauncher.job.http.RulesConfiguration;
import io.campaignlauncher.job.http.WebhookRoutesConfiguration;
import io.campaignlauncher.job.kafka.JobListenerConfiguration;
import io.campaignlauncher.job.letters.LettersConfiguration;
import io.campaignlauncher.job.look.LookConfiguration;
import io.campaignlauncher.job.media.MediaConfiguration;
import io.campaignlauncher.job.notify.NotifyConfiguration;
import io.campaignlauncher.job.preview.PreviewConfiguration;
import io.campaignlauncher.job.view.ReadModelConfiguration;
import io.campaignlauncher.job.webhook.WebhookConfiguration;
import io.campaignlauncher.messaging.AwaitedDatabase;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.HealthConfiguration;
import io.campaignlauncher.messaging.MessagingConfiguration;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.telemetry.EcsLogs;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.flyway.autoconfigure.FlywayConfigurationCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The brain as a program of its own, or as one context among others in a JVM. It finds nothing by scanning. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ MessagingConfiguration.class, HealthConfiguration.class, JobHostConfiguration.class, FeedConfiguration.class,
    JobListenerConfiguration.class,
    FacebookConfiguration.class, PreviewConfiguration.class, ReadModelConfiguration.class, HttpConfiguration.class,
    DoorConfiguration.class, ServerThreadsConfiguration.class,
    RulesConfiguration.class,
    KnownAccessConfiguration.class,
    KillSwitchConfiguration.class, AuditConfiguration.class,
    WebhookConfiguration.class, WebhookRoutesConfiguration.class, NotifyConfiguration.class,
    MediaConfiguration.class, MediaRoutesConfiguration.class, CallsConfiguration.class, CallRoutesConfiguration.class,
    LettersConfiguration.class, AttentionConfiguration.class, OperatorRoutesConfiguration.class,
    LookConfiguration.class, LookRoutesConfiguration.class, AccountRoutesConfiguration.class })
public class JobService {

    private static final String NAME = "job-service";
    private static final String DRIVER = "spring.datasource.hikari.data-source-properties.";
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("spring.application.name", NAME),
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8080"),
            Map.entry("server.shutdown", "immediate"),
            Map.entry("server.compression.enabled", "true"),
            Map.entry("server.compression.mime-types", "application/json,application/problem+json,application/yaml,"
                    + "text/plain,text/html,text/css,text/javascript,image/svg+xml"),
            // A caller's address may hold anything; it is not repeated.
            Map.entry("spring.web.error.include-path", "never"),
            Map.entry("spring.flyway.locations", "classpath:db/job,classpath:db/limits"),
            Map.entry("spring.flyway.table", "job_service_schema_history"),
            Map.entry("spring.datasource.hikari.maximum-pool-size", "20"),
            Map.entry("spring.datasource.hikari.initialization-fail-timeout", "-1"),
            Map.entry("spring.datasource.hikari.pool-name", NAME),
            Map.entry(DRIVER + DatabaseLimits.NAME, OwnName.connection(NAME, "pool")),
            Map.entry("spring.datasource.hikari.connection-timeout", "10000"),
            Map.entry(DRIVER + "reWriteBatchedInserts", "true"),
            // An error's detail quotes rows, and so names of people and campaigns.
            Map.entry(DRIVER + "logServerErrorDetail", "false"),
            // A receiver of notifications that breaks off is no fault of this service: the table and the metrics show it.
            Map.entry("logging.level.reactor.netty.http.client", "ERROR"),
            // The change feed says itself, in a line, why its engine ended; the engine would say so each second, with the stack.
            Map.entry("logging.level.io.debezium.embedded.async.AsyncEmbeddedEngine", "OFF"),
            Map.entry("logging.level.io.debezium.pipeline.ErrorHandler", "OFF"),
            Map.entry("logging.level.io.debezium.connector.postgresql.connection.PostgresReplicationConnection", "OFF"),
            Map.entry("logging.level.io.debezium.util.Threads", "OFF"),
            Map.entry("logging.level.io.debezium", "WARN"),
            // It warns at each start that it reads no snapshot, which is as it should be.
            Map.entry("logging.level.io.debezium.snapshot", "ERROR"),
            // As the timers do, now and then.
            Map.entry("logging.level.com.github.kagkarlsson.scheduler", "OFF"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,prometheus,sbom"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.metrics.distribution.slo.http.server.requests",
                    "50ms,100ms,250ms,500ms,1s,2500ms,5s,10s"),
            // It names the parts that are stalled.
            Map.entry("management.endpoint.health.group.readiness.show-details", "always"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,db,kafka,progress"),
            // What a balancer asks: reads and launches over HTTP need the database alone.
            Map.entry("management.endpoint.health.group.serving.include", "readinessState,db"));

    /** Over connections of their own: a change of a large table takes longer than anything that serves. */
    @Bean
    FlywayConfigurationCustomizer patientMigrations(Environment environment) {
        return configuration -> {
            if (!environment.containsProperty("spring.flyway.url")) {
                var database = Settings.of(environment, DatabaseSettings.class);
                configuration.dataSource(new DriverManagerDataSource(database.url(),
                        DatabaseLimits.LONG_WORK.login(OwnName.connection(NAME, "migrations"), database.username(),
                                database.password())));
            }
        };
    }

    private static Map<String, Object> defaults() {
        var defaults = new HashMap<>(DEFAULTS);
        DatabaseLimits.SERVICE.properties().forEach((name, value) -> defaults.put(DRIVER + name, value));
        return defaults;
    }

    /** Not started yet; needs {@code spring.datasource.url}, {@code kafka.bootstrap-servers}, {@code graph.base-url} and {@code launch.credentials.key}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(JobService.class).web(WebApplicationType.REACTIVE).properties(defaults())
                .initializers(new SecretFiles(), new Doors(), new AwaitedDatabase());
    }

    public static void main(String[] arguments) {
        AwaitedDatabase
                .start(() -> application().properties(EcsLogs.PROCESS).properties(Draining.PROCESS).run(arguments));
    }
}
