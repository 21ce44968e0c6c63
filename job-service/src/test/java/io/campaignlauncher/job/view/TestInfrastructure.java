package io.campaignlauncher.job.view;

import com.zaxxer.hikari.HikariDataSource;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.testing.TestBroker;
import io.campaignlauncher.testing.TestDatabase;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** The shared PostgreSQL and the shared Kafka, as the tests of the read model and the API want them. */
public final class TestInfrastructure {

    private static final Duration IDLE_MAX = Duration.ofSeconds(10);

    private TestInfrastructure() {}

    /** A database of its own with all tables, empty. */
    public static DataSource database(String name) {
        return database(name, MigrationVersion.LATEST);
    }

    /** The same as a release before left it. */
    public static DataSource database(String name, MigrationVersion version) {
        var server = TestDatabase.shared();
        var dataSource = new HikariDataSource();
        dataSource.setJdbcUrl(server.createDatabase(name));
        dataSource.setUsername(server.username());
        dataSource.setPassword(server.password());
        dataSource.addDataSourceProperty("reWriteBatchedInserts", "true"); // as the service has it
        // Nobody closes it before the JVM ends, and all databases share the server's connections.
        dataSource.setMinimumIdle(0);
        dataSource.setIdleTimeout(IDLE_MAX.toMillis());
        migrate(dataSource, version);
        return dataSource;
    }

    public static void migrate(DataSource dataSource, MigrationVersion version) {
        Flyway.configure().dataSource(dataSource).locations("classpath:db/job").target(version).load().migrate();
    }

    /** Who may do to the server what no service may. */
    public static JdbcClient administrator() {
        var server = TestDatabase.shared();
        var login = server.administrator();
        return JdbcClient.create(new DriverManagerDataSource(server.jdbcUrl(), login.username(), login.password()));
    }

    /** host:port of the broker. */
    public static String kafka() {
        return TestBroker.shared().bootstrapServers();
    }

    /** Makes a topic of the catalogue. */
    public static void createTopic(Topic topic) throws Exception {
        try (var admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, kafka()))) {
            admin.createTopics(
                    List.of(new NewTopic(topic.topicName(), Optional.of(topic.partitions()), Optional.of((short) 1))))
                    .all()
                    .get();
        }
    }
}
