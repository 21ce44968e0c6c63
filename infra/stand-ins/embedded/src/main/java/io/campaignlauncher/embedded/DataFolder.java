package io.campaignlauncher.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    private final Passwords passwords;

    private DataFolder(Path root, boolean temporary, FileChannel lock, Passwords passwords) {
        this.root = root;
        this.temporary = temporary;
        this.lock = lock;
        this.passwords = passwords;
    }

    /** @throws IllegalStateException when another server has it open */
    static DataFolder open(@Nullable Path given, String prefix) {
        try {
            var root = given == null
                    ? Files.createTempDirectory(prefix)
                    : PrivateFiles.folder(given.toAbsolutePath());
            var lock = lock(root);
            var folder = new DataFolder(root, given == null, lock, new Passwords(root.resolve("passwords")));
            PrivateFiles.folder(folder.path());
            PrivateFiles.tighten(folder.noted());
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
                PrivateFiles.write(unfinished(), "");
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot use " + root + ": " + e, e);
        }
    }

    /** Whether the server's first files are being made, from {@link #beginMaking()} to {@link #made()}. */
    boolean isBeingMade() {
        return Files.exists(unfinished());
    }

    /** What those who log in are known by. */
    Passwords passwords() {
        return passwords;
    }

    /** Keeps a file for people and tools beside the server's own files. @return where it is */
    Path keep(String name, String content) {
        try {
            var file = root.resolve(name);
            PrivateFiles.write(file, content);
            return file;
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

    /**
     * Where to listen: where the last server of this folder did, so that its clients find the next one; anywhere free where
     * there was none, or where that port is not ours to keep, which is said.
     *
     * @param server its name, for people
     */
    int port(String server) {
        var last = notedPort();
        var taken = last > 0 && FreePorts.isTaken(last);
        if (last > 0 && !taken && !FreePorts.mayBeAClients(last)) {
            return last;
        }
        var port = FreePorts.next();
        if (last > 0) {
            LOG.warn("{} listens on port {} from now on: its port until now, {}, is {}", server, port, last,
                    taken ? "taken by somebody else" : "among those that this system gives to clients");
        }
        return port;
    }

    private int notedPort() {
        try {
            return Files.exists(noted()) ? Integer.parseInt(Files.readString(noted()).strip()) : 0;
        } catch (IOException | NumberFormatException e) {
            LOG.debug("no port is noted in {}: {}", root, e.toString());
            return 0;
        }
    }

    /** Notes the port that the server listens on. */
    void listensOn(int port) {
        try {
            PrivateFiles.write(noted(), Integer.toString(port));
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
        var channel = PrivateFiles.channel(root.resolve("lock"));
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
