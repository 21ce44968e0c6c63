package io.campaignlauncher.tools.market;

import io.campaignlauncher.eventstore.StoredEvent;
import io.campaignlauncher.market.model.LedgerEvent.MoneyMoved;
import io.campaignlauncher.market.model.MarketEvent;
import io.campaignlauncher.market.tables.AuditLine;
import io.campaignlauncher.telemetry.PlainText;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;

/** An event of the marketplace as a line: for people, or as JSON. */
public final class HistoryLine {

    public static final String HEADER = "POSITION\tAT\tTYPE\tOF\tBY\tROLE\tCORRELATION\tWHAT";

    private static final Set<String> IN_OTHER_COLUMNS = Set.of("role", "correlationId");

    private HistoryLine() {}

    public static String forPeople(PastEvent past) {
        var stored = past.stored();
        var event = past.event();
        return Stream
                .of(past.position() == StoredEvent.NOT_TOLD ? "-" : Long.toString(past.position()),
                        stored.at().toString(), stored.type(), of(past), event == null ? "-" : event.by().userId(),
                        event == null ? "-" : event.by().role().word(), orDash(stored.correlationId()),
                        event == null ? "unreadable: " + past.unreadable() : what(event))
                .map(PlainText::oneLine).collect(Collectors.joining("\t"));
    }

    private static String of(PastEvent past) {
        var event = past.event();
        return (event == null ? "" : event.stream().kind().word() + " ") + past.stored().jobId();
    }

    private static String what(MarketEvent event) {
        var told = AuditLine.of(event).metadata().entrySet().stream()
                .filter(each -> !IN_OTHER_COLUMNS.contains(each.getKey())
                        && !each.getValue().equals(event.stream().id().toString()))
                .map(each -> each.getKey() + "=" + each.getValue());
        var legs = event instanceof MoneyMoved moved ? moved.legs().stream()
                .map(leg -> leg.type().word() + " " + leg.amount() + " " + leg.walletId()) : Stream.<String>empty();
        return Stream.concat(told, legs).collect(Collectors.joining(", "));
    }

    private static String orDash(@Nullable String text) {
        return text == null ? "-" : text;
    }

    /** One object: what the line says, and the whole content. */
    public static String json(PastEvent past) {
        var event = past.event();
        var line = JsonNodeFactory.instance.objectNode();
        if (past.position() != StoredEvent.NOT_TOLD) {
            line.put("position", past.position());
        }
        line.put("kind", event == null ? null : event.stream().kind().word())
                .put("id", past.stored().jobId().toString()).put("sequence", past.stored().version());
        var rest = past.stored().document();
        rest.remove("version");
        line.setAll(rest);
        return past.unreadable() == null ? line.toString() : line.put("unreadable", past.unreadable()).toString();
    }
}
