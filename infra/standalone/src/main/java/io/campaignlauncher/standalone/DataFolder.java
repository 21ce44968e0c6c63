package io.campaignlauncher.standalone;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Where the system keeps what must survive a restart. A temporary folder goes away with the process. */
final class DataFolder implements AutoCloseable {

    private static final int SECRET_BYTES = 32;

    private final Path path;
    private final boolean temporary;

    private DataFolder(Path path, boolean temporary) {
        this.path = path;
        this.temporary = temporary;
    }

    static DataFolder at(@Nullable Path wanted) {
        try {
            return wanted == null ? new DataFolder(Files.createTempDirectory("campaign-launcher"), true)
                    : new DataFolder(Files.createDirectories(wanted), false);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make the data folder: " + e.getMessage(), e);
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

    private String secret(String fileName) {
        var file = path.resolve(fileName);
        try {
            if (!Files.exists(file)) {
                var secret = new byte[SECRET_BYTES];
                new SecureRandom().nextBytes(secret);
                // Under its name only when it is complete: a process may end on any of these lines.
                var made = Files.createTempFile(path, fileName, ".new",
                        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(made, Base64.getEncoder().encodeToString(secret));
                Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep " + fileName + ": " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!temporary) {
            return;
        }
        try (var files = Files.walk(path)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException leftToTheSystem) {
            // A temporary folder that a dying process still writes to: the system clears it some day.
        }
    }
}
