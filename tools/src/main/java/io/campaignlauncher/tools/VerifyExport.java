package io.campaignlauncher.tools;

import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.archive.Verification;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** Checks what {@link ExportEvents} wrote. */
@Command(name = "verify", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Checks an export: every event, its place in the chain, every sum and count; names the first thing that is wrong.",
    "Needs nothing but the files, unless told to compare with the event store. Exit code 1: something is wrong." })
final class VerifyExport implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "FOLDER", description = "The export.")
    private Path folder = Path.of("");

    @Option(names = "--against-store", description = "Compare every event with the event store, too.")
    private boolean againstStore;

    @Mixin
    private DatabaseConnection database = new DatabaseConnection();

    @Option(names = "--json", description = "Say the outcome as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        Verification.Outcome outcome;
        try (var progress = Progress.of(spec, "verifying", "events", 0)) {
            outcome = Verification.of(folder, againstStore ? database.address(Environment.of(spec)) : null, progress);
        }
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(JsonNodeFactory.instance.objectNode().put("whole", outcome.wrong() == null)
                    .put("wrong", outcome.wrong()).put("events", outcome.events())
                    .put("chainEnd", outcome.chainEnd()));
        } else if (outcome.wrong() == null) {
            out.println(String.format(Locale.ROOT, "whole: %,d events%s", outcome.events(),
                    againstStore ? ", the same as in the event store" : ""));
            out.println("last link of the chain: " + outcome.chainEnd());
        } else {
            out.println("wrong: " + PlainText.oneLine(outcome.wrong()));
        }
        out.flush();
        return outcome.wrong() == null ? 0 : ReplayCommand.DIFFERENT;
    }
}
