package io.campaignlauncher.creation.claims;

import io.campaignlauncher.creation.claims.Claims.Expired;
import io.campaignlauncher.creation.model.AccountPace;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.Envelope;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Rows of the creator's tables as values. */
final class ClaimRows {

    private ClaimRows() {}

    static AccountPace pace(ResultSet row) throws SQLException {
        return new AccountPace(instant(row, "window_end"), row.getInt("used"));
    }

    static Duration seconds(ResultSet row, String column) throws SQLException {
        return Duration.ofNanos((long) (row.getDouble(column) * 1e9));
    }

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

    private static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
