package io.campaignlauncher.tools;

import io.campaignlauncher.job.history.HistoryDocument;
import io.campaignlauncher.job.history.HistoryEvent;
import io.campaignlauncher.telemetry.PlainText;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Lists a job's events with their causes. */
@Command(name = "history", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = "Lists a job's events with time, type and cause. Columns are separated by tabs.")
final class ShowHistory implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JobEvents events = new JobEvents();

    @Mixin
    private UpTo upTo = new UpTo();

    @Option(names = "--json", description = "JSON with every event's content.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var history = events.upTo(upTo.point());
        var out = spec.commandLine().getOut();
        if (json) {
            HistoryDocument.parts(events.jobId(), history.stream()).forEach(out::print);
            out.println();
        } else {
            out.println("VERSION\tAT\tTYPE\tEVENT-ID\tCAUSED-BY\tCORRELATION");
            history.forEach(event -> out.println(line(event)));
        }
        out.flush();
        return 0;
    }

    private static String line(HistoryEvent event) {
        return String.join("\t", Long.toString(event.version()), event.at().toString(), PlainText.oneLine(event.type()),
                PlainText.oneLine(event.eventId()), orDash(event.causationId()), orDash(event.correlationId()))
                + (event.unreadable() == null ? "" : "\tunreadable: " + PlainText.oneLine(event.unreadable()));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : PlainText.oneLine(text);
    }
}
