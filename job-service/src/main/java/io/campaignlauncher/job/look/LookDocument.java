package io.campaignlauncher.job.look;

import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.job.history.RecordedJob;
import io.campaignlauncher.look.FacebookComparison.ComparedSlot;
import io.campaignlauncher.look.FacebookComparison.Other;
import io.campaignlauncher.look.FacebookComparison;
import io.campaignlauncher.look.FacebookSnapshot;
import io.campaignlauncher.look.Observation;
import io.campaignlauncher.look.ObservedEntity;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What a look found, as the HTTP API tells it. */
final class LookDocument {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RecordedJob job;
    private final FacebookSnapshot snapshot;
    private final FacebookComparison comparison;
    private final JobTables.Held tables;

    private LookDocument(RecordedJob job, FacebookSnapshot snapshot, JobTables.Held tables) {
        this.job = job;
        this.snapshot = snapshot;
        this.comparison = FacebookComparison.of(job.state(), snapshot);
        this.tables = tables;
    }

    static ObjectNode of(RecordedJob job, FacebookSnapshot snapshot, JobTables.Held tables, String by) {
        return new LookDocument(job, snapshot, tables).written(by);
    }

    private ObjectNode written(String by) {
        var document = JSON.createObjectNode().put("at", snapshot.readAt().toString()).put("by", by)
                .put("jobVersion", job.version()).put("tablesVersion", tables.version())
                .put("status", job.state().phase().status().name().toLowerCase(Locale.ROOT))
                .put("settled", job.state().phase().settled()).put("readsLagUntil", text(comparison.lagsUntil()));
        strings(document.putArray("notRead"),
                snapshot.faults().stream().map(GraphError::message).distinct().limit(10).toList());
        strings(document.putArray("jobRowDiffers"), tables.differing("job"));
        var slots = document.putArray("slots");
        comparison.slots().forEach(slot -> slots.add(slot(slot)));
        var others = document.putArray("others");
        comparison.others().forEach(other -> others.add(other(other)));
        document.put("differing", slots.valueStream().filter(slot -> !slot.path("differs").isEmpty()).count()
                + others.size());
        return document;
    }

    private ObjectNode slot(ComparedSlot slot) {
        var id = slot.planned().id();
        var name = FacebookComparison.wireName(id.type()) + " " + id.number();
        var written = JSON.createObjectNode().put("entityType", FacebookComparison.wireName(id.type()))
                .put("slotNumber", id.number()).put("adSetSlotNumber",
                        slot.planned().adSetNumber() == 0 ? null : slot.planned().adSetNumber());
        written.putObject("known").put("name", slot.planned().name())
                .put("status", slot.known().status().name().toLowerCase(Locale.ROOT))
                .put("facebookId", slot.known().facebookId());
        var row = tables.slots().get(name);
        if (row == null) {
            written.putNull("tables");
        } else {
            written.putObject("tables").put("name", row.name()).put("status", row.status())
                    .put("facebookId", row.facebookId());
        }
        written.set("facebook", facebook(slot.seen()));
        var differs = written.putArray("differs");
        slot.differences().forEach(difference -> differs.addObject().put("what", difference.kind().wireName())
                .put("is", difference.is()).put("should", difference.should()));
        tables.differing(name).forEach(column -> differs.addObject().put("what", "tables")
                .put("is", column.isEmpty() ? null : column).putNull("should"));
        if (tables.version() == null) {
            differs.addObject().put("what", "tables").putNull("is").putNull("should");
        }
        return written;
    }

    private ObjectNode facebook(@Nullable Observation seen) {
        var written = JSON.createObjectNode();
        return switch (seen) {
            case null -> written.put("state", "never_made");
            case Observation.There(var entity) -> entity(written.put("state", "there"), entity);
            case Observation.Absent _ -> written.put("state",
                    comparison.lagsUntil() == null ? "absent" : "not_shown_yet");
            case Observation.Unread(var why) -> written.put("state", "not_readable").put("reason", why);
        };
    }

    private static ObjectNode entity(ObjectNode written, ObservedEntity entity) {
        return written.put("id", entity.id()).put("name", entity.name()).put("status", entity.status())
                .put("effectiveStatus", entity.effectiveStatus())
                .put("parentId", entity.parentId().isEmpty() ? null : entity.parentId());
    }

    private static ObjectNode other(Other other) {
        return entity(JSON.createObjectNode().put("entityType",
                FacebookComparison.wireName(other.entity().type())), other.entity()).put("hint", other.hint());
    }

    private static void strings(ArrayNode array, List<String> texts) {
        texts.forEach(array::add);
    }

    private static @Nullable String text(@Nullable Instant time) {
        return time == null ? null : Objects.toString(time);
    }
}
