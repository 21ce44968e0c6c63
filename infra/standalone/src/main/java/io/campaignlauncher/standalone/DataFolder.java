package io.campaignlauncher.standalone;

import io.campaignlauncher.embedded.PrivateFiles;
import io.campaignlauncher.telemetry.EcsLogs;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Where the system keeps what must survive a restart. A temporary folder goes away with the process; of a process that was killed,
 * or had no time left to clean up, with the next start. It is its owner's alone; one of an older version is brought up to that.
 */
final class DataFolder implements AutoCloseable {

    /** Where the identity-service leaves the password of the first super_admin. */
    static final String ADMIN_PASSWORD = "admin.password";

    static final String DEMO_PASSWORD = "demo.password";

    private static final int SECRET_BYTES = 32;
    private static final String PREFIX = "campaign-launcher";
    private static final String IN_USE = ".in-use"; // sorts first, so it is removed last
    /** To let go of one channel to a file lets go of all locks on it that the process has: its own folders are not tried. */
    private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final @Nullable FileChannel lock;

    /** @param lock held while the folder is in use; null where the folder stays */
    private DataFolder(Path path, @Nullable FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    static DataFolder at(@Nullable Path wanted) {
        try {
            var folder = wanted == null ? temporary(Path.of(System.getProperty("java.io.tmpdir")))
                    : new DataFolder(PrivateFiles.folder(wanted), null);
            ownersLogs(PrivateFiles.folder(folder.path.resolve(EcsLogs.FOLDER)));
            return folder;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data folder: " + e.getMessage(), e);
        }
    }

    /** The log is made here, because who writes it makes it for everybody to read; so it does with those that it puts aside. */
    private static void ownersLogs(Path logs) throws IOException {
        own(logs.resolve(EcsLogs.FILE));
        try (var files = Files.newDirectoryStream(logs)) {
            for (var file : files) {
                PrivateFiles.tighten(file);
            }
        }
    }

    /** Made for its owner alone, where it is missing, before others write to it. */
    private static Path own(Path file) throws IOException {
        if (Files.notExists(file)) {
            PrivateFiles.write(file, "");
        }
        return file;
    }

    static DataFolder temporary(Path parent) throws IOException {
        var path = Files.createTempDirectory(parent, PREFIX);
        OPEN.add(path);
        // Under its name only when it is locked, so that nobody takes it for one that was left behind.
        var made = path.resolve(IN_USE + ".new");
        var lock = FileChannel.open(made, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        lock.lock();
        Files.move(made, path.resolve(IN_USE), StandardCopyOption.ATOMIC_MOVE);
        removeLeftBehind(parent, Files.getOwner(path));
        return new DataFolder(path, lock);
    }

    private static void removeLeftBehind(Path parent, UserPrincipal owner) throws IOException {
        try (var folders = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (var folder : folders) {
                if (!OPEN.contains(folder) && isLeftBehind(folder, owner)) {
                    remove(folder);
                }
            }
        }
    }

    private static boolean isLeftBehind(Path folder, UserPrincipal owner) {
        try {
            if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS) || !Files.getOwner(folder).equals(owner)) {
                return false;
            }
            try (var channel = FileChannel.open(folder.resolve(IN_USE), StandardOpenOption.WRITE)) {
                return channel.tryLock() != null;
            }
        } catch (IOException notOurs) {
            return false; // without the file it is no folder of this system, or just about to go
        }
    }

    Path path() {
        return path;
    }

    /** The key for access tokens, base64: made once, readable by its owner only. */
    String credentialsKey() {
        return secret("credentials.key");
    }

    /** What notifications are signed with, base64: made and kept like the key. */
    String webhookSecret() {
        return secret("webhook.secret");
    }

    /** With which the people of the marketplace log in that the system makes to show a post: made and kept like the key. */
    String demoPassword() {
        return secret(DEMO_PASSWORD);
    }

    /** Keeps a file for an operator's tools, readable by its owner only. */
    void keep(String fileName, Map<String, String> properties) {
        var text = new StringBuilder();
        properties.forEach((name, value) -> text.append(name).append('=').append(value).append('\n'));
        try {
            PrivateFiles.write(path.resolve(fileName), text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + fileName + ": " + e.getMessage(), e);
        }
    }

    /** Where the simulated Telegram keeps its messages. */
    Path telegramMessages() {
        try {
            return own(path.resolve("telegram-messages.jsonl"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the messages of Telegram: " + e.getMessage(), e);
        }
    }

    private String secret(String fileName) {
        var file = path.resolve(fileName);
        try {
            if (!Files.exists(file)) {
                var secret = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(secret);
                PrivateFiles.write(file, Base64.getEncoder().encodeToString(secret));
            }
            PrivateFiles.tighten(file);
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + fileName + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (lock == null) {
            return;
        }
        remove(path);
        OPEN.remove(path);
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot let go of the data folder: " + e.getMessage(), e);
        }
    }

    private static void remove(Path folder) {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException leftToTheNextStart) {
            // A dying process still writes to it.
        }
    }
}
