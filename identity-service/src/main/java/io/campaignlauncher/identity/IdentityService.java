package io.campaignlauncher.identity;

import io.campaignlauncher.access.http.DoorConfiguration;
import io.campaignlauncher.access.http.Draining;
import io.campaignlauncher.access.http.ServerThreadsConfiguration;
import io.campaignlauncher.identity.http.HttpConfiguration;
import io.campaignlauncher.identity.publish.PublishConfiguration;
import io.campaignlauncher.messaging.AwaitedDatabase;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.telemetry.EcsLogs;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** Who somebody is, as a program of its own. It finds nothing by scanning. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ HttpConfiguration.class, DoorConfiguration.class, ServerThreadsConfiguration.class,
    PublishConfiguration.class })
public class IdentityService {

    private static final String NAME = "identity-service";
    private static final String DRIVER = "spring.datasource.hikari.data-source-properties.";
    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("spring.application.name", NAME),
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8084"),
            Map.entry("server.shutdown", "immediate"),
            // A caller's address may hold anything; it is not repeated.
            Map.entry("spring.web.error.include-path", "never"),
            Map.entry("spring.flyway.locations", "classpath:db/identity,classpath:db/limits"),
            Map.entry("spring.flyway.schemas", "identity"),
            Map.entry("spring.flyway.table", "identity_service_schema_history"),
            Map.entry("spring.datasource.hikari.maximum-pool-size", "10"),
            Map.entry("spring.datasource.hikari.initialization-fail-timeout", "-1"),
            Map.entry("spring.datasource.hikari.pool-name", NAME),
            Map.entry(DRIVER + DatabaseLimits.NAME, OwnName.connection(NAME, "pool")),
            Map.entry("spring.datasource.hikari.connection-timeout", "10000"),
            // An error's detail quotes rows, and so names of people.
            Map.entry(DRIVER + "logServerErrorDetail", "false"),
            Map.entry("management.endpoints.web.exposure.include", "health,info,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,db"),
            // What a balancer asks, as of the other services.
            Map.entry("management.endpoint.health.group.serving.include", "readinessState,db"));

    private static Map<String, Object> defaults() {
        var defaults = new HashMap<>(DEFAULTS);
        DatabaseLimits.SERVICE.properties().forEach((name, value) -> defaults.put(DRIVER + name, value));
        return defaults;
    }

    /** Not started yet; needs {@code spring.datasource.url} and {@code launch.credentials.key}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(IdentityService.class).web(WebApplicationType.REACTIVE)
                .properties(defaults())
                .initializers(new SecretFiles(), new Doors(), new AwaitedDatabase());
    }

    public static void main(String[] arguments) {
        AwaitedDatabase
                .start(() -> application().properties(EcsLogs.PROCESS).properties(Draining.PROCESS).run(arguments));
    }
}
