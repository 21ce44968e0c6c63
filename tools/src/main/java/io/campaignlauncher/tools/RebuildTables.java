package io.campaignlauncher.tools;

import io.campaignlauncher.readmodel.ReadModelRebuild;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.tables.TableCheck;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** Makes the tables anew. Without being told to, it only says what would change. */
@Command(name = "rebuild", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Makes the tables anew from the event store, beside the live ones, and puts them in their place.",
    "Safe while the system runs. Without --switch-over it changes nothing and prints what would change.",
    "With it, what the tables say otherwise than the events is written to a file first." })
final class RebuildTables implements Callable<Integer> {

    private static final long LOOK_EVERY_MS = 500;
    private static final Set<String> GONE_OR_LOCKED = Set.of("42P01", "3F000", "55P03");

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private TableDifferences differences = new TableDifferences();

    @Mixin
    private Backup backup = new Backup();

    @ArgGroup(multiplicity = "0..1")
    private Mode mode = new Mode();

    /** Either. */
    static final class Mode {

        @Option(names = "--dry-run", description = "Only print what would change (the default).")
        private boolean dryRun;

        @Option(names = "--switch-over", description = "Do it.")
        private boolean switchOver;
    }

    @Override
    public Integer call() throws Exception {
        var address = database.address(Environment.of(spec));
        if (!mode.switchOver) {
            return differences.none(spec, address, null) ? 0 : ReplayCommand.DIFFERENT;
        }
        var kept = keepDifferences(address);
        var rebuild = ReadModelRebuild.on(new DriverManagerDataSource(address.url(), address.properties()));
        var running = CompletableFuture.runAsync(rebuild::rebuild);
        try (var progress = Progress.of(spec, "rebuilding", "jobs", count(address, "public"))) {
            while (!ended(running)) {
                progress.now(count(address, "read_model_rebuild"));
            }
        }
        spec.commandLine().getOut().println("the tables were made anew from the event store and are in their place;"
                + " what they said otherwise before is in " + kept);
        return 0;
    }

    /** What the new tables will not say any more. */
    private Path keepDifferences(EventStore.Address address) throws SQLException, IOException {
        try (var kept = backup.open(spec); var progress = Progress.of(spec, "comparing", "events", 0)) {
            TableCheck.of(address, new AvroEncoding(), null, Duration.ZERO,
                    found -> kept.line(JsonNodeFactory.instance.objectNode().put("jobId", found.jobId().toString())
                            .put("row", found.row()).put("column", found.column()).put("is", found.is())
                            .put("should", found.should())),
                    progress);
            return kept.kept();
        }
    }

    private static boolean ended(CompletableFuture<Void> running) throws Exception {
        try {
            running.get(LOOK_EVERY_MS, TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof IllegalStateException refused) {
                throw new OperationRefused(String.valueOf(refused.getMessage()));
            }
            throw e.getCause() instanceof Exception cause ? cause : new CompletionException(e.getCause());
        }
    }

    /** 0 where the tables are not there, or not any more. */
    private static long count(EventStore.Address address, String schema) throws SQLException {
        try (var connection = address.connect(); var statement = connection.createStatement()) {
            try (var there = statement.executeQuery(
                    "select to_regclass('" + schema + ".campaign_creation_jobs') is not null")) {
                there.next();
                if (!there.getBoolean(1)) {
                    return 0;
                }
            }
            // It may go away, or be locked for the moment of the switch.
            statement.execute("set lock_timeout = '100ms'");
            try (var row = statement.executeQuery("select count(*) from " + schema + ".campaign_creation_jobs")) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            if (GONE_OR_LOCKED.contains(e.getSQLState())) {
                return 0;
            }
            throw e;
        }
    }
}
