package io.campaignlauncher.tools;

import io.campaignlauncher.readmodel.ReadModelDifference;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.EventStore;
import io.campaignlauncher.tools.tables.TableCheck;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/** Prints where the live tables differ from a replay; shared by the commands that do. */
final class TableDifferences {

    private static final int LIMIT = 1_000;

    @Option(names = "--json", description = "A JSON object a line.")
    private boolean json;

    @Option(names = "--limit", defaultValue = ""
            + LIMIT, description = "Print at most so many differences; all are counted (default: ${DEFAULT-VALUE}).")
    private int limit = LIMIT;

    @Option(names = "--patience", defaultValue = "30s", converter = DurationText.class, description = "How long the tables may be behind an event before that is a difference, e.g. 30s (default: ${DEFAULT-VALUE}).")
    private Duration patience = Duration.ofSeconds(30);

    private long printed;

    /** @param only one job; null: all. @return whether there is none */
    boolean none(CommandSpec spec, EventStore.Address address, @Nullable UUID only) throws SQLException {
        var out = spec.commandLine().getOut();
        var err = spec.commandLine().getErr();
        if (!json) {
            out.println("JOB\tROW\tCOLUMN\tIS\tSHOULD-BE");
        }
        TableCheck.Result result;
        try (var progress = Progress.of(spec, "replaying", "events", only == null ? estimate(address) : 0)) {
            result = TableCheck.of(address, new AvroEncoding(), only, patience, found -> print(found, out), progress);
        }
        out.flush();
        err.println(String.format(Locale.ROOT, "%,d jobs compared, %,d differences%s%s", result.jobs(),
                result.differences(), result.differences() > printed ? ", " + printed + " shown" : "",
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
        if (printed == limit) {
            return;
        }
        printed++;
        if (json) {
            out.println(JsonNodeFactory.instance.objectNode().put("jobId", found.jobId().toString())
                    .put("row", found.row()).put("column", found.column()).put("is", found.is())
                    .put("should", found.should()));
        } else {
            out.println(String.join("\t", found.jobId().toString(), found.row(),
                    Objects.requireNonNullElse(found.column(), "-"), value(found.is()), value(found.should())));
        }
    }

    private static String value(@Nullable String value) {
        return value == null ? "nothing" : PlainText.oneLine(value);
    }
}
