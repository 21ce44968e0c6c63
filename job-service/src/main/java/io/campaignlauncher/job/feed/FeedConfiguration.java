package io.campaignlauncher.job.feed;

import io.campaignlauncher.job.model.Jobs;
import io.campaignlauncher.messaging.DatabaseLimits;
import io.campaignlauncher.messaging.KafkaSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.RecordPublisher;
import io.campaignlauncher.schemas.LaunchRecords;
import io.micrometer.core.instrument.MeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Properties;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wires the change feed to the database and to Kafka. */
@Configuration(proxyBeanMethods = false)
public class FeedConfiguration {

    private static final int POSTGRES_PORT = 5432;

    @Bean
    FeedSettings feedSettings(@Value("${launch.feed.slot:job_feed}") String slot,
            @Value("${launch.feed.follow-every:5s}") Duration followEvery) {
        return FeedSettings.of(slot, followEvery);
    }

    @Bean
    FeedLetters feedLetters(RecordPublisher publisher, LaunchRecords records, Jobs jobs, MeterRegistry meters,
            Clock clock) {
        return new FeedLetters(publisher, records, jobs, meters, clock);
    }

    @Bean
    FeedPublisher feedPublisher(KafkaSettings kafka, LaunchRecords records, FeedLetters letters) {
        return new FeedPublisher(kafka, new FeedRecords(records), letters);
    }

    @Bean
    ReplicationSlot replicationSlot(DataSource dataSource, FeedSettings settings) {
        return new ReplicationSlot(JdbcClient.create(dataSource), settings);
    }

    @Bean
    SlotLag slotLag(ReplicationSlot slot, FeedSettings settings, MeterRegistry meters) {
        return new SlotLag(slot, settings.followEvery(), meters);
    }

    @Bean
    Progress feedProgress(MeterRegistry meters) {
        return new Progress("feed", meters);
    }

    @Bean
    ChangeFeed changeFeed(DataSource dataSource, FeedPublisher publisher, FeedSettings settings,
            ReplicationSlot slot, @Qualifier("feedProgress") Progress progress,
            @Value("${spring.datasource.url}") String url,
            @Value("${spring.datasource.username:}") String username,
            @Value("${spring.datasource.password:}") String password) {
        var catchUp = new CatchUp(JdbcClient.create(dataSource), publisher);
        return new ChangeFeed(settings, engineProperties(settings, url, username, password),
                slot, new Preparation(dataSource, settings, catchUp, progress::made), catchUp, publisher, progress);
    }

    private static Properties engineProperties(FeedSettings settings, String url, String username, String password) {
        var database = URI.create(url.substring("jdbc:".length()));
        var properties = new Properties();
        properties.setProperty("name", settings.slotName());
        properties.setProperty("connector.class", "io.debezium.connector.postgresql.PostgresConnector");
        // The slot itself remembers the position; a second memory could only disagree with it.
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.setProperty("offset.flush.interval.ms", Long.toString(settings.flushInterval().toMillis()));
        // Names its JMX beans too: a second feed in this JVM would wait a minute for those names.
        properties.setProperty("topic.prefix", "feed-" + UUID.randomUUID());
        properties.setProperty("database.hostname", database.getHost());
        properties.setProperty("database.port",
                Integer.toString(database.getPort() < 0 ? POSTGRES_PORT : database.getPort()));
        properties.setProperty("database.dbname", database.getPath().substring(1));
        properties.setProperty("database.user", username);
        properties.setProperty("database.password", password);
        // Statements of the log's reader have no end; a server that does not answer at all is given up all the same.
        DatabaseLimits.SERVICE.properties().forEach((name, value) -> {
            if (!"options".equals(name)) {
                properties.setProperty("driver." + name, value);
            }
        });
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", settings.slotName());
        properties.setProperty("slot.max.retries", "0");
        properties.setProperty("publication.name", settings.publicationName());
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("table.include.list", "event_store.domain_events");
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("binary.handling.mode", "bytes");
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("heartbeat.interval.ms", Long.toString(settings.heartbeat().toMillis()));
        properties.setProperty("poll.interval.ms", Long.toString(settings.pollInterval().toMillis()));
        // A batch of one is handed over at once; a larger one only when it is full or the poll interval is over.
        properties.setProperty("max.batch.size", "1");
        properties.setProperty("max.queue.size", "4096");
        properties.setProperty("errors.max.retries", "0");
        return properties;
    }
}
