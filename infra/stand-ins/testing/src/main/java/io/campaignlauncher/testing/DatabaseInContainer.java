package io.campaignlauncher.testing;

import io.campaignlauncher.embedded.Login;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** A PostgreSQL in a container, where everything is its administrator's. */
record DatabaseInContainer(PostgreSQLContainer container) implements TestDatabase {

    private static final String USER = "postgres";
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]{0,62}");

    static DatabaseInContainer start() {
        return new DatabaseInContainer(Containers.started(Containers.postgres(USER), Containers.POSTGRES_IMAGE));
    }

    @Override
    public String jdbcUrl(String database) {
        return "jdbc:postgresql://" + container.getHost() + ":"
                + container.getMappedPort(PostgreSQLContainer.POSTGRESQL_PORT) + "/" + database;
    }

    @Override
    public String username() {
        return USER;
    }

    @Override
    public String password() {
        return USER;
    }

    @Override
    public Login administrator() {
        return new Login(USER, USER);
    }

    @Override
    public String createDatabase(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("no name for a database: " + name);
        }
        try (var connection = DriverManager.getConnection(jdbcUrl(), USER, USER);
                var statement = connection.createStatement();
                var found = statement.executeQuery("SELECT FROM pg_database WHERE datname = '" + name + "'")) {
            if (!found.next()) {
                statement.execute("CREATE DATABASE " + name);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("could not make the database " + name + ": " + e.getMessage(), e);
        }
        return jdbcUrl(name);
    }

    @Override
    public void close() {
        container.close();
    }
}
