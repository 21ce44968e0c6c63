package io.campaignlauncher.embedded;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real PostgreSQL that belongs to this process: durable commits, logical replication, a free port of 127.0.0.1. With a
 * data folder it goes on after a restart where it stopped, even if the process was killed. Whoever logs in needs a password;
 * services have roles of their own, none of them a superuser.
 */
public final class EmbeddedDatabase implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
    /** The file in the data folder where psql finds the passwords of the services' roles, if PGPASSFILE names it. */
    public static final String PGPASS = "pgpass";

    private static final Pattern DATABASE_NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");
    private static final String DUPLICATE_DATABASE = "42P04";
    private static final Duration START_PATIENCE = Duration.ofSeconds(30);
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(2);
    private static final int PORT_TRIES_MAX = 3;

    private final DataFolder folder;
    private final EmbeddedPostgres server;
    private final DatabaseRoles roles;
    private final PostgresProcess process;
    private final Optional<Process> watcher;
    private final ExitGuard guard;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EmbeddedDatabase(DataFolder folder, EmbeddedPostgres server, DatabaseRoles roles, Duration exitPatience) {
        this.folder = folder;
        this.server = server;
        this.roles = roles;
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
            bringUpToDate(folder);
            var server = startOn(folder, folder.port("PostgreSQL"));
            folder.listensOn(server.getPort());
            return new EmbeddedDatabase(folder, server, roles(folder, server), exitPatience).prepared();
        } catch (RuntimeException e) {
            PostgresProcess.on(folder.path()).ifPresent(PostgresProcess::stop);
            folder.close();
            throw e;
        }
    }

    /**
     * Older versions asked nobody for a password. Their folder is started once for its administrator alone, where nobody looks
     * for it, and is given a password. A process that ends meanwhile leaves this to the next start.
     */
    private static void bringUpToDate(DataFolder folder) {
        var access = new DatabaseAccess(folder.path(), folder.passwords());
        if (folder.isBeingMade() || access.isClosed()) {
            return;
        }
        LOG.info("{} was open to everybody of this machine: from now on a password is asked for", folder.path());
        access.open();
        try (var server = startOn(folder, FreePorts.next())) {
            PostgresProcess.on(folder.path()).ifPresent(PostgresProcess::endWithThisJvm);
            roles(folder, server).secureAdministrator();
        } catch (IOException | SQLException e) {
            throw new IllegalStateException("could not give PostgreSQL's administrator a password: " + e.getMessage(),
                    e);
        }
        PostgresProcess.on(folder.path()).ifPresent(PostgresProcess::stop);
        access.close();
    }

    /** A line for each role, for any port and database. */
    private static String passwordsForPsql(Passwords passwords) {
        return DatabaseRoles.ALL.stream().map(who -> DatabaseRoles.login(who, passwords))
                .map(login -> FreePorts.LOOPBACK + ":*:*:" + login.username() + ":" + login.password() + "\n")
                .collect(Collectors.joining());
    }

    private static DatabaseRoles roles(DataFolder folder, EmbeddedPostgres server) {
        var passwords = folder.passwords();
        return new DatabaseRoles(new DatabaseAccess(folder.path(), passwords).administrator(),
                database -> jdbcUrl(server, database), passwords);
    }

    private EmbeddedDatabase prepared() {
        try {
            roles.prepare();
            folder.keep(PGPASS, passwordsForPsql(folder.passwords()));
            folder.made();
            return this;
        } catch (SQLException | RuntimeException e) {
            close();
            throw new IllegalStateException("could not prepare PostgreSQL's roles: " + e.getMessage(), e);
        }
    }

    private static EmbeddedPostgres startOn(DataFolder folder, int firstPort) {
        for (var tries = 1;; tries++) {
            var port = tries == 1 ? firstPort : FreePorts.next();
            try {
                return settings(folder, port).start();
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

    private static EmbeddedPostgres.Builder settings(DataFolder folder, int port) {
        var passwords = folder.passwords();
        var administrator = new DatabaseAccess(folder.path(), passwords).administrator();
        return EmbeddedPostgres.builder()
                .setDataDirectory(folder.path())
                .setCleanDataDirectory(false)
                .setRegisterShutdownHook(false)
                .setPGStartupWait(START_PATIENCE)
                .setPort(port)
                // The same order of texts on every machine.
                .setLocaleConfig("locale-provider", "builtin")
                .setLocaleConfig("builtin-locale", "C.UTF-8")
                .setLocaleConfig("locale", "C")
                // The library hands these to initdb as they are: nobody gets in without a password, not for a moment.
                .setLocaleConfig("auth-local", DatabaseAccess.METHOD)
                .setLocaleConfig("auth-host", DatabaseAccess.METHOD)
                .setLocaleConfig("pwfile", passwords.file(administrator.username()).toString())
                .setConnectConfig("password", administrator.password())
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
        return jdbcUrl(DatabaseRoles.DEFAULT_DATABASE);
    }

    public String jdbcUrl(String database) {
        return jdbcUrl(server, database);
    }

    private static String jdbcUrl(EmbeddedPostgres server, String database) {
        return "jdbc:postgresql://" + FreePorts.LOOPBACK + ":" + server.getPort() + "/" + database;
    }

    /** Of the role that owns every database: the job-service's. */
    public String username() {
        return DatabaseRoles.OWNER.user();
    }

    public String password() {
        return DatabaseRoles.login(DatabaseRoles.OWNER, folder.passwords()).password();
    }

    /** For the care of the server itself; no service is given it. */
    public Login administrator() {
        return new DatabaseAccess(folder.path(), folder.passwords()).administrator();
    }

    /** The Spring settings that lead a service to the database {@code postgres}; none where it has nothing to do there. */
    public Map<String, String> settings(ServiceLogin who) {
        if (!DatabaseRoles.ALL.contains(who)) {
            return Map.of();
        }
        var login = DatabaseRoles.login(who, folder.passwords());
        return Map.of("spring.datasource.url", jdbcUrl(), "spring.datasource.username", login.username(),
                "spring.datasource.password", login.password());
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
        try {
            roles.createDatabase(name);
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
