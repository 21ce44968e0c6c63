package io.campaignlauncher.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.io.FileUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where one server keeps its data: a folder that was given and stays, or a temporary one that goes with the server. While it
 * is open no other server can open it; what a process that died left locked is free again.
 */
final class DataFolder {

    private static final Logger LOG = LoggerFactory.getLogger(DataFolder.class);

    private final Path root;
    private final boolean temporary;
    private final FileChannel lock;

    private DataFolder(Path root, boolean temporary, FileChannel lock) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
    }

    /** @throws IllegalStateException when another server has it open */
    static DataFolder open(@Nullable Path given, String prefix) {
        try {
            var root = given == null
                    ? Files.createTempDirectory(prefix)
                    : Files.createDirectories(given.toAbsolutePath());
            var lock = lock(root);
            var folder = new DataFolder(root, given == null, lock);
            Files.createDirectories(folder.path());
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("no data folder: " + e, e);
        }
    }

    /** The server's own files; what this class notes lies beside them, because PostgreSQL begins in an empty folder only. */
    Path path() {
        return root.resolve("data");
    }

    /** Call before a server's first files are made. What an earlier run left half-made is removed: nobody has used it yet. */
    void beginMaking() {
        try {
            if (Files.exists(unfinished())) {
                FileUtils.cleanDirectory(path().toFile());
            } else if (isEmpty()) {
                Files.createFile(unfinished());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + ": " + e, e);
        }
    }

    /** Call when the server is up. */
    void made() {
        try {
            Files.deleteIfExists(unfinished());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + ": " + e, e);
        }
    }

    /** Where to listen: where the last server of this folder did, so that its clients find the next one; else anywhere free. */
    int port() {
        try {
            var last = Files.exists(noted()) ? Integer.parseInt(Files.readString(noted()).strip()) : 0;
            return last > 0 && !FreePorts.isTaken(last) ? last : FreePorts.next();
        } catch (IOException | NumberFormatException e) {
            LOG.debug("no port is noted in {}: {}", root, e.toString());
            return FreePorts.next();
        }
    }

    /** Notes the port that the server listens on. */
    void listensOn(int port) {
        try {
            Files.writeString(noted(), Integer.toString(port));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + ": " + e, e);
        }
    }

    /** Lets others have it; removes a temporary folder with all that is in it. */
    void close() {
        try {
            lock.close();
            if (temporary) {
                FileUtils.deleteDirectory(root.toFile());
            }
        } catch (IOException e) {
            LOG.warn("could not clean up {}: {}", root, e.toString());
        }
    }

    private boolean isEmpty() throws IOException {
        try (var files = Files.list(path())) {
            return files.findAny().isEmpty();
        }
    }

    private Path noted() {
        return root.resolve("port");
    }

    private Path unfinished() {
        return root.resolve("unfinished");
    }

    private static FileChannel lock(Path root) throws IOException {
        var channel = FileChannel.open(root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return channel;
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // The same as a lock of another process.
        }
        channel.close();
        throw new IllegalStateException(root + " is in use by another server");
    }
}
