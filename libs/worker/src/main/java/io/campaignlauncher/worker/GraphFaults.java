package io.campaignlauncher.worker;

import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import java.time.Instant;

/** Turns an error of the Graph API into the Avro record that reports carry. */
public final class GraphFaults {

    private GraphFaults() {}

    /** @param now turns the wait that Facebook named into a time */
    public static GraphFault of(GraphError error, Instant now) {
        return GraphFault.newBuilder()
                .setKind(switch (error.kind()) {
                    case PERMANENT -> ErrorKind.PERMANENT;
                    case RATE_LIMIT -> ErrorKind.RATE_LIMIT;
                    case TEMPORARY -> ErrorKind.TEMPORARY;
                })
                .setOutcomeUnknown(error.outcomeUnknown())
                .setCode(error.code())
                .setSubcode(error.subcode())
                .setMessage(error.message())
                .setFbtraceId(error.fbtraceId())
                .setRetryAt(error.waitFor() == null ? null : now.plus(error.waitFor()))
                .build();
    }
}
