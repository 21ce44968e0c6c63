package io.campaignlauncher.tools;

import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Compares the tables with a replay. */
@Command(name = "diff", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Compares campaign_creation_jobs, entity_creation_slots and pre_creation_verifications with a replay of all events.",
    "Exit code 1: they differ." })
final class CheckTables implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private TableDifferences differences = new TableDifferences();

    @Option(names = "--job", paramLabel = "JOB", description = "Only this one.")
    private @Nullable UUID jobId;

    @Override
    public Integer call() throws Exception {
        return differences.none(spec, database.address(Environment.of(spec)), jobId) ? 0 : ReplayCommand.DIFFERENT;
    }
}
