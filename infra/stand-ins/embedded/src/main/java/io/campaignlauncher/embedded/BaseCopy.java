package io.campaignlauncher.embedded;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Set;

/**
 * A copy of a running server's files, as {@code pg_basebackup} makes it: between {@code pg_backup_start} and {@code pg_backup_stop}
 * files may change as they are copied, for the write-ahead log mends them.
 */
final class BaseCopy {

    /** Of the running server alone. */
    private static final Set<String> LEFT_OUT = Set.of("postmaster.pid", "postmaster.opts", "standby.signal");
    /** Folders that have to be there, and whose contents are the running server's, or come with the log. */
    private static final Set<String> LEFT_EMPTY = Set.of("pg_wal", "pg_replslot", "pg_dynshmem", "pg_notify",
            "pg_serial", "pg_snapshots", "pg_stat_tmp", "pg_subtrans");

    private final Path from;
    private final Path to;

    BaseCopy(Path from, Path to) {
        this.from = from;
        this.to = to;
    }

    /** @param administrator stays connected meanwhile */
    void make(Connection administrator) throws SQLException, IOException {
        try (var statement = administrator.createStatement()) {
            statement.execute("select pg_backup_start('" + to.getFileName() + "', true)");
            Files.walkFileTree(from, new Copying());
            try (var label = statement.executeQuery("select labelfile from pg_backup_stop(false)")) {
                label.next();
                PrivateFiles.write(to.resolve("backup_label"), label.getString(1));
            }
        }
    }

    /** Makes a standby of it. @param primary how to reach it; @param slot the standby's own */
    void follow(String primary, String slot) throws IOException {
        Files.writeString(to.resolve("postgresql.auto.conf"), """
                primary_conninfo = '%s'
                primary_slot_name = '%s'
                hot_standby_feedback = on
                sync_replication_slots = on
                synchronized_standby_slots = ''
                synchronous_standby_names = ''
                """.formatted(primary, slot), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        PrivateFiles.tighten(to.resolve("postgresql.auto.conf"));
        PrivateFiles.write(to.resolve("standby.signal"), "");
    }

    private final class Copying extends SimpleFileVisitor<Path> {

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
            var relative = from.relativize(folder);
            PrivateFiles.folder(to.resolve(relative.toString()));
            if (!LEFT_EMPTY.contains(relative.toString())) {
                return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.SKIP_SUBTREE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
            var relative = from.relativize(file);
            if (!LEFT_OUT.contains(relative.toString())) {
                try {
                    var copy = to.resolve(relative.toString());
                    Files.copy(file, copy);
                    PrivateFiles.tighten(copy);
                } catch (NoSuchFileException removedMeanwhile) {
                    // The log says so too.
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
    }
}
