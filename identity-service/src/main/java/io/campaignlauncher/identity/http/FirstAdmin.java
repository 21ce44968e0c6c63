package io.campaignlauncher.identity.http;

import io.campaignlauncher.access.model.Secrets;
import io.campaignlauncher.identity.store.Users;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the first super_admin where there is none, and leaves the password in a file that only its owner can read. The file is there
 * before the user is: a start that dies in between writes another one next time.
 */
final class FirstAdmin {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdmin.class);
    static final String NAME = "admin";
    static final String FILE = "admin.password";

    private final Users users;
    private final PasswordWork passwords;
    private final SecureRandom random;

    FirstAdmin(Users users, PasswordWork passwords, SecureRandom random) {
        this.users = users;
        this.passwords = passwords;
        this.random = random;
    }

    void make(Path folder, String tenant) {
        var file = folder.resolve(FILE).toAbsolutePath();
        boolean made = users.makeFirst(UUID.randomUUID(), tenant, NAME, () -> {
            var password = Secrets.next(random);
            write(file, password);
            return passwords.hashNow(password);
        });
        if (made) {
            LOG.info("the first super_admin is called {}; the password is in {}", NAME, file);
        }
    }

    private static void write(Path file, String password) {
        try {
            Files.createDirectories(file.getParent(), only("rwx------"));
            var fresh = Files.createTempFile(file.getParent(), FILE, ".new",
                    only("rw-------"));
            Files.writeString(fresh, password + "\n");
            Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("launch.identity.admin-folder: " + file + " cannot be written", e);
        }
    }

    private static FileAttribute<Set<PosixFilePermission>> only(String permissions) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions));
    }
}
