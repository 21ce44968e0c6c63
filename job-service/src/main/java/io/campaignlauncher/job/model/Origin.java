package io.campaignlauncher.job.model;

import org.jspecify.annotations.Nullable;

/**
 * Where a command comes from.
 *
 * @param causationId   the message that led to it; null where it starts here
 * @param correlationId follows one request through all services
 * @param traceparent   W3C trace context
 */
public record Origin(@Nullable String causationId, String correlationId, @Nullable String traceparent) {}
