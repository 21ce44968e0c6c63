package io.campaignlauncher.embedded;

import io.zonky.test.db.postgres.util.LinuxUtils;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/**
 * A second PostgreSQL that follows an embedded one, keeps its slots too, and can take over from it. Set up as
 * docs/operations.md says it, by SQL and a copy of files, because the embedded PostgreSQL comes without {@code pg_basebackup}.
 */
public final class EmbeddedStandby implements AutoCloseable {

    /** Of the standby's own slot on the primary, and its name there. */
    public static final String NAME = "standby";

    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration LOOK_EVERY = Duration.ofMillis(100);
    private static final int PROMOTED_WITHIN_SECONDS = 60;

    private final Path folder;
    private final PostgresProcess primary;
    private final Server onPrimary;
    private final Server onStandby;
    private final int port;
    private final PostgresProcess process;
    private final Optional<Process> watcher;
    private boolean silenced;

    /** One of the two, as its administrator sees it. */
    private record Server(int port, Login administrator) {

        Connection connect() throws SQLException {
            return DriverManager.getConnection(
                    "jdbc:postgresql://" + FreePorts.LOOPBACK + ":" + port + "/" + DatabaseRoles.DEFAULT_DATABASE,
                    administrator.username(), administrator.password());
        }

        List<String> ask(String sql) {
            try (var connection = connect()) {
                return DatabaseRoles.query(connection, sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }

        void execute(String sql) {
            try (var connection = connect()) {
                DatabaseRoles.execute(connection, sql);
            } catch (SQLException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private EmbeddedStandby(Path folder, PostgresProcess primary, int primaryPort, Login administrator) {
        this.folder = folder;
        this.primary = primary;
        this.port = FreePorts.next();
        this.onPrimary = new Server(primaryPort, administrator);
        this.onStandby = new Server(port, administrator);
        start();
        this.process = PostgresProcess.on(folder)
                .orElseThrow(() -> new IllegalStateException("the standby ended right after its start"));
        this.watcher = process.endWithThisJvm();
        await("the standby follows",
                () -> onPrimary.ask("select pid from pg_stat_replication where application_name = '"
                        + NAME + "' and state = 'streaming'").size() == 1);
    }

    /**
     * Copies a running server and starts what follows it.
     *
     * @param primary as {@link EmbeddedDatabase#start(Path)} was given it
     * @param folder  for the copy
     */
    public static EmbeddedStandby of(Path primary, Path folder) {
        try {
            var data = primary.resolve("data");
            var process = PostgresProcess.on(data)
                    .orElseThrow(() -> new IllegalStateException("no PostgreSQL runs on " + primary));
            var primaryPort = Integer.parseInt(Files.readString(primary.resolve("port")).strip());
            var passwords = new Passwords(primary.resolve("passwords"));
            var administrator = new DatabaseAccess(data, passwords).administrator();
            var copy = new BaseCopy(data, PrivateFiles.folder(folder));
            try (var connection = new Server(primaryPort, administrator).connect()) {
                makeRoleAndSlot(connection, passwords.of(NAME));
                copy.make(connection);
            }
            copy.follow("host=" + FreePorts.LOOPBACK + " port=" + primaryPort + " dbname="
                    + DatabaseRoles.DEFAULT_DATABASE + " user=" + NAME + " password=" + passwords.of(NAME)
                    + " application_name=" + NAME, NAME);
            return new EmbeddedStandby(folder, process, primaryPort, administrator);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (SQLException e) {
            throw new IllegalStateException("cannot copy PostgreSQL: " + e.getMessage(), e);
        }
    }

    private static void makeRoleAndSlot(Connection connection, String password) throws SQLException {
        DatabaseRoles.execute(connection, "create role " + NAME + " login replication password '" + password + "'");
        DatabaseRoles.query(connection, "select pg_create_physical_replication_slot('" + NAME + "', true)");
    }

    /** With the arguments of the primary, so that it may do as much. */
    private void start() {
        var arguments = new ArrayList<String>();
        if (LinuxUtils.isUnshareAvailable()) {
            // As the library does it: PostgreSQL does not run as root.
            arguments.addAll(List.of("unshare", "-U"));
        }
        arguments.addAll(primary.commandOn(folder, port));
        try {
            var started = new ProcessBuilder(arguments).redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolveSibling(NAME + ".log").toFile()))
                    .start();
            await("the standby answers", () -> {
                if (!started.isAlive()) {
                    throw new IllegalStateException("the standby did not start: see " + NAME + ".log beside " + folder);
                }
                return answers();
            });
        } catch (IOException e) {
            throw new UncheckedIOException("cannot start a standby", e);
        }
    }

    private boolean answers() {
        try {
            return onStandby.ask("select 1").size() == 1;
        } catch (IllegalStateException notYet) {
            return false;
        }
    }

    public int port() {
        return port;
    }

    /** A setting of the primary, in force at once. @param value empty: as it comes */
    public void setOnPrimary(String name, String value) {
        onPrimary.execute("alter system set " + name + " = '" + value + "'");
        onPrimary.ask("select pg_reload_conf()");
        await(name + " is " + value, () -> onPrimary.ask("show " + name).equals(List.of(value)));
    }

    /**
     * Returns once the standby could go on with this slot of the primary. While little is written that takes long, unless the primary
     * notes in its log which transactions there are.
     */
    public void awaitSynced(String slot) {
        await("the standby keeps the slot " + slot, () -> {
            onPrimary.ask("select pg_log_standby_snapshot()");
            return onStandby.ask("select slot_name from pg_replication_slots"
                    + " where synced and not temporary and invalidation_reason is null").contains(slot);
        });
    }

    /** The standby gets nothing more of the primary, as over a network that is down; until then it has all. */
    public void holdBack() {
        var sender = onPrimary.ask("select pid from pg_stat_replication where application_name = '" + NAME + "'");
        PostgresProcess.signal("STOP", Long.parseLong(sender.getFirst()));
    }

    /** {@code kill -9} of the primary and of all that it started, so that none of them says a last word. */
    public void killPrimary() {
        primary.kill();
    }

    /** The primary answers nobody any more, as a machine does whose power is gone: connections to it stay, and new ones are taken. */
    public void silencePrimary() {
        silenced = true;
        primary.freeze();
    }

    /** The standby is a primary from now on, with a timeline of its own. */
    public void promote() {
        if (!onStandby.ask("select pg_promote(true, " + PROMOTED_WITHIN_SECONDS + ")").equals(List.of("t"))) {
            throw new IllegalStateException("the standby was not promoted within " + PROMOTED_WITHIN_SECONDS + " s");
        }
    }

    private static void await(String what, BooleanSupplier condition) {
        var until = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("not within " + PATIENCE + ": " + what);
            }
            try {
                Thread.sleep(LOOK_EVERY);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped", e);
            }
        }
    }

    /** Ends the standby; the primary is not its to end, unless it was silenced: then nobody else can. */
    @Override
    public void close() {
        if (silenced && primary.isAlive()) {
            primary.kill();
        }
        if (process.isAlive()) {
            process.stop();
        }
        watcher.ifPresent(Process::destroyForcibly);
    }
}
