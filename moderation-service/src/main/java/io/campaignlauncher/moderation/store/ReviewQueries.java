package io.campaignlauncher.moderation.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.campaignlauncher.market.messages.MarketMessages;
import io.campaignlauncher.market.model.Cause;
import io.campaignlauncher.market.model.Place;
import io.campaignlauncher.market.model.TargetEvent;
import io.campaignlauncher.schemas.AvroEncoding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What was handed in to moderators before, what they decided, and what happened to a target. Contents are read from
 * the events: the tables have the one of now alone. Who asks may see the target: whoever calls has looked.
 */
public final class ReviewQueries {

    /** The latest ones; a content may be as large as a launch. */
    private static final int EVENTS_MAX = 100;
    private static final List<String> TYPES = List.of("TargetDrafted", "TargetEdited", "TargetSubmitted",
            "TargetApproved", "TargetRejected");

    private final JdbcClient jdbc;
    private final AvroEncoding encoding;

    /** A content that was handed in. @param launch as JSON; null on Telegram */
    public record Version(int version, String at, String place, @Nullable UUID channelId, @Nullable String channelTitle,
            @Nullable String chat, @Nullable String text, @Nullable String link, @Nullable String photo,
            @Nullable String adAccountId,
            @JsonRawValue @Nullable String launch, @Nullable String postAt, String amount) {}

    /** What was decided on a version. @param decision approved or rejected @param reason null: none is asked for */
    public record Judgement(int version, String decision, @Nullable String reason, String by, String role, String at) {}

    /** The oldest first. */
    public record Review(List<Version> versions, List<Judgement> decisions) {}

    /**
     * A line of the audit.
     *
     * @param role  in which it was done
     * @param posted what a person said of an unknown post; null: nobody had to
     */
    public record Line(long id, String action, String at, String role, @Nullable Integer version,
            @Nullable String reason, @Nullable String amount, @Nullable Integer attempt,
            @Nullable Boolean posted) implements MarketQueries.Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return Long.toString(id);
        }
    }

    private record Named(UUID id, String title, String chat) {}

    private record Content(String at, Place place, String amount) {}

    private record Stored(String at, TargetEvent event) {}

    ReviewQueries(JdbcClient jdbc, AvroEncoding encoding) {
        this.jdbc = jdbc;
        this.encoding = encoding;
    }

    /** What nobody handed in is not in it. */
    public Review review(UUID targetId) {
        var versions = new ArrayList<Version>();
        var decisions = new ArrayList<Judgement>();
        Content content = null;
        var events = events(targetId);
        var channels = channels(events);
        for (var stored : events.reversed()) {
            switch (stored.event()) {
                case TargetEvent.TargetDrafted e ->
                    content = new Content(stored.at(), e.place(), e.amount().toString());
                case TargetEvent.TargetEdited e -> {
                    content = new Content(stored.at(), e.place(), e.amount().toString());
                    if (e.reviewDeadline() != null) {
                        versions.add(version(e.version(), stored.at(), content, channels));
                    }
                }
                case TargetEvent.TargetSubmitted e -> {
                    if (content != null) {
                        versions.add(version(e.version(), stored.at(), content, channels));
                    }
                }
                case TargetEvent.TargetApproved e -> decisions.add(
                        judgement(e.version(), "approved", null, e.by(), stored.at()));
                case TargetEvent.TargetRejected e -> decisions.add(
                        judgement(e.version(), "rejected", e.reason(), e.by(), stored.at()));
                default -> {
                    // Of no other kind was asked for.
                }
            }
        }
        return new Review(versions, decisions);
    }

    /** The newest first. */
    private List<Stored> events(UUID targetId) {
        return jdbc.sql("""
                select time_stamp, payload_type, payload from market.domain_events
                where aggregate_identifier = :target and payload_type in (:types)
                order by sequence_number desc limit :max
                """).param("target", targetId.toString()).param("types", TYPES).param("max", EVENTS_MAX)
                .query((row, _) -> new Stored(row.getString("time_stamp"), (TargetEvent) MarketMessages
                        .event(encoding.decode(row.getString("payload_type"), row.getBytes("payload")))))
                .list();
    }

    private Map<UUID, Named> channels(List<Stored> events) {
        var ids = events.stream().map(Stored::event).map(event -> switch (event) {
            case TargetEvent.TargetDrafted e -> e.place();
            case TargetEvent.TargetEdited e -> e.place();
            default -> null;
        }).filter(Place.TelegramPost.class::isInstance).map(place -> ((Place.TelegramPost) place).channelId())
                .collect(Collectors.toSet());
        return ids.isEmpty() ? Map.of()
                : jdbc.sql("select id, title, chat from market.channels where id in (:ids)").param("ids", ids)
                        .query((row, _) -> new Named(MarketQueries.uuid(row, "id"), row.getString("title"),
                                row.getString("chat")))
                        .list().stream().collect(Collectors.toMap(Named::id, Function.identity()));
    }

    private static Version version(int version, String at, Content content, Map<UUID, Named> channels) {
        var postAt = content.place().postAt();
        var notBefore = postAt == null ? null : postAt.toString();
        return switch (content.place()) {
            case Place.TelegramPost post -> {
                var channel = channels.get(post.channelId());
                yield new Version(version, at, "telegram", post.channelId(), channel == null ? null : channel.title(),
                        channel == null ? null : channel.chat(), post.text(), post.link(), post.photo(), null, null,
                        notBefore, content.amount());
            }
            case Place.FacebookLaunch launch -> new Version(version, at, "facebook", null, null, null, null, null,
                    null, launch.adAccountId(), launch.request(), notBefore, content.amount());
        };
    }

    private static Judgement judgement(int version, String decision, @Nullable String reason, Cause by, String at) {
        return new Judgement(version, decision, reason, by.userId(), by.role().word(), at);
    }

    /** What the audit has of a target, the newest first. */
    public List<Line> history(UUID targetId, @Nullable String after, int max) {
        return jdbc.sql("""
                select id, action, "createdAt", metadata ->> 'role' as role, metadata ->> 'version' as version,
                    metadata ->> 'reason' as reason, metadata ->> 'amount' as amount,
                    metadata ->> 'attempt' as attempt, metadata ->> 'posted' as posted
                from market.user_audit_logs where metadata ->> 'targetId' = :target and id < :before
                order by id desc limit :max
                """).param("target", targetId.toString()).param("before", before(after)).param("max", max)
                .query(ReviewQueries::line).list();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        var posted = row.getString("posted");
        return new Line(row.getLong("id"), row.getString("action"), MarketQueries.time(row, "createdAt"),
                row.getString("role"), numberOrNull(row, "version"), row.getString("reason"), row.getString("amount"),
                numberOrNull(row, "attempt"), posted == null ? null : Boolean.valueOf(posted));
    }

    private static @Nullable Integer numberOrNull(ResultSet row, String column) throws SQLException {
        var text = row.getString(column);
        return text == null ? null : Integer.valueOf(text);
    }

    /** A mark that is none of ours is the newest one. */
    static long before(@Nullable String mark) {
        return mark == null || !mark.matches("[0-9]{1,18}") ? Long.MAX_VALUE : Long.parseLong(mark);
    }
}
