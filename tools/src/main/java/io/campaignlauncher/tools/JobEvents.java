package io.campaignlauncher.tools;

import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.job.history.Point;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.Histories;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.TopicHistory;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Which job a command is about, and where its events are read. */
final class JobEvents {

    /** Where events are. */
    enum Origin { store, topic }

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "JOB", description = "The job's id (UUID).")
    private UUID jobId = new UUID(0, 0);

    @Option(names = "--from", paramLabel = "ORIGIN", defaultValue = "store", description = "store: the event store; topic: job.events on Kafka, where the store is out of reach (default: store).")
    private Origin from = Origin.store;

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    UUID jobId() {
        return jobId;
    }

    KafkaConnection kafka() {
        return kafka;
    }

    /** @throws OperationRefused where there is none */
    List<HistoryEvent> upTo(Point point) throws SQLException {
        var encoding = new AvroEncoding();
        var events = switch (from) {
            case store -> {
                try (var store = EventStore.open(database.address(Environment.of(spec)))) {
                    yield Histories.of(store, jobId, encoding);
                }
            }
            case topic -> {
                try (var progress = Progress.of(spec, "reading job.events", "records", 0);
                        var consumer = kafka.textKeyConsumer()) {
                    yield TopicHistory.of(consumer, jobId, encoding, progress);
                }
            }
        };
        if (events.isEmpty()) {
            throw new OperationRefused("there is no job " + jobId + switch (from) {
                case store -> " in the event store";
                case topic -> " on the topic";
            });
        }
        return events.stream().takeWhile(event -> point.covers(event.version(), event.at())).toList();
    }

    /** The job as its events up to a point make it. */
    RecordedJob jobAt(Point point) throws SQLException {
        var job = RecordedJob.unseen(jobId);
        try {
            for (var event : upTo(point)) {
                job = job.after(event);
            }
        } catch (UnreadableRecord e) {
            throw new OperationRefused("this version cannot read the whole history: " + e.getMessage());
        }
        return job;
    }
}
