package io.campaignlauncher.tools;

import io.campaignlauncher.schemas.AuditEntry;
import io.campaignlauncher.telemetry.PlainText;
import io.campaignlauncher.tools.archive.Export;
import io.campaignlauncher.tools.audit.AuditFilter;
import io.campaignlauncher.tools.audit.AuditTopic;
import io.campaignlauncher.tools.events.TimeRange;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.node.JsonNodeFactory;

/** Shows who did what, out of the topic {@code audit}, or exports it into files that prove themselves. */
@Command(name = "audit", description = {
    "Shows who did what and what was refused, as all services told it on the topic audit: a line for each.",
    "With --export into files with a chain of hashes instead, as events are exported; replay verify checks them." })
final class ShowAudit implements Callable<Integer> {

    private static final int LINES_PER_FILE = 1_000_000;
    private static final List<String> COLUMNS = List.of("AT", "SERVICE", "TENANT", "ACTOR", "ROLES", "ACTION",
            "SUBJECT", "OUTCOME", "TIMES", "TRACE");

    /** How a line is printed. */
    enum Format {
        table, json
    }

    @Mixin
    private final Help help = new Help();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private KafkaConnection kafka = new KafkaConnection();

    @Option(names = "--from", paramLabel = "TIME", converter = Time.class, description = "What was noted from this time on, e.g. 2026-01-31T00:00:00Z (default: from the first).")
    private @Nullable Instant from;

    @Option(names = "--to", paramLabel = "TIME", converter = Time.class, description = "What was noted before this time (default: to the latest).")
    private @Nullable Instant to;

    @Option(names = "--tenant", paramLabel = "NAME", description = "By people of this tenant; - for nobody known.")
    private @Nullable String tenant;

    @Option(names = "--actor", paramLabel = "ID", description = "By this user and by the user's keys.")
    private @Nullable String actor;

    @Option(names = "--action", paramLabel = "NAME", description = "Of this kind, e.g. kill-switch.turn.")
    private @Nullable String action;

    @Option(names = "--format", paramLabel = "FORMAT", description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}): columns separated by tabs, or an object of JSON a line.")
    private Format format = Format.table;

    @Option(names = "--export", paramLabel = "FOLDER", description = "The folder to be made.")
    private @Nullable Path export;

    @Override
    public Integer call() throws Exception {
        var filter = new AuditFilter(new TimeRange(from, to), tenant, actor, action);
        var out = spec.commandLine().getOut();
        try (var consumer = kafka.textKeyConsumer()) {
            var audit = new AuditTopic(consumer, filter, Clock.systemUTC());
            if (export == null) {
                show(audit, out);
            } else {
                export(audit, filter.range(), export, out);
            }
            out.flush();
            var unreadable = audit.unreadable();
            if (unreadable != null) {
                spec.commandLine().getErr().println(unreadable);
            }
        }
        return 0;
    }

    private void show(AuditTopic audit, PrintWriter out) throws Exception {
        if (format == Format.table) {
            out.println(String.join("\t", COLUMNS));
        }
        audit.forEach(line -> out.println(switch (format) {
            case table -> columns(line);
            case json -> json(line);
        }));
    }

    private void export(AuditTopic audit, TimeRange range, Path folder, PrintWriter out) throws Exception {
        Export.Summary summary;
        try (var progress = Progress.of(spec, "exporting", "lines", 0)) {
            summary = new Export(audit, range, LINES_PER_FILE).to(folder, progress);
        }
        EventExport.tell(out, folder, summary, "lines", format == Format.json);
    }

    private static String columns(AuditTopic.Line line) {
        var entry = line.entry();
        return String.join("\t", entry.getAt().toString(), plain(line.service()), plain(entry.getTenant()),
                plain(entry.getActor()), plain(String.join(",", entry.getRoles())), plain(entry.getAction()),
                plain(entry.getSubject()), plain(entry.getOutcome()), Integer.toString(entry.getTimes()),
                entry.getTraceId() == null ? "-" : plain(entry.getTraceId()));
    }

    /** Somebody may have written to the topic who is none of ours. */
    private static String plain(String text) {
        return PlainText.oneLine(text);
    }

    private static String json(AuditTopic.Line line) {
        var entry = line.entry();
        var json = JsonNodeFactory.instance.objectNode().put("at", entry.getAt().toString())
                .put("service", line.service()).put("tenant", entry.getTenant()).put("actor", entry.getActor());
        var roles = json.putArray("roles");
        entry.getRoles().forEach(roles::add);
        return json.put("action", entry.getAction()).put("subject", entry.getSubject())
                .put("outcome", entry.getOutcome()).put("times", entry.getTimes())
                .put("traceId", entry.getTraceId()).put("addressHash", hex(entry)).put("entryId", entry.getEntryId())
                .toString();
    }

    private static @Nullable String hex(AuditEntry entry) {
        @Nullable
        ByteBuffer hash = entry.getAddressHash();
        if (hash == null) {
            return null;
        }
        var bytes = new byte[hash.remaining()];
        hash.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
