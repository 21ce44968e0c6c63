package io.campaignlauncher.messaging;

import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
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

    /** @throws IllegalStateException when the thread is interrupted while it waits */
    @Override
    public void initialize(ConfigurableApplicationContext context) {
        var environment = context.getEnvironment();
        var url = environment.getRequiredProperty("spring.datasource.url");
        var username = environment.getProperty("spring.datasource.username");
        var password = environment.getProperty("spring.datasource.password");
        var warning = new OccasionalWarning(LOG, Clock.systemUTC());
        while (true) {
            try (var _ = DriverManager.getConnection(url, username, password)) {
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

    /** The parameters may hold a password. */
    private static String withoutParameters(String url) {
        var parameters = url.indexOf('?');
        return parameters < 0 ? url : url.substring(0, parameters);
    }
}
