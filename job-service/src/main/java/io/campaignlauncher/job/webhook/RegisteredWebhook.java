package io.campaignlauncher.job.webhook;

import io.campaignlauncher.job.model.Ownership;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its owner sees it: without its secrets.
 *
 * @param address         what stands behind the host may be secret: not for logs
 * @param lastDeliveredAt when it last took a notification, give or take a minute; null: never yet
 * @param lastFailedAt    when an attempt last failed, give or take a minute; null: never yet
 * @param lastError       of that attempt
 */
public record RegisteredWebhook(UUID id, Ownership ownership, String address, Instant createdAt,
        @Nullable Instant lastDeliveredAt, @Nullable Instant lastFailedAt, @Nullable String lastError) {

    static RegisteredWebhook of(ResultSet row, int number) throws SQLException {
        return new RegisteredWebhook(row.getObject("webhook_id", UUID.class),
                new Ownership(row.getString("tenant"), row.getString("owner")), row.getString("address"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(), time(row, "last_delivered_at"),
                time(row, "last_failed_at"), row.getString("last_error"));
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** Without the address. */
    @Override
    public String toString() {
        return "webhook " + id;
    }
}
