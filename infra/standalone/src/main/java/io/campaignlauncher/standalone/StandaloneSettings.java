package io.campaignlauncher.standalone;

import io.campaignlauncher.access.http.SecuritySettings;
import io.campaignlauncher.frontdoor.ThisMachineOnly;
import io.campaignlauncher.job.notify.WebhookSecret;
import io.campaignlauncher.messaging.CredentialSettings;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.Doors;
import io.campaignlauncher.messaging.KafkaProperties;
import io.campaignlauncher.messaging.SecretFiles;
import io.campaignlauncher.messaging.Settings;
import io.campaignlauncher.telegram.TelegramProperties;
import io.campaignlauncher.worker.GraphProperties;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.config.ConfigDataEnvironmentPostProcessor;
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
 * @param telegramBaseUrl  an existing Bot API; null: the simulator
 * @param identity         whether the identity-service is in this process; not where settings name an issuer
 * @param credentialsKey   base64 AES-256 key; null: made once
 * @param webhookSecret    signs notifications; null: made once
 * @param accessToken      the token that the launch uses
 * @param adAccountId      the account that the launch uses
 * @param arguments        the command line, for the services to read
 */
record StandaloneSettings(boolean once, boolean demo, boolean analytics,
        @Nullable Path dataFolder, @Nullable String bootstrapServers,
        @Nullable String datasourceUrl, @Nullable String graphBaseUrl,
        @Nullable String telegramBaseUrl, boolean identity,
        @Nullable String credentialsKey,
        @Nullable String webhookSecret, String accessToken,
        String adAccountId, String[] arguments) {

    /** @throws ThisMachineOnly where the HTTP API would be reached from other machines */
    static StandaloneSettings of(String... arguments) {
        var environment = new StandardEnvironment();
        var commandLine = new SimpleCommandLinePropertySource(arguments);
        environment.getPropertySources().addFirst(commandLine);
        ConfigDataEnvironmentPostProcessor.applyTo(environment);
        SecretFiles.readInto(environment);
        ConfigurationPropertySources.attach(environment);
        Doors.requireThisMachine(environment);
        var own = Settings.of(environment, StandaloneProperties.class);
        return new StandaloneSettings(commandLine.containsProperty("once"), !commandLine.containsProperty("no-demo"),
                own.analytics(), own.dataDir().isBlank() ? null : Path.of(own.dataDir()).toAbsolutePath(),
                existing(KafkaProperties.of(environment)),
                given(Settings.of(environment, DatabaseSettings.class).url()),
                given(Settings.of(environment, GraphProperties.class).baseUrl()),
                given(Settings.of(environment, TelegramProperties.class).baseUrl()),
                !SecuritySettings.of(environment).namesIssuer(),
                given(Settings.of(environment, CredentialSettings.class).key()),
                given(Settings.of(environment, WebhookSecret.class).secret()), own.accessToken(), own.adAccountId(),
                arguments);
    }

    /** Its own broker gives rights on the names of the catalogue. */
    private static @Nullable String existing(KafkaProperties kafka) {
        if (kafka.bootstrapServers().isBlank() && !kafka.prefix().isBlank()) {
            throw new IllegalArgumentException("kafka.prefix is for a Kafka that installations share, and no"
                    + " kafka.bootstrap-servers names one");
        }
        return given(kafka.bootstrapServers());
    }

    private static @Nullable String given(String setting) {
        return setting.isBlank() ? null : setting;
    }

    /** Names no secret. */
    @Override
    public String toString() {
        return Map.of("once", once, "demo", demo, "dataFolder", String.valueOf(dataFolder)).toString();
    }
}
