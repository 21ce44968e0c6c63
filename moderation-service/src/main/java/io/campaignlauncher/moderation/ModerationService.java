package io.campaignlauncher.moderation;

import io.campaignlauncher.access.http.AccessConfiguration;
import io.campaignlauncher.access.http.Draining;
import io.campaignlauncher.access.http.DoorConfiguration;
import io.campaignlauncher.access.http.ServerThreadsConfiguration;
import io.campaignlauncher.access.known.KnownAccessConfiguration;
import io.campaignlauncher.messaging.AwaitedDatabase;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.KafkaConfiguration;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.messaging.ProgressHealthConfiguration;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.moderation.channels.ChannelConfiguration;
import io.campaignlauncher.moderation.feed.FeedConfiguration;
import io.campaignlauncher.moderation.http.HttpConfiguration;
import io.campaignlauncher.moderation.http.LimitsConfiguration;
import io.campaignlauncher.moderation.posts.PostConfiguration;
import io.campaignlauncher.moderation.store.StoreConfiguration;
import io.campaignlauncher.telemetry.EcsLogs;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The marketplace as a program of its own. It finds nothing by scanning. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ KafkaConfiguration.class, StoreConfiguration.class, FeedConfiguration.class, PostConfiguration.class,
    ChannelConfiguration.class, HttpConfiguration.class, LimitsConfiguration.class, DoorConfiguration.class,
    ServerThreadsConfiguration.class,
    AccessConfiguration.class, KnownAccessConfiguration.class, ProgressHealthConfiguration.class })
public class ModerationService {

    private static final String NAME = "moderation-service";
    private static final String DRIVER = "spring.datasource.hikari.data-source-properties.";
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("spring.application.name", NAME),
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8085"),
            Map.entry("server.shutdown", "immediate"),
            // A caller's address may hold anything; it is not repeated.
            Map.entry("spring.web.error.include-path", "never"),
            Map.entry("spring.flyway.locations", "classpath:db/market,classpath:db/limits"),
            Map.entry("spring.flyway.schemas", "market"),
            Map.entry("spring.flyway.table", "moderation_service_schema_history"),
            Map.entry("spring.datasource.hikari.maximum-pool-size", "20"),
            Map.entry("spring.datasource.hikari.initialization-fail-timeout", "-1"),
            Map.entry("spring.datasource.hikari.pool-name", NAME),
            Map.entry(DRIVER + DatabaseLimits.NAME, OwnName.connection(NAME, "pool")),
            Map.entry("spring.datasource.hikari.connection-timeout", "10000"),
            // An error's detail quotes rows, and so names of people.
            Map.entry(DRIVER + "logServerErrorDetail", "false"),
            // The change feed says itself, in a line, why its engine ended.
            Map.entry("logging.level.io.debezium", "ERROR"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.metrics.distribution.slo.http.server.requests",
                    "50ms,100ms,250ms,500ms,1s,2500ms,5s,10s"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,db,progress"),
            // What a balancer asks: reads and decisions need the database alone.
            Map.entry("management.endpoint.health.group.serving.include", "readinessState,db"));

    private static Map<String, Object> defaults() {
        var defaults = new HashMap<>(DEFAULTS);
        DatabaseLimits.SERVICE.properties().forEach((name, value) -> defaults.put(DRIVER + name, value));
        return defaults;
    }

    /** Not started yet; needs {@code spring.datasource.url}, {@code kafka.bootstrap-servers} and {@code launch.credentials.key}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ModerationService.class).web(WebApplicationType.REACTIVE)
                .properties(defaults())
                .initializers(new SecretFiles(), new Doors(), new AwaitedDatabase());
    }

    public static void main(String[] arguments) {
        AwaitedDatabase
                .start(() -> application().properties(EcsLogs.PROCESS).properties(Draining.PROCESS).run(arguments));
    }
}
