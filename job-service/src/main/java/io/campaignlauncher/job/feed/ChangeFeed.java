package io.campaignlauncher.job.feed;

import io.debezium.embedded.Connect;
import io.debezium.engine.DebeziumEngine;
import io.debezium.engine.RecordChangeEvent;
import io.debezium.engine.format.ChangeEventFormat;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.connect.source.SourceRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes every stored event, in commit order, at least once. PostgreSQL's replication slot remembers how far it got and
 * lets one reader in: with several instances the others try again until the slot is free.
 */
final class ChangeFeed implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(ChangeFeed.class);
    private static final Duration STOP_WITHIN = Duration.ofSeconds(4);
    private static final int UNDER_WAY_MAX = 1000;
    private static final Duration POSITION_SAVED_EVERY = Duration.ofSeconds(1);

    private final FeedSettings settings;
    private final Properties engineProperties;
    private final ReplicationSlot slot;
    private final CatchUp catchUp;
    private final FeedPublisher publisher;
    private final AtomicReference<@Nullable DebeziumEngine<?>> engine = new AtomicReference<>();
    private final Deque<UnderWay> underWay = new ArrayDeque<>();
    private volatile boolean running;
    private long positionSavedAt = System.nanoTime();
    private @Nullable Thread thread;

    /** A change on its way: its position is confirmed once what it became is durable. */
    private record UnderWay(RecordChangeEvent<SourceRecord> change, long globalIndex,
            List<Future<RecordMetadata>> sent) {

        boolean done() {
            return sent.stream().allMatch(Future::isDone);
        }
    }

    ChangeFeed(FeedSettings settings, Properties engineProperties, ReplicationSlot slot, CatchUp catchUp,
            FeedPublisher publisher) {
        this.settings = settings;
        this.engineProperties = engineProperties;
        this.slot = slot;
        this.catchUp = catchUp;
        this.publisher = publisher;
    }

    @Override
    public synchronized void start() {
        running = true;
        thread = Thread.ofPlatform().name("change-feed").start(this::readUntilStopped);
    }

    private void readUntilStopped() {
        String lastProblem = "";
        while (running) {
            try {
                if (slot.createIfMissing()) {
                    var published = catchUp.run();
                    LOG.info("change feed: new slot {}, {} events published from the table", settings.slotName(),
                            published);
                }
                lastProblem = "";
                read();
            } catch (RuntimeException | IOException e) {
                var problem = String.valueOf(e.getMessage());
                if (running && !problem.equals(lastProblem)) {
                    LOG.warn("change feed: {}; trying again every {} ms", problem, settings.retryDelay().toMillis());
                    lastProblem = problem;
                }
            }
            pause();
        }
    }

    private void read() throws IOException {
        underWay.clear();
        var failure = new AtomicReference<@Nullable Throwable>();
        var reading = DebeziumEngine.create(ChangeEventFormat.of(Connect.class))
                .using(engineProperties)
                .using((success, message, error) -> failure
                        .set(success ? null : error == null ? new IllegalStateException(message) : error))
                .notifying(this::publish)
                .build();
        engine.set(reading);
        try (reading) {
            if (running) {
                reading.run();
            }
        } finally {
            engine.set(null);
        }
        if (failure.get() != null) {
            throw new IllegalStateException(rootMessage(failure.get()), failure.get());
        }
    }

    /** The engine hands over one change at a time; waiting for each to be durable would hold up the next. */
    private void publish(List<RecordChangeEvent<SourceRecord>> changes,
            DebeziumEngine.RecordCommitter<RecordChangeEvent<SourceRecord>> committer) throws InterruptedException {
        for (var change : changes) {
            var event = EventRows.inserted(change.record());
            underWay.add(new UnderWay(change, event == null ? 0 : event.globalIndex(),
                    event == null ? List.of() : publisher.send(event)));
        }
        boolean marked = false;
        while (!underWay.isEmpty() && (underWay.size() > UNDER_WAY_MAX || underWay.getFirst().done())) {
            var first = underWay.getFirst();
            FeedPublisher.await(first.sent());
            committer.markProcessed(first.change());
            rememberPosition(first.globalIndex());
            underWay.removeFirst();
            marked = true;
        }
        if (marked) {
            committer.markBatchFinished();
        }
    }

    private void rememberPosition(long globalIndex) {
        if (globalIndex > 0 && System.nanoTime() - positionSavedAt > POSITION_SAVED_EVERY.toNanos()) {
            catchUp.reached(globalIndex);
            positionSavedAt = System.nanoTime();
        }
    }

    private static String rootMessage(Throwable error) {
        var cause = error;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        return String.valueOf(cause.getMessage());
    }

    private void pause() {
        try {
            if (running) {
                Thread.sleep(settings.retryDelay());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            running = false;
        }
    }

    @Override
    public synchronized void stop() {
        running = false;
        var reading = engine.get();
        var reader = thread;
        try {
            if (reading != null) {
                reading.close();
            }
            if (reader != null) {
                reader.join(STOP_WITHIN);
                reader.interrupt();
            }
        } catch (IOException | IllegalStateException e) {
            LOG.debug("change feed: {}", e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean isRunning() {
        return running;
    }
}
