package io.campaignlauncher.tools;

import io.campaignlauncher.market.history.StreamFold;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.market.PastEvent;
import io.campaignlauncher.tools.market.StandingDocument;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Shows something of the marketplace as it was. */
@Command(name = "state", exitCodeOnExecutionException = ReplayCommand.CANNOT, description = {
    "Shows a campaign with its targets, a target, a channel, a wallet or a correction as it is, or as it was at a position or a",
    "time, folded from its events." })
final class ShowMarketState implements Callable<Integer> {

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private MarketEvents events = new MarketEvents();

    @Option(names = "--json", description = "The whole document as JSON.")
    private boolean json;

    private @Nullable PastEvent last;

    @Override
    public Integer call() throws Exception {
        var document = document();
        var out = spec.commandLine().getOut();
        if (json) {
            out.println(document.toPrettyString());
        } else {
            show(document, out);
        }
        out.flush();
        return 0;
    }

    private ObjectNode document() throws Exception {
        var fold = new StreamFold(events.id());
        events.each(past -> {
            if (past.applyTo(fold)) {
                last = past;
            }
        });
        var standing = fold.standing();
        var asOf = last;
        if (standing == null || asOf == null) {
            throw new OperationRefused("no campaign, target, channel, wallet or correction " + events.id()
                    + " was there then");
        }
        return StandingDocument.of(standing, asOf);
    }

    private static void show(ObjectNode document, PrintWriter out) {
        var targets = document.remove("targets");
        var asOf = document.remove("asOf");
        var position = asOf.path("position");
        line(out, document.remove("kind").asString(), document.remove("id").asString());
        line(out, "as of", (position.isMissingNode() ? "" : "event " + position.asString() + " ") + "("
                + asOf.path("type").asString() + ") at " + asOf.path("at").asString());
        lines(out, "", document);
        if (targets != null) {
            out.println();
            out.println("TARGET\tSTATUS\tVERSION\tAMOUNT\tESCROW\tPOST");
            targets.forEach(target -> out.println(String.join("\t", text(target.path("id")),
                    text(target.path("status")), text(target.path("version")), text(target.path("amount")),
                    text(target.path("escrow").path("status")), text(target.path("post").path("status")))));
        }
    }

    /** What has no value is left out. */
    private static void lines(PrintWriter out, String before, ObjectNode node) {
        node.properties().forEach(each -> {
            if (each.getValue() instanceof ObjectNode inner) {
                lines(out, before + each.getKey() + ".", inner);
            } else if (!each.getValue().isNull() && !(each.getValue().isArray() && each.getValue().isEmpty())) {
                line(out, before + each.getKey(), each.getValue().isValueNode() ? each.getValue().asString()
                        : each.getValue().toString());
            }
        });
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println("%-19s %s".formatted(name, PlainText.oneLine(value)));
    }

    private static String text(JsonNode node) {
        return PlainText.oneLine(node.asString("-"));
    }
}
