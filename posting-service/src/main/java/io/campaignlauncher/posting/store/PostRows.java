package io.campaignlauncher.posting.store;

import io.campaignlauncher.posting.model.ChannelState;
import io.campaignlauncher.posting.model.ChannelState.KnownPost;
import io.campaignlauncher.posting.model.PostAttempt;
import io.campaignlauncher.posting.model.Rewindings.Rewinding;
import io.campaignlauncher.posting.store.PostRequests.Kind;
import io.campaignlauncher.posting.store.PostRequests.Request;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Rows as values, and values as columns. */
final class PostRows {

    private static final JsonMapper JSON = JsonMapper.shared();

    private PostRows() {}

    /** A channel without its posts, and the time. */
    record LockedChannel(ChannelState channel, Instant now) {}

    static LockedChannel channel(ResultSet row, int number) throws SQLException {
        return new LockedChannel(new ChannelState(row.getLong("chat_id"), row.getObject("mark", Integer.class),
                Arrays.asList((Integer[]) row.getArray("controls").getArray()), row.getString("username"),
                time(row, "checked_at"), row.getString("held_for"), time(row, "held_until"),
                time(row, "last_send_at"), List.of()), row.getObject("now", OffsetDateTime.class).toInstant());
    }

    static PostAttempt attempt(ResultSet row, int number) throws SQLException {
        return new PostAttempt(row.getInt("number"), row.getInt("mark"), row.getString("request_hash"),
                row.getObject("begun_at", OffsetDateTime.class).toInstant(),
                row.getObject("deadline", OffsetDateTime.class).toInstant(), row.getLong("claim"),
                PostAttempt.Outcome.valueOf(row.getString("outcome")), row.getObject("message_id", Integer.class),
                row.getString("detail"), row.getBoolean("was_unknown"));
    }

    static Rewinding rewinding(ResultSet row, int number) throws SQLException {
        return new Rewinding(row.getObject("at", OffsetDateTime.class).toInstant(), row.getInt("mark"));
    }

    static KnownPost knownPost(ResultSet row, int number) throws SQLException {
        return new KnownPost(row.getInt("message_id"), row.getObject("job_id", UUID.class),
                row.getObject("begun_at", OffsetDateTime.class).toInstant());
    }

    static Request request(ResultSet row, int number) throws SQLException {
        return new Request(row.getObject("job_id", UUID.class), Kind.valueOf(row.getString("kind")),
                row.getString("reason"), row.getObject("message_id", Integer.class));
    }

    static @Nullable OffsetDateTime column(@Nullable Instant time) {
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    static String json(Object value) {
        return JSON.writeValueAsString(value);
    }

    static <T> T value(String json, Class<T> type) {
        return JSON.readValue(json, type);
    }

    private static @Nullable Instant time(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }
}
