package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.SlotsFailed;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a job's errors down. Keeps the latest 500; the event store has them all. Equal errors of one round, or of one pass of
 * deletion, are one entry that says how often.
 */
final class ErrorHistory {

    static final int ENTRIES_MAX = 500;

    /** What makes two errors equal: not Facebook's trace, and not the time. */
    private static final List<String> SAME = List.of("event", "round", "entityType", "kind", "code", "subcode",
            "message",
            "outcomeUnknown");

    private static final GraphFault NOT_TOLD = GraphFault.newBuilder()
            .setKind(ErrorKind.TEMPORARY)
            .setMessage("an error that the report does not tell")
            .build();

    private ErrorHistory() {}

    static void add(JobView job, Instant at, String event, GraphFault fault) {
        append(job, entry(at, event, fault).put("count", 1));
    }

    /** An error that Facebook did not name. */
    static void add(JobView job, Instant at, String event, ErrorKind kind, String message) {
        add(job, at, event, GraphFault.newBuilder().setKind(kind).setMessage(message).build());
    }

    static void addFailed(JobView job, Instant at, SlotsFailed e) {
        addMet(job, at, "SlotsFailed", e.getRound(), e.getFaults(),
                e.getSlots().stream()
                        .map(slot -> new Met(slot.getFault(), slot.getEntityType(), slot.getSlotNumber())));
    }

    static void addUndeleted(JobView job, Instant at, DeletionPassEnded e) {
        addMet(job, at, "DeletionPassEnded", e.getPass(), e.getFaults(), e.getFailed()
                .stream()
                .map(entity -> new Met(entity.getFault(), entity.getEntity().getEntityType(),
                        entity.getEntity().getSlotNumber())));
    }

    /** A slot that met a fault. */
    private record Met(int fault, EntityType type, int slotNumber) {}

    /** One entry for each fault and entity type, with the slots that met it. @param round of creation, or the pass of deletion */
    private static void addMet(JobView job, Instant at, String event, int round, List<GraphFault> faults,
            Stream<Met> met) {
        var slots = met.collect(Collectors.groupingBy(Met::fault, TreeMap::new, Collectors.groupingBy(Met::type,
                TreeMap::new, Collectors.mapping(Met::slotNumber, Collectors.toCollection(TreeSet::new)))));
        slots.forEach((fault, byType) -> byType.forEach((type, numbers) -> {
            var entry = entry(at, event, faultAt(faults, fault)).put("entityType", JobView.wireName(type))
                    .put("round", round);
            var list = entry.putArray("slots");
            numbers.forEach(list::add);
            var equal = equalTo(entry, job.errorHistory());
            if (equal == null) {
                append(job, entry.put("count", numbers.size()));
            } else {
                ((ArrayNode) equal.get("slots")).addAll(list);
                equal.put("count", equal.path("count").asInt(0) + numbers.size());
                job.add(JobColumn.ERROR_COUNT, 1);
            }
        }));
    }

    /** The entry of the same error, met by other slots of the same round; null where there is none. */
    private static @Nullable ObjectNode equalTo(ObjectNode entry, ArrayNode history) {
        return history.valueStream()
                .filter(other -> SAME.stream().allMatch(field -> entry.path(field).equals(other.path(field))))
                .map(ObjectNode.class::cast).findFirst().orElse(null);
    }

    static GraphFault faultAt(List<GraphFault> faults, int index) {
        return index >= 0 && index < faults.size() ? faults.get(index) : NOT_TOLD;
    }

    /** The fault as one sentence, with Facebook's code where there is one. */
    static String described(GraphFault fault) {
        return Fault.described(Json.clean(fault.getMessage()), fault.getCode(), fault.getSubcode());
    }

    /** The fault as JSON; null for none. */
    static @Nullable ObjectNode json(@Nullable GraphFault fault) {
        if (fault == null) {
            return null;
        }
        var json = Json.object();
        write(json, fault);
        return json;
    }

    private static ObjectNode entry(Instant at, String event, GraphFault fault) {
        var entry = Json.object().put("at", at.toString()).put("event", event);
        write(entry, fault);
        return entry;
    }

    private static void write(ObjectNode json, GraphFault fault) {
        json.put("kind", fault.getKind().name())
                .put("code", fault.getCode())
                .put("subcode", fault.getSubcode())
                .put("message", Json.clean(fault.getMessage()))
                .put("outcomeUnknown", fault.getOutcomeUnknown());
        if (fault.getFbtraceId() != null) {
            json.put("fbtraceId", Json.clean(fault.getFbtraceId()));
        }
        if (fault.getRetryAt() != null) {
            json.put("retryAt", fault.getRetryAt().toString());
        }
    }

    private static void append(JobView job, ObjectNode entry) {
        var history = job.errorHistory();
        if (history.size() == ENTRIES_MAX) {
            history.remove(0);
        }
        history.add(entry);
        job.add(JobColumn.ERROR_COUNT, 1);
    }
}
