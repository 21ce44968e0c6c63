package io.campaignlauncher.console;

import io.campaignlauncher.access.http.DoorConfiguration;
import io.campaignlauncher.access.http.Draining;
import io.campaignlauncher.access.http.ServerThreadsConfiguration;
import io.campaignlauncher.console.http.ConsoleConfiguration;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.telemetry.EcsLogs;
import java.util.Map;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.annotation.Import;

/** The page as a program of its own. It has no Kafka and no database: what it shows, the other services say over HTTP. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({ ConsoleConfiguration.class, DoorConfiguration.class, ServerThreadsConfiguration.class })
public class ConsoleService {

    private static final Map<String, Object> DEFAULTS = Map.ofEntries(
            Map.entry("spring.application.name", "console"),
            Map.entry("server.address", "127.0.0.1"),
            Map.entry("server.port", "8087"),
            Map.entry("server.shutdown", "immediate"),
            Map.entry("server.compression.enabled", "true"),
            Map.entry("server.compression.mime-types", "text/html,text/css,text/javascript"),
            // A caller's address may hold anything; it is not repeated.
            Map.entry("spring.web.error.include-path", "never"),
            // What others bring along where several services are in one process.
            Map.entry("spring.autoconfigure.exclude",
                    "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration,"
                            + "org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration"),
            Map.entry("management.endpoints.web.exposure.include", "health,prometheus"),
            Map.entry("management.endpoint.health.probes.enabled", "true"),
            // It names the service that is away.
            Map.entry("management.endpoint.health.group.readiness.show-details", "always"),
            Map.entry("management.endpoint.health.group.readiness.include", "readinessState,services"),
            // What a balancer asks: pages say themselves which service is away.
            Map.entry("management.endpoint.health.group.serving.include", "readinessState"));

    /** Not started yet; finds the other services by {@code launch.console}. */
    public static SpringApplicationBuilder application() {
        return new SpringApplicationBuilder(ConsoleService.class).web(WebApplicationType.REACTIVE)
                .properties(DEFAULTS).initializers(new SecretFiles(), new Doors());
    }

    public static void main(String[] arguments) {
        application().properties(EcsLogs.PROCESS).properties(Draining.PROCESS).run(arguments);
    }
}
