package io.campaignlauncher.standalone;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import io.campaignlauncher.embedded.ServiceLogin;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.simulator.Simulator;
import io.campaignlauncher.simulator.SimulatorSettings;
import io.campaignlauncher.simulator.core.GraphRules;
import io.campaignlauncher.telegram.simulator.TelegramSimulator;
import io.campaignlauncher.telegram.simulator.TelegramSimulatorSettings;
import io.campaignlauncher.telegram.simulator.core.Membership;
import io.campaignlauncher.telegram.simulator.core.Rights;
import io.campaignlauncher.telemetry.EcsLogs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.StringJoiner;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The servers that the services need: those that settings name are used, the others are started here and ended here. */
final class StandaloneEnvironment implements AutoCloseable {

    private static final String KAFKA = "kafka";
    private static final String POSTGRESQL = "postgresql";
    /** With which Kafka's own tools log in. */
    private static final String KAFKA_CLIENT = "kafka-client.properties";
    private static final Duration CALL = Duration.ofMillis(20);
    private static final Duration BATCH = Duration.ofMillis(40);
    /** The simulator is as late as it is told to be, and not later. */
    private static final Duration TELEGRAM_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration TELEGRAM_SETTLE_DELAY = Duration.ofSeconds(2);
    /** How long the servers wait, when the process is ended, for the services to leave first. */
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(10);

    private final DataFolder dataFolder;
    private final @Nullable EmbeddedKafkaBroker kafka;
    private final @Nullable EmbeddedDatabase database;
    private final @Nullable Simulator simulator;
    private final @Nullable TelegramSimulator telegram;
    private final Map<String, Object> properties = new LinkedHashMap<>();

    private StandaloneEnvironment(DataFolder dataFolder, @Nullable EmbeddedKafkaBroker kafka,
            @Nullable EmbeddedDatabase database, @Nullable Simulator simulator, @Nullable TelegramSimulator telegram) {
        this.dataFolder = dataFolder;
        this.kafka = kafka;
        this.database = database;
        this.simulator = simulator;
        this.telegram = telegram;
    }

    /** Starts what is missing, side by side. */
    static StandaloneEnvironment start(StandaloneSettings settings) {
        var folder = DataFolder.at(settings.dataFolder());
        var kafka = settings.bootstrapServers() != null ? null
                : CompletableFuture
                        .supplyAsync(() -> EmbeddedKafkaBroker.start(folder.path().resolve(KAFKA), EXIT_PATIENCE),
                                Thread.ofPlatform().name("kafka-start")::start);
        var database = settings.datasourceUrl() != null ? null
                : CompletableFuture
                        .supplyAsync(() -> EmbeddedDatabase.start(folder.path().resolve(POSTGRESQL), EXIT_PATIENCE),
                                Thread.ofPlatform().name("postgresql-start")::start);
        var simulator = settings.graphBaseUrl() != null ? null
                : Simulator.start(SimulatorSettings.DEFAULTS.withRules(GraphRules.DEFAULTS.withLatency(CALL, BATCH)));
        var environment = new StandaloneEnvironment(folder, kafka == null ? null : kafka.join(),
                database == null ? null : database.join(), simulator,
                settings.telegramBaseUrl() == null && settings.identity() ? telegram(folder) : null);
        environment.describe(settings);
        return environment;
    }

    /** It remembers its messages, as Telegram does. */
    private static TelegramSimulator telegram(DataFolder folder) {
        var telegram = TelegramSimulator.start(
                TelegramSimulatorSettings.DEFAULTS.withJournal(folder.telegramMessages()));
        telegram.world().addChannel(DemoPost.CHANNEL_ID, DemoPost.CHANNEL.substring(1), "Otter news");
        telegram.world().setMembership(DemoPost.CHANNEL, TelegramSimulator.BOT_ID,
                Membership.administrator(Rights.POST));
        return telegram;
    }

