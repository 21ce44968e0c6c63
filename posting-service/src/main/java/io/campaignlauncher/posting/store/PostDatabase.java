package io.campaignlauncher.posting.store;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.messaging.OwnName;
import io.campaignlauncher.pace.PaceDatabase;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The database that posts are kept in: a small pool whose commits are durable, and the schema {@code posting}. */
public final class PostDatabase {

    static final String SCHEMA = "posting";
    private static final Duration START_WAIT_MAX = Duration.ofMinutes(1);

    private PostDatabase() {}

    /** Waits a while for a database that is still starting. */
    public static HikariDataSource open(String url, String username, String password, int connectionsMax,
            MeterRegistry meters) {
        var config = PaceDatabase.settings(url, username, password, OwnName.connection("posting-service", "posts"),
                "posts", connectionsMax, meters);
        config.setInitializationFailTimeout(START_WAIT_MAX.toMillis());
        config.setConnectionInitSql(PaceDatabase.DURABLE_COMMITS);
        return new HikariDataSource(config);
    }

    /** Makes or updates the service's own schema, with a history of its own. */
    public static void migrate(DataSource database) {
        Flyway.configure()
                .dataSource(database)
                .schemas(SCHEMA)
                .defaultSchema(SCHEMA)
                .table("flyway_schema_history")
                .locations("classpath:db/posting", "classpath:db/limits")
                .load()
                .migrate();
    }
}
