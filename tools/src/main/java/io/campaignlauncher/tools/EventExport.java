package io.campaignlauncher.tools;

import io.campaignlauncher.eventstore.EventStoreSchema;
import io.campaignlauncher.tools.archive.Export;
import io.campaignlauncher.tools.events.TimeRange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.JsonNodeFactory;

/** Which events are exported, and where to; shared by the commands that do. */
final class EventExport {

    private static final int EVENTS_PER_FILE = 1_000_000;

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Option(names = "--from", paramLabel = "TIME", converter = Time.class, description = "Events from this time on, e.g. 2026-01-31T00:00:00Z (default: from the first).")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "Events before this time (default: to the latest).")
    private @Nullable Instant to;

    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "The folder to be made.")
    private Path out = Path.of("");

    @Option(names = "--events-per-file", defaultValue = ""
            + EVENTS_PER_FILE, description = "At most (default: ${DEFAULT-VALUE}).")
    private int eventsPerFile = EVENTS_PER_FILE;

    @Option(names = "--json", description = "Say what was written as JSON.")
    private boolean json;

    int write(CommandSpec spec, EventStoreSchema schema) throws IOException, SQLException {
        var export = new Export(database.address(Environment.of(spec)), schema, new TimeRange(from, to), eventsPerFile);
        Export.Summary summary;
        try (var progress = Progress.of(spec, "exporting", "events", 0)) {
            summary = export.to(out, progress);
        }
        var printer = spec.commandLine().getOut();
        tell(printer, out, summary, "events", json);
        printer.flush();
        return 0;
    }

    /** @param what the things are called that were written */
    static void tell(PrintWriter printer, Path out, Export.Summary summary, String what, boolean json) {
        if (json) {
            printer.println(JsonNodeFactory.instance.objectNode().put("folder", out.toString())
                    .put("events", summary.events()).put("files", summary.files())
                    .put("chainEnd", summary.chainEnd()).put("manifestSum", summary.manifestSum())
                    .put("mayGrow", summary.mayGrow()));
        } else {
            printer.println(String.format(Locale.ROOT, "%,d %s in %d files in %s", summary.events(), what,
                    summary.files(), out));
            printer.println("last link of the chain: " + summary.chainEnd());
            printer.println("sum of the manifest:    " + summary.manifestSum());
            if (summary.mayGrow()) {
                printer.println(what + " of this range may still come");
            }
        }
    }
}
