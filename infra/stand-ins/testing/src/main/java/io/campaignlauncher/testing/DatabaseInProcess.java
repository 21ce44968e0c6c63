package io.campaignlauncher.testing;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.Login;

/** A PostgreSQL that belongs to this process. */
record DatabaseInProcess(EmbeddedDatabase server) implements TestDatabase {

    @Override
    public String jdbcUrl(String database) {
        return server.jdbcUrl(database);
    }

    @Override
    public String username() {
        return server.username();
    }

    @Override
    public String password() {
        return server.password();
    }

    @Override
    public Login administrator() {
        return server.administrator();
    }

    @Override
    public String createDatabase(String name) {
        return server.createDatabase(name);
    }

    @Override
    public void close() {
        server.close();
    }
}
