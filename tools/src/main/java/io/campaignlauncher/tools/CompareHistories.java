package io.campaignlauncher.tools;

import io.campaignlauncher.tools.recovery.TopicComparison;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Finds out whether a topic and its event store tell the same history. */
@Command(name = "check", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Compares every event on a topic with the event store: what one lacks, and what is another event in each.",
    "Changes nothing. While the system runs, what was stored in the last moment may be told as topic-lacks.",
    "Exit code 1: they differ." })
final class CompareHistories implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--events", paramLabel = "WHOSE", defaultValue = "jobs", description = EventsOf.DESCRIPTION)
    private EventsOf which = EventsOf.jobs;

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    @Override
    public Integer call() throws Exception {
        var address = database.address(Environment.of(spec));
        try (var connection = address.connect(); var consumer = kafka.textKeyConsumer()) {
            var comparison = new TopicComparison(connection,
                    JdbcClient.create(new SingleConnectionDataSource(connection, true)), which.feed().store(),
                    which.topic());
            try (var progress = Progress.of(spec, "reading " + which.topic().topicName(), "records", 0)) {
                comparison.read(consumer, _ -> {}, progress);
            }
            var lines = new HistoryDifferences(spec);
            comparison.differences(lines::print);
            lines.end();
            spec.commandLine().getErr()
                    .println(String.format(Locale.ROOT, "%,d records compared with the event store, %s",
                            comparison.records(), lines.count()));
            return lines.none() ? 0 : ReplayCommand.DIFFERENT;
        }
    }
}
