package io.campaignlauncher.pace;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.metrics.micrometer.MicrometerMetricsTrackerFactory;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;

/** The small pool through which a worker reaches the database that claims and paces are kept in. */
public final class PaceDatabase {

    /**
     * For connections whose commits must survive the database's death before the first request is sent; a stronger setting is left as it
     * is.
     */
    public static final String DURABLE_COMMITS = "SELECT set_config('synchronous_commit', 'on', false)"
            + " WHERE current_setting('synchronous_commit') = 'off'";

    private static final Duration CONNECTION_WAIT_MAX = Duration.ofSeconds(2);

    private PaceDatabase() {}

    /**
     * The pool's settings, for whoever has more to set.
     *
     * @param name as the database shows it
     */
    public static HikariConfig settings(String url, String username, String password, String name, String pool,
            int connectionsMax, MeterRegistry meters) {
        var config = new HikariConfig();
        config.setPoolName(pool);
        config.setJdbcUrl(url);
        config.setUsername(username);
        config.setPassword(password);
        config.setMaximumPoolSize(connectionsMax);
        config.setConnectionTimeout(CONNECTION_WAIT_MAX.toMillis());
        config.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        config.setMetricsTrackerFactory(new MicrometerMetricsTrackerFactory(meters));
        DatabaseLimits.CLAIMS.properties().forEach(config::addDataSourceProperty);
        // An error's detail quotes rows.
        config.addDataSourceProperty("logServerErrorDetail", "false");
        config.addDataSourceProperty(DatabaseLimits.NAME, name);
        return config;
    }

    /** Waits for nothing: a database that does not answer yet is asked again with the next statement. */
    public static HikariDataSource openLater(HikariConfig settings) {
        settings.setInitializationFailTimeout(-1);
        settings.setMinimumIdle(0);
        return new HikariDataSource(settings);
    }
}
