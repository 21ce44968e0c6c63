package io.campaignlauncher.job.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a command comes from.
 *
 * @param causationId   the message that led to it; null where it starts here
 * @param correlationId follows one request through all services; null: the job's goes on
 * @param traceparent   W3C trace context; null: the job's goes on
 */
public record Origin(@Nullable String causationId, @Nullable String correlationId, @Nullable String traceparent) {

    /** The job itself, or a caller that names no cause. */
    public static final Origin JOB = new Origin(null, null, null);
}
