package io.campaignlauncher.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Whom the embedded PostgreSQL lets in: whoever knows the password of a role, over whatever way. Older versions let everybody
 * of this machine in; such a folder is {@linkplain #isClosed() not closed}, nor is one whose administrator's password is lost.
 */
final class DatabaseAccess {

    static final String ADMINISTRATOR = "postgres";

    /** How PostgreSQL's initdb is told to begin like that. */
    static final String METHOD = "scram-sha-256";

    private static final String CLOSED = """
            # Written when this folder was made, or brought up from an older version: everybody needs a password.
            # type  database     user  address        method
            local   all          all                  scram-sha-256
            host    all          all   127.0.0.1/32   scram-sha-256
            local   replication  all                  scram-sha-256
            host    replication  all   127.0.0.1/32   scram-sha-256
            """;
    /** While passwords are given out: the administrator alone, on a port that nobody else knows yet. */
    private static final String BEING_CLOSED = """
            host    all          postgres   127.0.0.1/32   trust
            """;

    private final Path rules;
    private final Passwords passwords;

    DatabaseAccess(Path dataFolder, Passwords passwords) {
        this.rules = dataFolder.resolve("pg_hba.conf");
        this.passwords = passwords;
    }

    Login administrator() {
        return new Login(ADMINISTRATOR, passwords.of(ADMINISTRATOR));
    }

    boolean isClosed() {
        try {
            return passwords.isKept(ADMINISTRATOR) && Files.readAllLines(rules)
                    .stream()
                    .noneMatch(line -> !line.startsWith("#") && line.contains("trust"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + rules, e);
        }
    }

    /** From the next start on only the administrator gets in, without a password; until {@link #close()} it is not closed. */
    void open() {
        write(BEING_CLOSED);
    }

    /** From the next start on everybody needs a password. */
    void close() {
        write(CLOSED);
    }

    private void write(String content) {
        try {
            PrivateFiles.write(rules, content);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + rules, e);
        }
    }
}
