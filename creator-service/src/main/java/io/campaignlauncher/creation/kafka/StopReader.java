package io.campaignlauncher.creation.kafka;

import io.campaignlauncher.messaging.Readiness;
import io.campaignlauncher.messaging.TopicFollower;
import io.campaignlauncher.schemas.LaunchRecords;
import io.campaignlauncher.schemas.StopCreation;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

/**
 * Tells the worker of jobs that were cancelled, whatever a kill switch says and however full the worker is. Ready when
 * what was there at the start is told: a command that is taken after that meets each stop that was there before.
 */
public final class StopReader implements TopicFollower.Follower, Readiness {

    private static final Logger LOG = LoggerFactory.getLogger(StopReader.class);

    private final LaunchRecords records;
    private final Consumer<UUID> worker;
    private final Sinks.Empty<Void> caughtUp = Sinks.empty();

    /** @param worker is to create nothing more of a job; told of some more than once */
    public StopReader(LaunchRecords records, Consumer<UUID> worker) {
        this.records = records;
        this.worker = worker;
    }

    /** What is not readable stops nothing: its job hears of the end of the round as it would without a stop. */
    @Override
    public void take(ConsumerRecord<String, byte[]> record) {
        try {
            worker.accept(UUID.fromString(records.read(record, StopReader::stop).getJobId()));
        } catch (UnreadableRecord | IllegalArgumentException e) {
            LOG.warn("the record at {}-{}@{} is passed over: {}", record.topic(), record.partition(), record.offset(),
                    e.getMessage());
        }
    }

    private static StopCreation stop(LaunchRecords.Received received) {
        if (received.message() instanceof StopCreation message) {
            return message;
        }
        throw new UnreadableRecord("a " + received.envelope().type() + " stops no creation", null);
    }

    @Override
    public void polled(boolean hasCaughtUp, long behind) {
        if (hasCaughtUp) {
            caughtUp.tryEmitEmpty();
        }
    }

    @Override
    public Mono<Void> ready() {
        return caughtUp.asMono();
    }
}
