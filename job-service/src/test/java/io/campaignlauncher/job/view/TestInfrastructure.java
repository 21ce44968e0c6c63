package io.campaignlauncher.job.view;

import io.campaignlauncher.embedded.EmbeddedDatabase;
import io.campaignlauncher.embedded.EmbeddedKafkaBroker;
import io.campaignlauncher.schemas.Topic;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.flywaydb.core.Flyway;
import org.springframework.boot.jdbc.DataSourceBuilder;

/** One PostgreSQL and one Kafka for all tests of the read model and the API, started when first needed, ended with the JVM. */
public final class TestInfrastructure {

    private TestInfrastructure() {}

    private static final class Database {

        static final EmbeddedDatabase INSTANCE = EmbeddedDatabase.start();
    }

    private static final class Kafka {

        static final EmbeddedKafkaBroker INSTANCE = EmbeddedKafkaBroker.start();
    }

    /** A database of its own with all tables, empty. */
    public static DataSource database(String name) {
        var url = Database.INSTANCE.createDatabase(name);
        var dataSource = DataSourceBuilder.create()
                .url(url)
                .username(Database.INSTANCE.username())
                .password(Database.INSTANCE.password())
                .build();
        Flyway.configure().dataSource(dataSource).locations("classpath:db/job").load().migrate();
        return dataSource;
    }

    /** host:port of a broker that has no topic. */
    public static String kafka() {
        return Kafka.INSTANCE.bootstrapServers();
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
