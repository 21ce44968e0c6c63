package io.campaignlauncher.changefeed;

import io.campaignlauncher.changefeed.FeedPublisher.Sent;
import io.campaignlauncher.messaging.DatabaseSettings;
import io.campaignlauncher.messaging.Progress;
import io.campaignlauncher.messaging.ThrottledWarnings;
import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import javax.sql.DataSource;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Publishes every stored event, in commit order, at least once. PostgreSQL's replication slot remembers how far it got and
 * lets one reader in: with several instances the others try again until the slot is free.
 */
public final class ChangeFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(6);
    private static final Duration CLOSE_AGAIN_AFTER = Duration.ofMillis(20);
    private static final Duration LAST_WORD = Duration.ofSeconds(1);
    private static final int UNDER_WAY_MAX = 1000;
    /** Vain polls for the slot from which on another instance has it, and not this instance's own reading that has just ended. */
    private static final int STANDS_BY = 3;
    private static final Duration POSITION_SAVED_EVERY = Duration.ofSeconds(1);

    private final FeedSource source;
    private final DataSource dataSource;
    private final EngineSettings engineSettings;
    private final ReplicationSlot slot;
    private final Preparation preparation;
    private final CatchUp catchUp;
    private final FeedPublisher publisher;
    private final Progress progress;
    private final ThrottledWarnings warnings = new ThrottledWarnings("change feed", LOG, Clock.systemUTC());
    private final Object ending = new Object();
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private volatile boolean running;
    /** Guarded by {@link #ending}: none begins any more once the feed is to end. */
    private @Nullable DebeziumEngine<?> engine;
    private long positionSavedAt = System.nanoTime();
    private long readingSince;
    /** How often in a row another instance had the slot. */
    private int stoodBy;
    /** Holds other instances off until the slot itself does so. Of the thread that reads, which waits where the engine's works. */
    private volatile Preparation.@Nullable Lock lock;
    private @Nullable Thread thread;

    /** A change on its way: its position is confirmed once what it became is durable. @param sent null: it is no event */
    private record UnderWay(RecordChangeEvent<SourceRecord> change, @Nullable Sent sent) {

        boolean isDone() {
            return sent == null || sent.isDone();
        }
    }

    /**
     * @param database where {@code dataSource} leads
     * @param progress told of what got on, and of what needs a person
     */
    public ChangeFeed(FeedSource source, FeedSettings settings, DataSource dataSource, DatabaseSettings database,
            FeedPublisher publisher, Progress progress) {
        this.source = source;
        this.dataSource = dataSource;
        var address = FeedAddress.of(database.url(), database.username(), database.password());
        this.engineSettings = new EngineSettings(source, address);
        this.slot = new ReplicationSlot(JdbcClient.create(dataSource), source, settings);
        this.catchUp = new CatchUp(JdbcClient.create(dataSource), source.store(), publisher);
        this.preparation = new Preparation(dataSource, source, settings, address, catchUp, progress::made);
        this.publisher = publisher;
        this.progress = progress;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name("change-feed").start(this::readUntilStopped);
    }

    private void readUntilStopped() {
        while (running) {
            try {
                lock = preparation.lock();
                if (lock == null) {
                    standBy();
                } else {
                    stoodBy = 0;
                    read();
                }
            } catch (Exception | Error e) {
                stoodBy = 0;
                if (running) {
                    failed(FeedFault.of(e));
                }
            } finally {
                letOthersAsk();
            }
            pause();
        }
    }

    /** Another instance gets on in this one's place. For a moment it may be this one's own reading that has just failed. */
    private void standBy() {
        stoodBy++;
        if (stoodBy > 1) {
            progress.made();
        }
        if (stoodBy == STANDS_BY) {
            LOG.info("change feed: another instance reads the slot {}; this one takes over when it ends", slot.name());
        }
    }

    private void letOthersAsk() {
        var ours = lock;
        lock = null;
        if (ours != null) {
            try {
                ours.close();
            } catch (SQLException | RuntimeException e) {
                LOG.debug("change feed: the connection that held others off is gone: {}", e.getMessage());
            }
        }
    }

    private void read() throws Exception {
        underWay.clear();
        readingSince = 0;
        var failure = new AtomicReference<@Nullable Throwable>();
        var reading = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(engineProperties())
                .using((success, message, error) -> failure
                        .set(success ? null : error == null ? new IllegalStateException(message) : error))
                .notifying(this::publish)
                .build();
        synchronized (ending) {
            if (!running) {
                return;
            }
            engine = reading;
        }
        try {
            reading.run();
        } finally {
            synchronized (ending) {
                engine = null;
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException(failure.get());
        }
    }

    private Properties engineProperties() throws SQLException {
        try (var connection = dataSource.getConnection()) {
            return engineSettings.towards(connection, slot.name());
        }
    }

    /** The engine hands over one change at a time; waiting for each to be durable would hold up the next. */
    private void publish(List<RecordChangeEvent<SourceRecord>> changes,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        if (lock != null && slot.isRead()) {
            LOG.info("change feed: reads the slot {}", slot.name());
            warnings.over();
            letOthersAsk();
        }
        for (var change : changes) {
            var event = EventRows.inserted(change.record());
            if (event == null && !slot.isPublished()) {
                throw new IllegalStateException("the publication " + source.name() + " was dropped");
            }
            underWay.add(new UnderWay(change, event == null ? null : publisher.send(event)));
        }
        boolean marked = false;
        while (!underWay.isEmpty() && (underWay.size() > UNDER_WAY_MAX || underWay.getFirst().isDone())) {
            var first = underWay.getFirst();
            if (first.sent() != null) {
                publisher.await(first.sent());
            }
            committer.markProcessed(first.change());
            gotOn(first.sent());
            underWay.removeFirst();
            marked = true;
        }
        if (marked) {
            committer.markBatchFinished();
        }
    }

    /** A heartbeat counts once the reading has gone on for a while: one that fails again and again may begin with one. */
    private void gotOn(@Nullable Sent sent) {
        var now = System.nanoTime();
        if (sent != null) {
            progress.made();
            rememberPosition(sent.event().globalIndex(), now);
        } else if (readingSince == 0) {
            readingSince = now;
        } else if (now - readingSince > FeedSettings.HEARTBEAT.multipliedBy(2).toNanos()) {
            progress.made();
        }
    }

    private void rememberPosition(long globalIndex, long now) {
        if (now - positionSavedAt > POSITION_SAVED_EVERY.toNanos()) {
            catchUp.reached(globalIndex);
            positionSavedAt = now;
        }
    }

    private void failed(FeedFault fault) {
        if (fault.needsAPerson()) {
            progress.held(fault.what());
        }
        warnings.warn(fault.what());
    }

    private void pause() {
        try {
            if (running) {
                Thread.sleep(FeedSettings.RETRY_DELAY);
            }
        } catch (InterruptedException e) {
            // Only who ends the feed interrupts it.
        }
    }

    /** Returns when the slot is free for others, or at the latest after a bound. */
    @Override
    public synchronized void stop() {
        running = false;
        var reader = thread;
        if (reader == null) {
            return;
        }
        try {
            var until = System.nanoTime() + STOP_WITHIN.toNanos();
            while (reader.isAlive() && System.nanoTime() < until) {
                end(reader);
                reader.join(CLOSE_AGAIN_AFTER);
            }
            if (reader.isAlive()) {
                reader.interrupt();
                reader.join(LAST_WORD);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        thread = null;
    }

    /** An engine that is starting cannot be closed, and says so: it is asked again. What precedes it may be interrupted. */
    private void end(Thread reader) {
        DebeziumEngine<?> reading;
        synchronized (ending) {
            reading = engine;
            if (reading == null) {
                reader.interrupt();
                return;
            }
        }
        try {
            reading.close();
        } catch (IOException | IllegalStateException e) {
            LOG.debug("change feed: {}", e.getMessage());
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
