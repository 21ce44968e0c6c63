package io.campaignlauncher.tools;

import io.campaignlauncher.eventstore.EventStoreSchema;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Writes events into files that prove themselves. */
@Command(name = "export", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Writes the events of a range of time into a new folder: Avro files, the same as JSON lines, and a manifest with",
    "counts, sums and a chain of hashes. Whatever stops it, nothing is left that passes for whole." })
final class ExportEvents implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private EventExport export = new EventExport();

    @Override
    public Integer call() throws Exception {
        return export.write(spec, EventStoreSchema.LAUNCHES);
    }
}
