package io.campaignlauncher.chaos;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Set;
import org.springframework.util.FileSystemUtils;

/**
 * A base backup of a PostgreSQL on this machine, and the archive of what it wrote since: what any tool for backups does, with nothing but a
 * server and files.
 */
final class BaseBackup {

    /** What a backup does not hold: its server's process, its log, which the archive has, and slots, which no restore brings back. */
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts");
    private static final Set<String> EMPTIED = Set.of("pg_wal", "pg_replslot", "pg_stat_tmp", "pg_notify",
            "pg_subtrans");

    private final Path data;
    private final Path copy;
    private final Path archive;
    private final String url;
    private final String password;

    /**
     * @param data     of the server
     * @param folder   where backup and archive are put
     * @param password of its superuser
     */
    BaseBackup(Path data, Path folder, String url, String password) {
        this.data = data;
        this.copy = folder.resolve("base");
        this.archive = folder.resolve("wal");
        this.url = url;
        this.password = password;
    }

    private Connection administrator() throws SQLException {
        return DriverManager.getConnection(url, "postgres", password);
    }

    /** Has the server keep its log from its next start on. */
    void archiveFromNextStart() throws SQLException, IOException {
        Files.createDirectories(archive);
        try (var connection = administrator(); var statement = connection.createStatement()) {
            statement.execute("alter system set archive_mode = on");
            statement.execute("alter system set archive_command = 'cp %p " + archive + "/%f'");
        }
    }

    void take() throws SQLException, IOException {
        try (var connection = administrator(); var statement = connection.createStatement()) {
            statement.execute("select pg_backup_start('drill', true)");
            copy(data, copy);
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop(true)")) {
                label.next();
                Files.writeString(copy.resolve("backup_label"), label.getString(1));
            }
        }
    }

    Instant now() throws SQLException {
        try (var connection = administrator();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select clock_timestamp()")) {
            row.next();
            return row.getObject(1, OffsetDateTime.class).toInstant();
        }
    }

    /** Returns when the archive has all that was written so far. */
    void archiveAll() throws SQLException, InterruptedException {
        try (var connection = administrator(); var statement = connection.createStatement()) {
            String last;
            try (var row = statement.executeQuery("select pg_walfile_name(pg_switch_wal())")) {
                row.next();
                last = row.getString(1);
            }
            while (!Files.exists(archive.resolve(last))) {
                Thread.sleep(50);
            }
        }
    }

    /** Puts a server that has ended back to a time. It is there once it was started again. */
    void restore(Instant to) throws IOException {
        Files.move(data, data.resolveSibling("data-until-" + to.toEpochMilli()));
        copy(copy, data);
        Files.writeString(data.resolve("recovery.signal"), "");
        Files.writeString(data.resolve("postgresql.auto.conf"), """
                archive_mode = 'off'
                restore_command = 'cp %s/%%f "%%p"'
                recovery_target_time = '%s'
                recovery_target_action = 'promote'
                hot_standby = 'off'
                """.formatted(archive, offset(to)), StandardOpenOption.APPEND, StandardOpenOption.CREATE);
    }

    /** The server reads its settings before it knows the letter Z. */
    private static String offset(Instant time) {
        return time.toString().replace("Z", "+00");
    }

    static void delete(Path folder) throws IOException {
        FileSystemUtils.deleteRecursively(folder);
    }

    private static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
                var inside = from.relativize(folder);
                if (inside.getNameCount() > 1 && EMPTIED.contains(inside.getName(0).toString())) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                Files.copy(folder, to.resolve(inside), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                var inside = from.relativize(file);
                if (!LEFT_OUT.contains(inside.toString()) && !EMPTIED.contains(inside.getName(0).toString())) {
                    try {
                        Files.copy(file, to.resolve(inside), StandardCopyOption.COPY_ATTRIBUTES);
                    } catch (NoSuchFileException goneMeanwhile) {
                        // A table or a file of a query that ended: the log tells of it.
                    }
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
                if (e instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw e;
            }
        });
    }
}
