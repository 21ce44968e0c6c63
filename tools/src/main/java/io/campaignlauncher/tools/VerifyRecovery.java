package io.campaignlauncher.tools;

import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.HttpGraph;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.look.FacebookDifference;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.Histories;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.events.TimeRange;
import io.campaignlauncher.tools.facebook.FacebookCheck;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares what was recovered with a replay, and with Facebook. */
@Command(name = "verify", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "After a recovery: compares the tables with a replay of all events, and with Facebook each job of which something happened since a time.",
    "Only reads. Jobs that go on are counted: run it again when they have settled. Exit code 1: something differs; 2: something could not be compared." })
final class VerifyRecovery implements Callable<Integer> {

    private static final String SWITCH_ON = "turn the kill switches on again: PUT /v1/kill-switches/rollback, then creation, then intake,"
            + " each with {\"enabled\":true}";

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--since", paramLabel = "TIME", required = true, converter = Time.class, description = "The time that the database was put back to, such as 2026-01-31T12:00:00Z.")
    private Instant since = Instant.EPOCH;

    @Mixin
    private TableDifferences tables = new TableDifferences();

    @Mixin
    private GraphConnection facebook = new GraphConnection();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    private long compared;
    private long notRead;
    private long goOn;
    private long differences;

    @Override
    public Integer call() throws Exception {
        var address = database.address(Environment.of(spec));
        var sameTables = tables.none(spec, address, null);
        compareWithFacebook(address);
        spec.commandLine().getErr().println(String.format(Locale.ROOT,
                "%,d jobs compared with Facebook, %,d differences; %,d could not be, %,d go on", compared, differences,
                notRead, goOn));
        if (!sameTables || differences > 0) {
            return ReplayCommand.DIFFERENT;
        }
        if (notRead > 0) {
            return ReplayCommand.CANNOT;
        }
        spec.commandLine().getOut().println(SWITCH_ON);
        return 0;
    }

    private void compareWithFacebook(EventStore.Address address) throws SQLException {
        var encoding = new AvroEncoding();
        try (var store = EventStore.open(address);
                var graph = HttpGraph.over(facebook.settings(), null);
                var progress = Progress.of(spec, "comparing with Facebook", "jobs", 0)) {
            for (var jobId : store.jobsIn(new TimeRange(since, null))) {
                var job = job(store, jobId, encoding);
                if (job.state().phase().settled()) {
                    compare(job, graph);
                } else {
                    goOn++;
                }
                progress.now(compared + notRead + goOn);
            }
        }
    }

    /** A job that cannot be read on Facebook holds up no other. */
    private void compare(RecordedJob job, Graph graph) {
        try {
            FacebookCheck.of(job.state(), graph, facebook.token(kafka, job.state()))
                    .forEach(found -> print(job.jobId(), found));
            compared++;
        } catch (OperationRefused e) {
            notRead++;
            spec.commandLine().getErr().println("job " + job.jobId() + ": " + e.getMessage());
        }
    }

    private static RecordedJob job(EventStore store, UUID jobId, AvroEncoding encoding) throws SQLException {
        var job = RecordedJob.unseen(jobId);
        try {
            for (var event : Histories.of(store, jobId, encoding)) {
                job = job.after(event);
            }
            return job;
        } catch (UnreadableRecord e) {
            throw new OperationRefused("this version cannot read the whole history: " + e.getMessage());
        }
    }

    private void print(UUID jobId, FacebookDifference found) {
        differences++;
        var out = spec.commandLine().getOut();
        out.println(String.join("\t", jobId.toString(), found.kind().wireName(), PlainText.oneLine(found.entity()),
                PlainText.oneLine(found.facebookId()), PlainText.oneLine(found.is()),
                PlainText.oneLine(found.should())));
        out.flush();
    }
}
