package io.campaignlauncher.changefeed;

import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.OwnName;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.regex.Pattern;
import org.postgresql.Driver;
import org.postgresql.PGProperty;
import org.postgresql.core.BaseConnection;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * The database's address as PostgreSQL's driver reads it, for the reader of its log: the same as for the pool. Of several hosts it
 * is the one that the driver chose for a connection just now.
 */
final class FeedAddress {

    private static final String URL = "spring.datasource.url";
    private static final String DRIVER = "driver.";
    private static final String HOSTS = "PGHOST";
    private static final String PORTS = "PGPORT";
    private static final String DATABASE = "PGDBNAME";
    private static final String USER = "user";
    private static final String PASSWORD = "password";
    private static final List<String> TOLD_OTHERWISE = List.of(HOSTS, PORTS, DATABASE, USER, PASSWORD);
    /** What the reader takes for a host: it knows no IPv6 address in figures. */
    private static final Pattern HOST = Pattern.compile("[a-zA-Z0-9._-]*");

    private final Properties read;

    private FeedAddress(Properties read) {
        this.read = read;
    }

    /**
     * @param username who logs in, unless the address says so; may be empty
     * @param password the same
     * @throws IllegalStateException for an address that the pool could take but the feed cannot, in one sentence
     */
    static FeedAddress of(String url, String username, String password) {
        var given = new Properties();
        setUnlessEmpty(given, USER, username);
        setUnlessEmpty(given, PASSWORD, password);
        var read = Driver.parseURL(url, given);
        if (read == null) {
            throw new IllegalStateException(URL + " is not an address that PostgreSQL's driver understands");
        }
        for (var host : read.getProperty(HOSTS, "").split(",")) {
            if (!HOST.matcher(host).matches()) {
                throw new IllegalStateException(URL + ": the change feed cannot reach the host " + host
                        + ", give it by a name of a-z, 0-9, '.', '-' and '_' or by an IPv4 address");
            }
        }
        requirePlain(read.getProperty(DATABASE, ""));
        return new FeedAddress(read);
    }

    private static void setUnlessEmpty(Properties properties, String name, String value) {
        if (!value.isEmpty()) {
            properties.setProperty(name, value);
        }
    }

    /** The reader puts the name into an address of its own as it is. */
    private static void requirePlain(String database) {
        var again = Driver.parseURL("jdbc:postgresql://host/" + database, null);
        if (again == null || !again.getProperty(DATABASE, "").equals(database)) {
            throw new IllegalStateException(URL + ": the change feed cannot read the database " + database
                    + ", because of the characters in its name");
        }
    }

    /**
     * Settings of the reader.
     *
     * @param connection of the pool: tells which host, database and user it has come to be
     */
    Properties settings(Connection connection) throws SQLException {
        var reached = connection.unwrap(BaseConnection.class);
        var host = reached.getQueryExecutor().getHostSpec();
        var database = reached.getCatalog();
        requirePlain(database);
        var settings = new Properties();
        settings.setProperty("database.hostname", host.getHost().isEmpty() ? "localhost" : host.getHost());
        settings.setProperty("database.port", Integer.toString(host.getPort()));
        settings.setProperty("database.dbname", database);
        settings.setProperty("database.user", Objects.requireNonNull(reached.getMetaData().getUserName()));
        setUnlessEmpty(settings, "database.password", read.getProperty(PASSWORD, ""));
        read.stringPropertyNames().stream().filter(name -> !TOLD_OTHERWISE.contains(name))
                .forEach(name -> settings.setProperty(DRIVER + name, read.getProperty(name)));
        return settings;
    }

    /**
     * Carries out a command of the replication protocol there, which PostgreSQL takes over a connection of that kind only.
     *
     * @param connection as for {@link #settings}
     */
    void command(Connection connection, String command) throws SQLException {
        var there = settings(connection);
        var login = DatabaseLimits.SERVICE.login(OwnName.connection("change-feed", "slot"),
                there.getProperty("database.user"), there.getProperty("database.password"));
        there.stringPropertyNames().stream().filter(name -> name.startsWith(DRIVER))
                .forEach(name -> login.setProperty(name.substring(DRIVER.length()), there.getProperty(name)));
        PGProperty.REPLICATION.set(login, "database");
        PGProperty.PREFER_QUERY_MODE.set(login, PreferQueryMode.SIMPLE.value());
        PGProperty.ASSUME_MIN_SERVER_VERSION.set(login, "9.4");
        var url = "jdbc:postgresql://" + there.getProperty("database.hostname") + ":"
                + there.getProperty("database.port") + "/" + there.getProperty("database.dbname");
        try (var replication = DriverManager.getConnection(url, login);
                var statement = replication.createStatement()) {
            statement.execute(command);
        }
    }
}
