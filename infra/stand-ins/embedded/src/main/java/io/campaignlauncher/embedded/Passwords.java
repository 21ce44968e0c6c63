package io.campaignlauncher.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The passwords of one server: each is made when it is first asked for, and kept in a file that its owner alone can read. */
final class Passwords {

    private static final int BYTES = 24;

    private final Path folder;
    private final Map<String, String> known = new ConcurrentHashMap<>();

    Passwords(Path folder) throws IOException {
        this.folder = PrivateFiles.folder(folder);
    }

    /** @return letters, digits, '-' and '_': it needs no quoting anywhere */
    String of(String user) {
        return known.computeIfAbsent(user, this::read);
    }

    private String read(String user) {
        try {
            var file = file(user);
            if (!isKept(user)) {
                var password = new byte[BYTES];
                new SecureRandom().nextBytes(password);
                PrivateFiles.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(password) + "\n");
            }
            PrivateFiles.tighten(file);
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot keep the password of " + user + ": " + e.getMessage(), e);
        }
    }

    boolean isKept(String user) {
        return Files.exists(file(user));
    }

    Path file(String user) {
        return folder.resolve(user);
    }
}
