package io.campaignlauncher.testing;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.Login;

/**
 * A PostgreSQL for tests, with durable commits and logical replication: a container where a Docker engine answers, else a
 * process of this one. What decides is told at {@link ServerKind}.
 */
public sealed interface TestDatabase extends AutoCloseable permits DatabaseInContainer, DatabaseInProcess {

    /** The one for all tests of this JVM: started when first asked for, ended with the JVM, closed by nobody. */
    static TestDatabase shared() {
        return SharedDatabase.get();
    }

    /** One of the caller's own. */
    static TestDatabase start() {
        return switch (ServerKind.ofThisRun()) {
            case DOCKER -> DatabaseInContainer.start();
            case EMBEDDED -> new DatabaseInProcess(EmbeddedDatabase.start());
        };
    }

    /** Of the database {@code postgres}, which is always there. */
    default String jdbcUrl() {
        return jdbcUrl("postgres");
    }

    String jdbcUrl(String database);

    /** Of the role that owns the databases. */
    String username();

    String password();

    /** Who may do everything on the server, for tests that disturb it. */
    Login administrator();

    /**
     * Makes a database where it is missing.
     *
     * @param name small letters, digits and underscores
     * @return its JDBC URL
     */
    String createDatabase(String name);

    @Override
    void close();
}
