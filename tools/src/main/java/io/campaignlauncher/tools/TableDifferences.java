package io.campaignlauncher.tools;

import io.campaignlauncher.readmodel.ReadModelDifference;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.tables.TableCheck;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Prints where the live tables differ from a replay; shared by the commands that do. */
final class TableDifferences {

    @Mixin
    private DifferenceLines lines = new DifferenceLines();

    @Option(names = "--patience", defaultValue = "30s", converter = DurationText.class, description = "How long the tables may be behind an event before that is a difference, e.g. 30s (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ofSeconds(30);

    /** @param only one job; null: all. @return whether there is none */
    boolean none(CommandSpec spec, EventStore.Address address, @Nullable UUID only) throws SQLException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        lines.header(out, "JOB", "ROW");
        TableCheck.Result result;
        try (var progress = Progress.of(spec, "replaying", "events", only == null ? estimate(address) : 0)) {
            result = TableCheck.of(address, new AvroEncoding(), only, patience, found -> print(found, out), progress);
        }
        out.flush();
        err.println(String.format(Locale.ROOT, "%,d jobs compared, %s%s", result.jobs(), lines.count(),
                result.behind() == 0 ? "" : String.format(Locale.ROOT, "; the tables are about to learn of %,d jobs",
                        result.behind())));
        return result.differences() == 0;
    }

    private static long estimate(EventStore.Address address) throws SQLException {
        try (var store = EventStore.open(address)) {
            return store.estimate();
        }
    }

    private void print(ReadModelDifference found, PrintWriter out) {
        lines.print(out, "jobId", found.jobId().toString(), "row", found.row(),
                new DifferenceLines.Place(found.column(), found.is(), found.should()));
    }
}