    private void describe(StandaloneSettings settings) {
        properties.putAll(OlderApps.defaults(settings));
        properties.putAll(EcsLogs.inFolder(dataFolder.path()));
        if (kafka == null) {
            properties.put("kafka.bootstrap-servers", Objects.requireNonNull(settings.bootstrapServers()));
        } else {
            dataFolder.keep(KAFKA_CLIENT, kafka.client(ServiceLogin.OPERATOR));
        }
        properties.put("launch.identity.admin-folder", folder().toString());
        properties.put("graph.base-url", simulator == null ? settings.graphBaseUrl() : simulator.baseUrl().toString());
        if (telegram != null) {
            properties.put("telegram.base-url", telegram.baseUrl().toString());
            properties.put("telegram.token", TelegramSimulator.TOKEN);
            properties.put("telegram.timeout", TELEGRAM_TIMEOUT.toSeconds() + "s");
            properties.put("telegram.settle-delay", TELEGRAM_SETTLE_DELAY.toSeconds() + "s");
            properties.put("launch.posting.marker-host", "posts.localhost");
        }
        properties.put("launch.credentials.key",
                settings.credentialsKey() == null ? dataFolder.credentialsKey() : settings.credentialsKey());
        properties.put("launch.webhook.secret",
                settings.webhookSecret() == null ? dataFolder.webhookSecret() : settings.webhookSecret());
    }

    /** Settings that lead a service here, with the logins of its own where the servers are ours. */
    Map<String, Object> properties(ServiceLogin who) {
        var all = new LinkedHashMap<>(properties);
        if (kafka != null) {
            all.putAll(kafka.settings(who));
        }
        if (database != null) {
            all.putAll(database.settings(who));
        }
        return Map.copyOf(all);
    }

    /** How somebody reaches the Kafka of this process; null where it is another's, which only settings know how to log in to. */
    @Nullable
    KafkaSettings kafka(ServiceLogin who) {
        return kafka == null ? null
                : KafkaSettings.of("standalone", kafka.bootstrapServers(), (short) -1, kafka.client(who));
    }

    @Nullable
    EmbeddedDatabase database() {
        return database;
    }

    /** Where everything is kept. */
    Path folder() {
        return dataFolder.path();
    }

    @Nullable
    Simulator simulator() {
        return simulator;
    }

    @Nullable
    TelegramSimulator telegram() {
        return telegram;
    }

    /** With which the first super_admin logs in; null where it is not known here. */
    @Nullable
    String adminPassword() throws IOException {
        var file = folder().resolve(DataFolder.ADMIN_PASSWORD);
        return Files.exists(file) ? Files.readString(file).strip() : null;
    }

    String demoPassword() {
        return dataFolder.demoPassword();
    }

    /** One line for each part: what it is and where. */
    Stream<String> described() {
        return Stream.of("Kafka       " + (kafka == null ? "existing, " + properties.get("kafka.bootstrap-servers")
                : "in this process, " + kafka.bootstrapServers()),
                "PostgreSQL  " + (database == null ? "existing"
                        : "of this process, " + database.jdbcUrl() + " user " + database.username()),
                "Passwords   " + passwords(),
                "Admin       " + administrator(),
                "Graph API   " + (simulator == null ? "existing, " : "simulator in this process, ")
                        + properties.get("graph.base-url"),
                "Telegram    " + (telegram == null ? "existing, or none"
                        : "simulator in this process, " + telegram.baseUrl() + ", channel "
                                + TelegramSimulator.CHANNEL),
                "Logs        " + properties.get("logging.file.name"));
    }

    /** The first super_admin, for people: made where there was none. */
    private String administrator() {
        var file = folder().resolve(DataFolder.ADMIN_PASSWORD);
        return Files.exists(file) ? "user admin, the password is in " + file : "as before; none was made";
    }

    /** Where those are who log in to the servers of this process, for people. */
    private String passwords() {
        var files = new StringJoiner(" and ").setEmptyValue("those of the existing servers");
        if (kafka != null) {
            files.add(folder().resolve(KAFKA_CLIENT).toString());
        }
        if (database != null) {
            files.add(folder().resolve(POSTGRESQL).resolve(EmbeddedDatabase.PGPASS).toString());
        }
        return files.toString();
    }

    @Override
    public void close() {
        Services.sideBySide(
                Stream.of(simulator, telegram, kafka, database).filter(Objects::nonNull)
                        .map(part -> () -> closeQuietly(part)));
        dataFolder.close();
    }

    private static void closeQuietly(AutoCloseable part) {
        try {
            part.close();
        } catch (Exception e) {
            System.err.println("while stopping: " + e.getMessage());
        }
    }
}
