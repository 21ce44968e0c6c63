package io.campaignlauncher.worker.calls;

import io.campaignlauncher.schemas.Envelope;
import io.campaignlauncher.schemas.GraphCallPurpose;
import org.jspecify.annotations.Nullable;

/**
 * The piece of work that needs requests.
 *
 * @param reads   what requests are for that change nothing
 * @param changes what the others are for
 * @param attempt the creation round, the verification or the deletion pass; 0: it is none of them
 */
public record CalledFor(String jobId, GraphCallPurpose reads, GraphCallPurpose changes, int attempt, Origin origin) {

    /** @param causationId of the message that led to the work; null: a person asked for it */
    record Origin(@Nullable String causationId, String correlationId, @Nullable String traceparent,
            @Nullable String tenant, @Nullable String owner) {}

    /** @param cause of the message that led to it */
    public CalledFor(String jobId, GraphCallPurpose reads, GraphCallPurpose changes, int attempt, Envelope cause) {
        this(jobId, reads, changes, attempt, new Origin(cause.id(), cause.correlationId(), cause.traceparent(),
                cause.tenant(), cause.owner()));
    }

    /** A look at the job that a person asked for. @param tenant whose world the job is in @param owner whose it is */
    public static CalledFor look(String jobId, String tenant, String owner) {
        return new CalledFor(jobId, GraphCallPurpose.LOOK, GraphCallPurpose.LOOK, 0,
                new Origin(null, jobId, null, tenant, owner));
    }
}
