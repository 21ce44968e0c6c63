package io.campaignlauncher.changefeed;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What has to be done before the slot may be read: it is made where it is missing or lost, and what was stored before it is
 * published from the table. One instance at a time does so, under a lock of the connection that it works through: an
 * instance that loses the lock can do nothing any more that stays. One that dies half-way leaves a note, and the next goes on.
 */
final class Preparation {

    private static final Logger LOG = LoggerFactory.getLogger(Preparation.class);

    private final DataSource dataSource;
    private final FeedSource source;
    private final FeedSettings settings;
    private final FeedAddress address;
    private final CatchUp catchUp;
    private final Runnable onProgress;

    /** @param onProgress called after each step forward */
    Preparation(DataSource dataSource, FeedSource source, FeedSettings settings, FeedAddress address, CatchUp catchUp,
            Runnable onProgress) {
        this.dataSource = dataSource;
        this.source = source;
        this.settings = settings;
        this.address = address;
        this.catchUp = catchUp;
        this.onProgress = onProgress;
    }

    /**
     * Prepares what has to be, and holds other instances off until {@link Lock#close}: two that find the slot free at once would both
     * start an engine, for one of them in vain.
     *
     * @return null: another one reads, or prepares
     */
    @Nullable
    Lock lock() throws SQLException {
        var lock = new Lock(dataSource.getConnection(), source.lock());
        var mayRead = false;
        try {
            mayRead = lock.begin()
                    && isDone(new ReplicationSlot(lock.jdbc, source, settings), lock.connection,
                            catchUp.through(lock.jdbc));
        } finally {
            if (!mayRead) {
                lock.close();
            }
        }
        return mayRead ? lock : null;
    }

    /** The right to start reading, which one instance has at a time. */
    static final class Lock implements AutoCloseable {

        private final Connection connection;
        private final long number;
        private final JdbcClient jdbc;
        private boolean begun;
        private boolean over;

        private Lock(Connection connection, long number) {
            this.number = number;
            this.connection = connection;
            this.jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
        }

        private boolean begin() {
            begun = jdbc.sql("select pg_try_advisory_lock(:lock)").param("lock", number).query(Boolean.class).single();
            return begun;
        }

        /** Lets others have it; any time after the first does nothing. */
        @Override
        public synchronized void close() throws SQLException {
            if (over) {
                return;
            }
            over = true;
            try (connection) {
                if (begun) {
                    end();
                }
            }
        }

        /** A connection that cannot be asked any more must not go back to its pool with the lock. */
        private void end() throws SQLException {
            try {
                jdbc.sql("select pg_advisory_unlock(:lock)").param("lock", number).query(Boolean.class).single();
            } catch (RuntimeException e) {
                connection.abort(Runnable::run);
            }
        }
    }

    private boolean isDone(ReplicationSlot slot, Connection connection, CatchUp work) {
        var state = slot.state();
        if (state == ReplicationSlot.State.READ_BY_ANOTHER) {
            return false;
        }
        if (state == ReplicationSlot.State.UNUSABLE) {
            work.begin();
            slot.makeAnew();
        } else if (slot.isPlain()) {
            keepOnStandbys(slot.name(), connection);
        }
        slot.rememberPublication();
        if (work.isUnfinished()) {
            LOG.info("change feed: publishes from the table what was stored before the slot {}", slot.name());
            var published = work.run(onProgress);
            LOG.info("change feed: slot {} can be read, {} events published from the table", slot.name(), published);
        }
        return true;
    }

    /** Of a slot that an earlier version made. Where it cannot be, the feed reads all the same. */
    private void keepOnStandbys(String slot, Connection connection) {
        try {
            address.command(connection, "ALTER_REPLICATION_SLOT " + slot + " (FAILOVER true)");
            LOG.info("change feed: the slot {} is kept on standbys from now on", slot);
        } catch (SQLException e) {
            LOG.warn(
                    "change feed: the slot {} would not outlive this server, because it cannot be kept on standbys: {}",
                    slot, e.getMessage());
        }
    }
}
