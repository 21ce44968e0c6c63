package io.campaignlauncher.tools;

import io.campaignlauncher.telemetry.PlainText;
import java.io.PrintWriter;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;

/** Shows a job as it was. */
@Command(name = "job", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = "Shows a job as it is, or as it was at a version or a time, folded from its events.")
final class ShowJob implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private JobEvents events = new JobEvents();

    @Mixin
    private UpTo upTo = new UpTo();

    @Option(names = "--json", description = "The whole document as JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        var document = events.jobAt(upTo.point()).document();
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(document.toPrettyString());
        } else {
            show(document, out);
        }
        out.flush();
        return 0;
    }

    private static void show(JsonNode job, PrintWriter out) {
        line(out, "job", text(job, "jobId"));
        var status = text(job, "status");
        var phase = text(job, "phase");
        line(out, "status", phase.equals(status) ? status : status + ", " + phase);
        if (job.path("version").isNull()) {
            line(out, "", "no event had happened then");
            return;
        }
        line(out, "as of", "event " + text(job, "version") + " (" + text(job, "type") + ") at " + text(job, "at"));
        line(out, "launch", text(job, "strategy") + " \"" + text(job, "campaignName") + "\" on "
                + text(job, "adAccountId") + " for " + text(job, "userId"));
        var requested = job.path("requested");
        var created = job.path("created");
        line(out, "created", text(created, "adSets") + " of " + text(requested, "adSets") + " ad sets, "
                + text(created, "ads") + " of " + text(requested, "ads") + " ads");
        line(out, "awaited", text(job, "awaited").toLowerCase(Locale.ROOT)
                + (job.path("waitingUntil").isNull() ? "" : ", waits until " + text(job, "waitingUntil")));
        line(out, "retries", text(job, "retryCount") + " of " + text(job, "retryBudget"));
        if (!job.path("lastError").isNull()) {
            line(out, "last error", text(job, "lastError"));
        }
        if (job.path("startAt").isString()) {
            line(out, "begins", text(job, "startAt") + (job.path("timeZone").isString()
                    ? ", account in " + text(job, "timeZone") : ""));
        }
        var cancelled = job.path("cancelled");
        if (cancelled.isObject()) {
            var by = text(cancelled, "by");
            line(out, "cancelled", (by.isEmpty() ? "" : "by " + by + ": ") + text(cancelled, "reason"));
        }
        var rollback = job.path("rollback");
        if (!rollback.path("reason").isNull()) {
            line(out, "rollback", (rollback.path("triggered").asBoolean() ? "begun at " + text(rollback, "at")
                    : rollback.path("declined").asBoolean() ? "declined" : "proposed") + ": "
                    + text(rollback, "reason"));
        }
        out.println();
        out.println("TYPE\tSLOT\tSTATUS\tFACEBOOK ID\tNAME");
        job.path("slots").forEach(slot -> out.println(String.join("\t", text(slot, "entityType"),
                text(slot, "slotNumber"), text(slot, "status")
                        + (slot.path("outcomeUnknown").asBoolean() ? " (outcome unknown)" : ""),
                slot.path("facebookId").isNull() ? "-" : text(slot, "facebookId"), text(slot, "name"))));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-11s %s".formatted(name, PlainText.oneLine(value)));
    }

    private static String text(JsonNode node, String name) {
        return PlainText.oneLine(node.path(name).asString(""));
    }
}
