package io.campaignlauncher.changefeed;

import io.campaignlauncher.messaging.DatabaseLimits;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.UUID;

/** What Debezium's engine is told: where to read, and how. */
final class EngineSettings {

    private final FeedSource source;
    private final FeedAddress address;

    EngineSettings(FeedSource source, FeedAddress address) {
        this.source = source;
        this.address = address;
    }

    /** @param connection of the pool, to where the engine is to read */
    Properties towards(Connection connection, String slotName) throws SQLException {
        var properties = new Properties();
        properties.setProperty("name", slotName);
        properties.setProperty("connector.class", RestingConnector.class.getName());
        // The slot itself remembers the position; a second memory could only disagree with it.
        properties.setProperty("offset.storage", "org.apache.kafka.connect.storage.MemoryOffsetBackingStore");
        properties.setProperty("offset.flush.interval.ms", Long.toString(FeedSettings.FLUSH_INTERVAL.toMillis()));
        // Names its JMX beans too: a second feed in this JVM would wait a minute for those names.
        properties.setProperty("topic.prefix", "feed-" + UUID.randomUUID());
        // Statements of the log's reader have no end; a server that does not answer at all is given up all the same.
        DatabaseLimits.SERVICE.properties().forEach((name, value) -> {
            if (!"options".equals(name)) {
                properties.setProperty("driver." + name, value);
            }
        });
        properties.putAll(address.settings(connection));
        properties.setProperty("plugin.name", "pgoutput");
        properties.setProperty("slot.name", slotName);
        properties.setProperty("slot.max.retries", "0");
        properties.setProperty("publication.name", source.name());
        properties.setProperty("publication.autocreate.mode", "disabled");
        properties.setProperty("table.include.list", source.store().events());
        properties.setProperty("snapshot.mode", "no_data");
        properties.setProperty("binary.handling.mode", "bytes");
        properties.setProperty("tombstones.on.delete", "false");
        properties.setProperty("heartbeat.interval.ms", Long.toString(FeedSettings.HEARTBEAT.toMillis()));
        properties.setProperty("poll.interval.ms", Long.toString(FeedSettings.POLL_INTERVAL.toMillis()));
        // A batch of one is handed over at once; a larger one only when it is full or the poll interval is over.
        properties.setProperty("max.batch.size", "1");
        properties.setProperty("max.queue.size", "4096");
        properties.setProperty("errors.max.retries", "0");
        return properties;
    }
}
