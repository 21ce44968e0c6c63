package io.campaignlauncher.embedded;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real Kafka node, broker and controller in one, inside this process. It listens on free ports of 127.0.0.1 and makes no
 * topic by itself. With a data folder it goes on after a restart where it stopped, even if the process was killed.
 */
public final class EmbeddedKafkaBroker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedKafkaBroker.class);
    private static final int PORT_TRIES_MAX = 5;

    private final DataFolder folder;
    private final KafkaRaftServer server;
    private final String bootstrapServers;
    private final ExitGuard guard;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedKafkaBroker(DataFolder folder, KafkaRaftServer server, String bootstrapServers,
            Duration exitPatience) {
        this.folder = folder;
        this.server = server;
        this.bootstrapServers = bootstrapServers;
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
        QuietLogs.apply();
        var folder = DataFolder.open(dataFolder, "kafka-");
        try {
            return startOn(folder, exitPatience);
        } catch (RuntimeException e) {
            folder.close();
            throw e;
        }
    }

    private static EmbeddedKafkaBroker startOn(DataFolder folder, Duration exitPatience) {
        folder.beginMaking();
        formatOnce(folder.path());
        folder.made();
        for (var tries = 1;; tries++) {
            var brokerPort = tries == 1 ? folder.port() : FreePorts.next();
            var controllerPort = FreePorts.next();
            var settings = new KafkaConfig(BrokerSettings.of(folder.path(), brokerPort, controllerPort), false);
            var server = new KafkaRaftServer(settings, Time.SYSTEM);
            try {
                server.startup();
                folder.listensOn(brokerPort);
                var bootstrapServers = FreePorts.LOOPBACK + ":" + brokerPort;
                LOG.debug("Kafka listens on {}", bootstrapServers);
                return new EmbeddedKafkaBroker(folder, server, bootstrapServers, exitPatience);
            } catch (RuntimeException e) {
                server.shutdown();
                server.awaitShutdown();
                var portWasLost = FreePorts.isTaken(brokerPort) || FreePorts.isTaken(controllerPort);
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

    Path folder() {
        return folder.path();
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
    private static void formatOnce(Path folder) {
        if (Files.exists(folder.resolve("meta.properties"))) {
            return;
        }
        try {
            new Formatter().setClusterId(Uuid.randomUuid().toString())
                    .setNodeId(BrokerSettings.NODE_ID)
                    .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                    .setMetadataLogDirectory(folder.toString())
                    .addDirectory(folder.toString())
                    .setPrintStream(new PrintStream(OutputStream.nullOutputStream()))
                    .run();
        } catch (Exception e) {
            throw new IllegalStateException("could not prepare " + folder + " for Kafka: " + e.getMessage(), e);
        }
    }
}
