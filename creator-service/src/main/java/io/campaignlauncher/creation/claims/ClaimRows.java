package io.campaignlauncher.creation.claims;

import io.campaignlauncher.creation.claims.Claims.Expired;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.Envelope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Rows of the creator's tables as values. */
final class ClaimRows {

    private ClaimRows() {}

    static Expired expired(ResultSet row, int number) throws SQLException {
        var jobId = row.getObject("job_id", UUID.class);
        var claimedAt = row.getObject("claimed_at", OffsetDateTime.class).toInstant();
        return new Expired(jobId, row.getInt("round"), claimedAt,
                row.getObject("quiet_at", OffsetDateTime.class).toInstant(), command(row, jobId, claimedAt));
    }

    /** The envelope of a row's command. */
    static Envelope command(ResultSet row, UUID jobId, Instant time) throws SQLException {
        return new Envelope(row.getString("command_id"), CreateEntities.getClassSchema().getName(), "/job-service",
                jobId.toString(), time, null, row.getString("correlation_id"), null, row.getString("traceparent"));
    }
}
