package io.campaignlauncher.worker.calls;

import io.campaignlauncher.graph.GraphCall;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.GraphCallNoted;
import io.campaignlauncher.schemas.GraphCallOutcome;
import io.campaignlauncher.schemas.GraphCallPart;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.telemetry.PlainText;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One request as it is noted.
 *
 * @param number of the request among those of its piece of work, from 1
 * @param slots  one for each part; others say nothing
 */
record NotedCall(CalledFor work, String workId, int number, Instant begunAt, GraphCall call, List<SlotRef> slots) {

    static final int MESSAGE_CHARACTERS_MAX = 200;

    private static final SlotRef NO_SLOT = new SlotRef(EntityType.UNKNOWN, 0);

    GraphCallNoted message() {
        return GraphCallNoted.newBuilder()
                .setJobId(work.jobId())
                .setWorkId(workId)
                .setNumber(number)
                .setPurpose(call.isWrite() ? work.changes() : work.reads())
                .setAttempt(work.attempt())
                .setBegunAt(begunAt)
                .setTookMs((int) Math.min(call.took().toMillis(), Integer.MAX_VALUE))
                .setBatch(call.batch())
                .setHttpStatus(call.httpStatus())
                .setFbtraceId(call.fbtraceId())
                .setParts(IntStream.range(0, call.parts().size())
                        .mapToObj(i -> part(call.parts().get(i), slot(i))).toList())
                .build();
    }

    Envelope envelope(String source, Instant now) {
        var origin = work.origin();
        return new Envelope(workId + "/" + number, GraphCallNoted.getClassSchema().getName(), source, work.jobId(), now,
                null, origin.correlationId(), origin.causationId(), origin.traceparent(), origin.tenant(),
                origin.owner());
    }

    private SlotRef slot(int index) {
        return slots.size() == call.parts().size() ? slots.get(index) : NO_SLOT;
    }

    private static GraphCallPart part(GraphCall.Part part, SlotRef slot) {
        var error = part.error();
        return GraphCallPart.newBuilder()
                .setMethod(part.method().name())
                .setPath(part.path())
                .setEntityType(slot.getEntityType() == EntityType.UNKNOWN ? entityType(part.path())
                        : slot.getEntityType())
                .setSlotNumber(slot.getSlotNumber())
                .setOutcome(outcome(part.outcome()))
                .setCode(error == null ? null : error.code())
                .setSubcode(error == null ? null : error.subcode())
                .setMessage(error == null ? null : PlainText.cut(error.message(), MESSAGE_CHARACTERS_MAX))
                .build();
    }

    /** What an edge holds. */
    private static EntityType entityType(String path) {
        return switch (path.substring(path.lastIndexOf('/') + 1)) {
            case "campaigns" -> EntityType.CAMPAIGN;
            case "adsets" -> EntityType.AD_SET;
            case "ads" -> EntityType.AD;
            default -> EntityType.UNKNOWN;
        };
    }

    private static GraphCallOutcome outcome(GraphCall.Outcome outcome) {
        return switch (outcome) {
            case SENT -> GraphCallOutcome.SENT;
            case NOT_SENT -> GraphCallOutcome.NOT_SENT;
            case REFUSED -> GraphCallOutcome.REFUSED;
            case LIMITED -> GraphCallOutcome.LIMITED;
            case UNKNOWN -> GraphCallOutcome.IN_DOUBT;
        };
    }
}
