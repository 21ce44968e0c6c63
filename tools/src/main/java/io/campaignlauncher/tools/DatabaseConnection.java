package io.campaignlauncher.tools;

import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.OperationRefused;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches PostgreSQL. The password comes from the environment alone. */
final class DatabaseConnection {

    private static final String URL = "SPRING_DATASOURCE_URL";
    private static final String USER = "SPRING_DATASOURCE_USERNAME";
    private static final String PASSWORD = "SPRING_DATASOURCE_PASSWORD";

    @Option(names = "--jdbc-url", paramLabel = "URL", description = "The database of the event store, e.g. jdbc:postgresql://localhost:5432/postgres (default: $"
            + URL + ").")
    private @Nullable String url;

    @Option(names = "--jdbc-user", paramLabel = "NAME", description = "Who logs in (default: $" + USER + ").")
    private @Nullable String user;

    @Option(names = "--jdbc-password-env", paramLabel = "NAME", defaultValue = PASSWORD, description = "The environment variable that holds the password (default: ${DEFAULT-VALUE}).")
    private String passwordVariable = PASSWORD;

    EventStore.Address address(Environment surroundings) {
        var given = url == null ? surroundings.variable(URL) : url;
        if (given == null) {
            throw new OperationRefused("where is the database? Say --jdbc-url or set " + URL);
        }
        if (!given.startsWith("jdbc:postgresql:")) {
            throw new OperationRefused("the database's address begins with jdbc:postgresql:");
        }
        return new EventStore.Address(given, user == null ? surroundings.variable(USER) : user,
                surroundings.variable(passwordVariable));
    }
}
