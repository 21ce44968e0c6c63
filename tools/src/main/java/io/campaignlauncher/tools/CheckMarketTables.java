package io.campaignlauncher.tools;

import io.campaignlauncher.market.tables.TableDifference;
import io.campaignlauncher.tools.market.MarketCheck;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Compares the marketplace's tables with a replay. */
@Command(name = "diff", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Compares the marketplace's tables with a replay of all its events, in one snapshot. Exit code 1: they differ." })
final class CheckMarketTables implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Mixin
    private DifferenceLines lines = new DifferenceLines();

    @Override
    public Integer call() throws Exception {
        var out = spec.commandLine().getOut();
        lines.header(out, "TABLE", "ID");
        MarketCheck.Result result;
        try (var progress = Progress.of(spec, "replaying", "events", 0)) {
            result = MarketCheck.of(database.address(Environment.of(spec)),
                    found -> lines.print(out, "table", found.table(), "id", found.id(), place(found)), progress);
        }
        out.flush();
        spec.commandLine().getErr().println(String.format(Locale.ROOT, "%,d events replayed, %s", result.events(),
                lines.count()));
        return result.differences() == 0 ? 0 : ReplayCommand.DIFFERENT;
    }

    private static DifferenceLines.Place place(TableDifference found) {
        return new DifferenceLines.Place(found.column(), found.is(), found.should());
    }
}
