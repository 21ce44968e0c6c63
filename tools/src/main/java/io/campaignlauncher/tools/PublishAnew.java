package io.campaignlauncher.tools;

import io.campaignlauncher.changefeed.FeedRestart;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.WholeTopic;
import java.util.Collection;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Has the change feed publish everything to a Kafka that has nothing. */
@Command(name = "kafka", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "After Kafka was lost: has the change feed publish every event anew, in their order, once its service is started.",
    "Refused while that runs, and where the topic has records: run `recover check` then." })
final class PublishAnew implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--events", paramLabel = "WHOSE", defaultValue = "jobs", description = EventsOf.DESCRIPTION)
    private EventsOf which = EventsOf.jobs;

    @Option(names = "--slot", paramLabel = "NAME", defaultValue = "", description = "launch.feed.slot, where it is set.")
    private String slot = "";

    @Mixin
    private Backup backup = new Backup();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    @Override
    public Integer call() throws Exception {
        requireEmptyTopic();
        var address = database.address(Environment.of(spec));
        try (var connection = address.connect()) {
            var jdbc = JdbcClient.create(new SingleConnectionDataSource(connection, true));
            var feed = new FeedRestart(jdbc, which.feed(), slot);
            StandstillCheck.requireEnded(which.service(), feed, jdbc);
            FeedRestarts.after(0, feed, backup, spec);
        }
        return 0;
    }

    private void requireEmptyTopic() {
        try (var consumer = kafka.textKeyConsumer()) {
            var ends = WholeTopic.ends(consumer, which.topic().topicName());
            if (sum(ends.values()) > sum(consumer.beginningOffsets(ends.keySet()).values())) {
                throw new OperationRefused(which.topic().topicName() + " has records: this Kafka is not empty");
            }
        }
    }

    private static long sum(Collection<Long> offsets) {
        return offsets.stream().mapToLong(offset -> offset).sum();
    }
}
