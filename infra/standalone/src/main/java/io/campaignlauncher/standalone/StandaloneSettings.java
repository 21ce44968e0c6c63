package io.campaignlauncher.standalone;

import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.SecretFiles;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.SimpleCommandLinePropertySource;
import org.springframework.core.env.StandardEnvironment;

/**
 * What the standalone system was told: options, then system properties, then environment variables, then files of settings. Secrets
 * may be in files of their own, as for the services.
 *
 * @param once             end when the launch has settled
 * @param demo             publish a launch
 * @param analytics        keep the figures of analytics, and show them on the metrics page
 * @param dataFolder       where everything is kept; null: a temporary folder
 * @param bootstrapServers an existing Kafka; null: one in this process
 * @param datasourceUrl    an existing PostgreSQL; null: one of this process
 * @param graphBaseUrl     an existing Graph API; null: the simulator
 * @param credentialsKey   base64 AES-256 key; null: made once
 * @param webhookSecret    signs notifications; null: made once
 * @param accessToken      the token that the launch uses
 * @param adAccountId      the account that the launch uses
 * @param arguments        the command line, for the services to read
 */
record StandaloneSettings(boolean once, boolean demo, boolean analytics,
        @Nullable Path dataFolder, @Nullable String bootstrapServers,
        @Nullable String datasourceUrl, @Nullable String graphBaseUrl, @Nullable String credentialsKey,
        @Nullable String webhookSecret, String accessToken,
        String adAccountId, String[] arguments) {

    private static final String DEMO_TOKEN = "demo-access-token";
    private static final String DEMO_ACCOUNT = "act_1001";

    /** @throws ThisMachineOnly where the HTTP API would be reached from other machines */
    static StandaloneSettings of(String... arguments) {
        var environment = new StandardEnvironment();
        var commandLine = new SimpleCommandLinePropertySource(arguments);
        environment.getPropertySources().addFirst(commandLine);
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        SecretFiles.readInto(environment);
        ConfigurationPropertySources.attach(environment);
        Doors.requireThisMachine(environment);
        var binder = Binder.get(environment);
        var dataFolder = text(binder, "standalone.data-dir");
        var kafka = text(binder, "kafka.bootstrap-servers");
        return new StandaloneSettings(commandLine.containsProperty("once"), !commandLine.containsProperty("no-demo"),
                binder.bind("standalone.analytics", Boolean.class).orElse(true),
                dataFolder == null ? null : Path.of(dataFolder).toAbsolutePath(),
                kafka == null ? text(binder, "spring.kafka.bootstrap-servers") : kafka,
                text(binder, "spring.datasource.url"), text(binder, "graph.base-url"),
                text(binder, "launch.credentials.key"), text(binder, "launch.webhook.secret"),
                orElse(text(binder, "standalone.access-token"), DEMO_TOKEN),
                orElse(text(binder, "standalone.ad-account-id"), DEMO_ACCOUNT), arguments);
    }

    private static @Nullable String text(Binder binder, String name) {
        return binder.bind(name, String.class).map(value -> value.isBlank() ? null : value).orElse(null);
    }

    private static String orElse(@Nullable String value, String fallback) {
        return value == null ? fallback : value;
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return Map.of("once", once, "demo", demo, "dataFolder", String.valueOf(dataFolder)).toString();
    }
}
