package io.campaignlauncher.tools;

import io.campaignlauncher.changefeed.FeedRestart;
import io.campaignlauncher.changefeed.FeedSource;
import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.tools.events.PublishedEvent;
import io.campaignlauncher.tools.recovery.TailImport;
import io.campaignlauncher.tools.recovery.TopicComparison;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;
import org.springframework.transaction.support.TransactionTemplate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Gives the event store of launches what it lacks of its topic. */
@Command(name = "import", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Appends to the event store of launches what follows its last events on job.events, with the waits and names of their jobs.",
    "Needs the kill switches off and no job-service. Run again, it goes on. The change feed will publish nothing twice.",
    "Returns when no creation command that the restored claims may not know of can be carried out any more.",
    "Exit code 1: there are two histories, or a gap; they are listed, and nothing was changed." })
final class ImportTail implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--leave-out", paramLabel = "JOB", description = "Import nothing of this job, which stays as it is. May be repeated.")
    private List<UUID> leftOut = List.of();

    @Option(names = "--fence", defaultValue = "100s", converter = DurationText.class, description = "How long after a job asked for a creation round nobody can claim it any more, nor anything of it be under way: launch.creation.command-validity, .lease, graph.request-timeout and launch.settle-delay together (default: ${DEFAULT-VALUE}).")
    private Duration fence = Duration.ZERO;

    @Option(names = "--slot", paramLabel = "NAME", defaultValue = "", description = "launch.feed.slot, where it is set.")
    private String slot = "";

    @Mixin
    private Backup backup = new Backup();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    private Instant lastAskedAt = Instant.EPOCH;

    @Override
    public Integer call() throws Exception {
        var address = database.address(Environment.of(spec));
        try (var consumer = kafka.textKeyConsumer(); var connection = address.connect()) {
            StandstillCheck.requireSwitchesOff(consumer);
            var dataSource = new SingleConnectionDataSource(connection, true);
            var jdbc = JdbcClient.create(dataSource);
            var feed = new FeedRestart(jdbc, FeedSource.LAUNCHES, slot);
            StandstillCheck.requireEnded(EventsOf.jobs.service(), feed, jdbc);
            var comparison = new TopicComparison(connection, jdbc, EventStoreSchema.LAUNCHES, Topic.JOB_EVENTS);
            try (var progress = Progress.of(spec, "reading job.events", "records", 0)) {
                comparison.read(consumer, this::note, progress);
            }
            if (isStopped(comparison)) {
                return ReplayCommand.DIFFERENT;
            }
            append(new TailImport(connection, jdbc,
                    new TransactionTemplate(new DataSourceTransactionManager(dataSource)),
                    comparison, leftOut.stream().map(UUID::toString).toList()), consumer);
            FeedRestarts.after(comparison.publishedUpTo(), feed, backup, spec);
        }
        awaitFence();
        return 0;
    }

    private void note(PublishedEvent event) {
        if (event.type().equals(CreationRequested.getClassSchema().getName()) && event.time().isAfter(lastAskedAt)) {
            lastAskedAt = event.time();
        }
    }

    private boolean isStopped(TopicComparison comparison) {
        var stopped = new AtomicBoolean();
        var lines = new HistoryDifferences(spec);
        comparison.differences(found -> {
            if (found.kind().stopsImport() && !isLeftOut(found.stream())) {
                lines.print(found);
                stopped.set(true);
            }
        });
        lines.end();
        if (stopped.get()) {
            spec.commandLine().getErr()
                    .println(lines.count() + "; nothing was changed. --leave-out leaves a job as it is");
        }
        return stopped.get();
    }

    private boolean isLeftOut(String stream) {
        return leftOut.stream().anyMatch(job -> job.toString().equals(stream));
    }

    private void append(TailImport tail, KafkaConsumer<String, byte[]> consumer) throws SQLException, IOException {
        TailImport.Result result;
        try (var progress = Progress.of(spec, "importing", "events", 0)) {
            result = tail.run(consumer, progress::now);
        }
        spec.commandLine().getOut().println(String.format(Locale.ROOT,
                "%,d events of %,d jobs appended; %,d waits set", result.events(), result.jobs(), result.waiting()));
        NamedOnError.print(spec,
                "this version cannot read these jobs, so that nothing was done for their waits and names",
                result.unreadable());
    }

    private void awaitFence() {
        var until = lastAskedAt.plus(fence);
        var clock = Clock.systemUTC();
        if (clock.instant().isBefore(until)) {
            spec.commandLine().getErr().println("waiting until " + until
                    + ": until then a creation command may be carried out that the claims do not know of");
        }
        for (var now = clock.instant(); now.isBefore(until); now = clock.instant()) {
            LockSupport.parkNanos(Duration.between(now, until).toNanos());
        }
    }
}
