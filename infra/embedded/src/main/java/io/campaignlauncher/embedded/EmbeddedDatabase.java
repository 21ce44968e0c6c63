package io.campaignlauncher.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that belongs to this process: durable commits, logical replication, a free port of 127.0.0.1. With a
 * data folder it goes on after a restart where it stopped, even if the process was killed. It asks nobody on this machine
 * for a password.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    private static final String USER = "postgres";
    private static final String DEFAULT_DATABASE = "postgres";
    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
    private static final int PORT_TRIES_MAX = 3;

    private final DataFolder folder;
    private final EmbeddedPostgres server;
    private final PostgresProcess process;
    private final Optional<Process> watcher;
    private final ExitGuard guard;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DataFolder folder, EmbeddedPostgres server, Duration exitPatience) {
        this.folder = folder;
        this.server = server;
        this.process = PostgresProcess.on(folder.path())
                .orElseThrow(() -> new IllegalStateException("PostgreSQL ended right after its start"));
        this.watcher = process.endWithThisJvm();
        this.guard = ExitGuard.over(this::close, exitPatience);
    }

    /** Starts on a temporary folder, which is removed at {@link #close()}. */
    public static EmbeddedDatabase start() {
        return start(null);
    }

    /** @param dataFolder made where it is missing, kept at the end, and with it the port; null: a temporary one */
    public static EmbeddedDatabase start(@Nullable Path dataFolder) {
        return start(dataFolder, Duration.ZERO);
    }

    /** @param exitPatience how long the end of the JVM waits for the owner to call {@link #close()} before it happens anyway */
    public static EmbeddedDatabase start(@Nullable Path dataFolder, Duration exitPatience) {
        QuietLogs.apply();
        var folder = DataFolder.open(dataFolder, "postgres-");
        try {
            PostgresProcess.on(folder.path()).ifPresent(left -> {
                LOG.info("ending PostgreSQL's process {}, which an earlier run left behind", left.pid());
                left.stop();
            });
            folder.beginMaking();
            var database = new EmbeddedDatabase(folder, startOn(folder), exitPatience);
            folder.made();
            return database;
        } catch (RuntimeException e) {
            PostgresProcess.on(folder.path()).ifPresent(PostgresProcess::stop);
            folder.close();
            throw e;
        }
    }

    private static EmbeddedPostgres startOn(DataFolder folder) {
        for (var tries = 1;; tries++) {
            var port = tries == 1 ? folder.port() : FreePorts.next();
            try {
                var started = settings(folder.path(), port).start();
                folder.listensOn(port);
                return started;
            } catch (IOException | RuntimeException e) {
                if (!FreePorts.isTaken(port) || tries == PORT_TRIES_MAX) {
                    throw new IllegalStateException(
                            "PostgreSQL did not start (it does not run as root where 'unshare -U'"
                                    + " is forbidden; the logger io.zonky.test.db.postgres tells more at INFO): "
                                    + e.getMessage(),
                            e);
                }
            }
        }
    }

    private static EmbeddedPostgres.Builder settings(Path folder, int port) {
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder)
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_PATIENCE)
                .setPort(port)
                // The same order of texts on every machine.
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                // The library switches durability off; here it is what the whole system stands on.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                .setServerConfig("wal_level", "logical")
                .setServerConfig("max_replication_slots", "8")
                .setServerConfig("max_wal_senders", "8")
                .setServerConfig("max_slot_wal_keep_size", "2GB")
                .setServerConfig("max_connections", "100")
                .setServerConfig("shared_buffers", "128MB")
                .setServerConfig("listen_addresses", FreePorts.LOOPBACK)
                .setServerConfig("unix_socket_directories", "")
                .setServerConfig("log_checkpoints", "off")
                .setServerConfig("jit", "off");
    }

    /** Of the database {@code postgres}, which is always there. */
    public String jdbcUrl() {
        return jdbcUrl(DEFAULT_DATABASE);
    }

    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + FreePorts.LOOPBACK + ":" + server.getPort() + "/" + database;
    }

    public String username() {
        return USER;
    }

    public String password() {
        return USER;
    }

    public int port() {
        return server.getPort();
    }

    /**
     * Makes a database where it is missing.
     *
     * @param name small letters, digits and underscores
     * @return its JDBC URL
     */
    public String createDatabase(String name) {
        if (!DATABASE_NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for a database: " + name);
        }
        try (var connection = server.getPostgresDatabase().getConnection();
                var statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        } catch (SQLException e) {
            if (!DUPLICATE_DATABASE.equals(e.getSQLState())) {
                throw new IllegalStateException("could not make the database " + name + ": " + e.getMessage(), e);
            }
        }
        return jdbcUrl(name);
    }

    Path folder() {
        return folder.path();
    }

    /** Ends PostgreSQL; returns when its process is gone. Closing twice does nothing. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        // A replication client that is still connected can hold up an orderly stop; it gets no longer than this.
        CompletableFuture.delayedExecutor(STOP_PATIENCE.toMillis(), TimeUnit.MILLISECONDS).execute(() -> {
            if (process.isAlive()) {
                process.stopAtOnce();
            }
        });
        try {
            server.close();
        } catch (IOException e) {
            LOG.warn("while closing PostgreSQL: {}", e.toString());
        }
        if (process.isAlive()) {
            process.stop();
        }
        watcher.ifPresent(Process::destroyForcibly);
        folder.close();
        guard.dismiss();
    }
}
