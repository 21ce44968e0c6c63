package io.campaignlauncher.job.notify.model;

import io.campaignlauncher.job.model.Ownership;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to deliver a notification, for whoever has claimed it.
 *
 * @param ownership  whose the job is; null: an earlier version noted it, and the job knows
 * @param address    may hold secrets behind its host: not for logs
 * @param traceparent W3C trace context of what it tells of
 * @param attempt    counts from 1, attempts that nobody heard of again included
 * @param happenedAt when what it tells of happened
 * @param notedAt    when it was noted for delivery: from then on its time runs
 */
public record Delivery(UUID jobId, NotificationKind kind, @Nullable Ownership ownership, String address, String host,
        String body, @Nullable String traceparent, int attempt,
        Instant happenedAt, Instant notedAt) {

    public UUID id() {
        return Notification.id(jobId, kind);
    }

    /** Without the address and the body. */
    @Override
    public String toString() {
        return kind.wireName() + " of job " + jobId + ", attempt " + attempt;
    }
}
