package io.campaignlauncher.messaging;

import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * How long a connection to PostgreSQL waits before it gives up, as properties of its driver. Parameters in the database's
 * address win over these: {@code ?socketTimeout=60}; whoever gives {@code options} there says the server's limits as well.
 *
 * @param connect           until the server's machine answers
 * @param statement         for one statement, by the server: then it is cancelled, and the connection is good for the next
 * @param answer            without a byte from the server: longer than a statement, for a server that has fallen silent
 * @param idleInTransaction between two statements of a transaction, by the server: what it had locked is free then
 */
public record DatabaseLimits(Duration connect, Duration statement, Duration answer, Duration idleInTransaction) {

    /** The driver's property for the name of a connection, as the server's views and log show it. */
    public static final String NAME = "ApplicationName";

    /** For what serves: a statement takes milliseconds there. */
    public static final DatabaseLimits SERVICE = new DatabaseLimits(Duration.ofSeconds(10), Duration.ofSeconds(20),
            Duration.ofSeconds(30), Duration.ofMinutes(1));
    /** For claims, which are worth nothing when their lease is over. */
    public static final DatabaseLimits CLAIMS = new DatabaseLimits(Duration.ofSeconds(5), Duration.ofSeconds(8),
            Duration.ofSeconds(10), Duration.ofMinutes(1));
    /** For migrations, rebuilds and exports: whole tables in one statement. */
    public static final DatabaseLimits LONG_WORK = new DatabaseLimits(Duration.ofSeconds(10), Duration.ofHours(24),
            Duration.ofHours(1), Duration.ofHours(24));

    public DatabaseLimits {
        if (connect.toSeconds() < 1 || !statement.isPositive() || answer.toSeconds() < 1
                || !idleInTransaction.isPositive()) {
            throw new IllegalArgumentException("a database connection without a limit: connect " + connect
                    + ", statement " + statement + ", answer " + answer + ", idle " + idleInTransaction);
        }
    }

    /** Properties of PostgreSQL's driver. */
    public Map<String, String> properties() {
        return Map.of("connectTimeout", Long.toString(connect.toSeconds()),
                "socketTimeout", Long.toString(answer.toSeconds()),
                "tcpKeepAlive", "true",
                "options", "-c statement_timeout=" + statement.toMillis()
                        + " -c idle_in_transaction_session_timeout=" + idleInTransaction.toMillis());
    }

    /**
     * The same, with who logs in.
     *
     * @param name as the server's views and log show it: {@link OwnName#connection}
     */
    public Properties login(String name, @Nullable String user, @Nullable String password) {
        var login = new Properties();
        login.setProperty(NAME, name);
        // A server that takes the connection and says nothing would be waited for as long as for a long statement.
        login.setProperty("loginTimeout", Long.toString(2 * connect.toSeconds()));
        login.putAll(properties());
        if (user != null && !user.isEmpty()) {
            login.setProperty("user", user);
        }
        if (password != null && !password.isEmpty()) {
            login.setProperty("password", password);
        }
        return login;
    }
}
