package io.campaignlauncher.job.notify.model;

import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to deliver a notification, for whoever has claimed it.
 *
 * @param address    may hold secrets behind its host: not for logs
 * @param attempt    counts from 1, attempts that nobody heard of again included
 * @param happenedAt when what it tells of happened
 * @param notedAt    when it was noted for delivery: from then on its time runs
 */
public record Delivery(UUID jobId, NotificationKind kind, String address, String host, String body, int attempt,
        Instant happenedAt, Instant notedAt) {

    public UUID id() {
        return Notification.id(jobId, kind);
    }

    /** Without the address and the body. */
    @Override
    public String toString() {
        return kind.word() + " of job " + jobId + ", attempt " + attempt;
    }
}
