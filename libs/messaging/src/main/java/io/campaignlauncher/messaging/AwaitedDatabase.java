package io.campaignlauncher.messaging;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Holds a service's start up until the database of {@code spring.datasource.*} answers, and says in one line why it waits. Before
 * any bean is made, because many of them ask the database something as soon as they are there.
 */
public final class AwaitedDatabase implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private static final Logger LOG = LoggerFactory.getLogger(AwaitedDatabase.class);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    /** Beginnings of SQL states: connection exceptions, and a server that is shut down, has crashed or is not up yet. */
    private static final List<String> LOST_CONNECTION = List.of("08", "57P01", "57P02", "57P03");
    /** SQL state of a change of a table that did not get its lock in time: {@code db/limits}. */
    private static final String LOCK_NOT_AVAILABLE = "55P03";

    /**
     * Starts a service, and anew where the database goes away while it starts, since waiting once does not mean that it stays, or where a
     * migration does not get the lock of a table that others use.
     *
     * @param start runs an application that waits for the database
     * @throws RuntimeException what a start ended with for any other reason
     */
    public static void start(Runnable start) {
        while (true) {
            try {
                start.run();
                return;
            } catch (RuntimeException e) {
                if (hasState(e, LOST_CONNECTION)) {
                    LOG.warn("the database went away during the start, which begins anew: {}", Reasons.of(e));
                } else if (hasState(e, List.of(LOCK_NOT_AVAILABLE))) {
                    LOG.warn("a migration did not get its lock, the start begins anew: {}", Reasons.of(e));
                } else {
                    throw e;
                }
            }
        }
    }

    private static boolean hasState(Throwable error, List<String> beginnings) {
        return Stream.iterate(error, Objects::nonNull, Throwable::getCause).anyMatch(
                cause -> cause instanceof SQLException sql && sql.getSQLState() != null
                        && beginnings.stream().anyMatch(sql.getSQLState()::startsWith));
    }

    /** @throws IllegalStateException when the address cannot be understood, or the thread is interrupted while it waits */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var database = Settings.of(environment, DatabaseSettings.class).required();
        var url = database.url();
        requireDriver(url);
        var login = DatabaseLimits.SERVICE.login(
                OwnName.connection(environment.getProperty("spring.application.name", "campaign-launcher"), "start"),
                database.username(),
                database.password());
        var warning = new ThrottledWarning(LOG, Clock.systemUTC());
        while (true) {
            try (var _ = DriverManager.getConnection(url, login)) {
                return;
            } catch (SQLException e) {
                warning.warn("waiting for the database " + withoutParameters(url), e);
            }
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("stopped while waiting for the database", e);
            }
        }
    }

    /** Waiting would not help. */
    private static void requireDriver(String url) {
        try {
            DriverManager.getDriver(url);
        } catch (SQLException e) {
            throw new IllegalStateException(
                    "spring.datasource.url is not an address of a database that its driver understands", e);
        }
    }

    /** The parameters may hold a password. */
    static String withoutParameters(String url) {
        var parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
