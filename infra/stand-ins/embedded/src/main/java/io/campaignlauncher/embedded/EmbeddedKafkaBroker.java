package io.campaignlauncher.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.net.BindException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.commons.lang3.exception.ExceptionUtils;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka node, broker and controller in one, inside this process. It listens on free ports of 127.0.0.1 and makes no
 * topic by itself. With a data folder it goes on after a restart where it stopped, even if the process was killed. Whoever
 * connects needs a password, at the controller's port too, and may do what {@link io.campaignlauncher.schemas.rights.KafkaRights} says.
 */
public final class EmbeddedKafkaBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafkaBroker.class);
    private static final int PORT_TRIES_MAX = 5;
    /** The file in the data folder with which an operator's tools log in: Kafka's own, and ours. */
    public static final String CLIENT_PROPERTIES = "client.properties";
    /** The same for upstream apps. */
    public static final String APP_PROPERTIES = "app.properties";
    /** The same for {@code campaign-tools}, which need no more than that. */
    public static final String TOOLS_PROPERTIES = "tools.properties";

    private final DataFolder folder;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final int controllerPort;
    private final boolean passwords;
    private final ExitGuard guard;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafkaBroker(DataFolder folder, KafkaRaftServer server, String bootstrapServers,
            int controllerPort, boolean passwords, Duration exitPatience) {
        this.folder = folder;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
        this.controllerPort = controllerPort;
        this.passwords = passwords;
        this.guard = ExitGuard.over(this::close, exitPatience);
    }

    /** Starts on a temporary folder, which is removed at {@link #close()}. */
    public static EmbeddedKafkaBroker start() {
        return start(null);
    }

    /** @param dataFolder made where it is missing, kept at the end, and with it the port; null: a temporary one */
    public static EmbeddedKafkaBroker start(@Nullable Path dataFolder) {
        return start(dataFolder, Duration.ZERO);
    }

    /** @param exitPatience how long the end of the JVM waits for the owner to call {@link #close()} before it happens anyway */
    public static EmbeddedKafkaBroker start(@Nullable Path dataFolder, Duration exitPatience) {
        return start(dataFolder, exitPatience, true);
    }

    private static EmbeddedKafkaBroker start(@Nullable Path dataFolder, Duration exitPatience, boolean passwords) {
        return start(dataFolder, exitPatience, passwords, Map.of(), Map.of());
    }

    private static EmbeddedKafkaBroker start(@Nullable Path dataFolder, Duration exitPatience, boolean passwords,
            Map<String, String> settings, Map<String, Short> features) {
        QuietLogs.apply();
        var folder = DataFolder.open(dataFolder, "kafka-");
        try {
            return startOn(folder, exitPatience, passwords, settings, features);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    /** One for tests that have nothing to do with logging in: it lets in whoever comes and lets them do everything, on a temporary folder. */
    public static EmbeddedKafkaBroker startOpen() {
        return startOpen(null);
    }

    /**
     * The same for tests of what a broker may lack.
     *
     * @param settings of the broker, by their Kafka names, in place of ours
     * @param features levels of Kafka's features, in place of the latest ones
     */
    public static EmbeddedKafkaBroker startOpen(Map<String, String> settings, Map<String, Short> features) {
        return start(null, Duration.ZERO, false, settings, features);
    }

    static EmbeddedKafkaBroker startOpen(@Nullable Path dataFolder) {
        return start(dataFolder, Duration.ZERO, false);
    }

    private static EmbeddedKafkaBroker startOn(DataFolder folder, Duration exitPatience, boolean passwords,
            Map<String, String> otherSettings, Map<String, Short> features) {
        var users = passwords ? BrokerUsers.jaasConfig(folder.passwords()) : null;
        folder.beginMaking();
        formatOnce(folder.path(), features);
        folder.made();
        for (var tries = 1;; tries++) {
            var brokerPort = tries == 1 ? folder.port("Kafka") : FreePorts.next();
            var controllerPort = FreePorts.next();
            var settings = BrokerSettings.of(folder.path(), brokerPort, controllerPort, users);
            settings.putAll(otherSettings);
            var server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
            try {
                server.startup();
                folder.listensOn(brokerPort);
                var bootstrapServers = FreePorts.LOOPBACK + ":" + brokerPort;
                LOG.debug("Kafka listens on {}", bootstrapServers);
                if (passwords) {
                    BrokerRights.apply(bootstrapServers, folder.passwords());
                }
                var broker = new EmbeddedKafkaBroker(folder, server, bootstrapServers, controllerPort, passwords,
                        exitPatience);
                broker.keep(CLIENT_PROPERTIES, ServiceLogin.OPERATOR);
                broker.keep(APP_PROPERTIES, ServiceLogin.APP);
                broker.keep(TOOLS_PROPERTIES, ServiceLogin.TOOLS);
                return broker;
            } catch (RuntimeException e) {
                server.shutdown();
                server.awaitShutdown();
                var portWasLost = ExceptionUtils.indexOfType(e, BindException.class) >= 0
                        || FreePorts.isTaken(brokerPort) || FreePorts.isTaken(controllerPort);
                if (!portWasLost || tries == PORT_TRIES_MAX) {
                    throw new IllegalStateException("Kafka did not start: " + e.getMessage(), e);
                }
            }
        }
    }

    /** host:port, for clients. */
    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The settings with which a client gets in, by their Kafka names. */
    public Map<String, String> client(ServiceLogin who) {
        var settings = new TreeMap<>(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers));
        if (passwords) {
            settings.putAll(BrokerUsers.client(who, folder.passwords()));
        }
        return settings;
    }

    /** The Spring settings that lead a service here. */
    public Map<String, String> settings(ServiceLogin who) {
        var settings = new TreeMap<String, String>();
        client(who).forEach((name, value) -> settings.put("kafka.properties." + name, value));
        settings.remove("kafka.properties." + CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG);
        settings.put("kafka.bootstrap-servers", bootstrapServers);
        // There is one broker on purpose.
        settings.put("kafka.replication-factor", "1");
        return settings;
    }

    int controllerPort() {
        return controllerPort;
    }

    private void keep(String file, ServiceLogin who) {
        folder.keep(file, client(who).entrySet().stream().map(one -> one.getKey() + "=" + one.getValue() + "\n")
                .collect(Collectors.joining()));
    }

    Path folder() {
        return folder.path();
    }

    Passwords passwords() {
        return folder.passwords();
    }

    /** Ends the broker in order; returns when its files are closed. Closing twice does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            server.shutdown();
            server.awaitShutdown();
            folder.close();
            guard.dismiss();
        }
    }

    /** Gives an empty folder its cluster id; a folder that has one keeps it. */
    private static void formatOnce(Path folder, Map<String, Short> features) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            var formatter = new Formatter().setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()));
            features.forEach(formatter::setFeatureLevel);
            formatter.run();
        } catch (Exception e) {
            throw new IllegalStateException("could not prepare " + folder + " for Kafka: " + e.getMessage(), e);
        }
    }
}
