package io.campaignlauncher.moderation.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who did what in the marketplace. */
public final class AuditQueries {

    private final JdbcClient jdbc;

    /**
     * A line of the audit.
     *
     * @param actor     a user, or the system
     * @param role      in which it was done
     * @param subjectId of the target, campaign, channel, correction or wallet that it is about, the narrowest of them
     */
    public record Line(long id, String at, String actor, String role, String action, String subject, String subjectId,
            @Nullable UUID campaignId, @Nullable String reason, @Nullable String correlationId)
            implements
                MarketQueries.Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return Long.toString(id);
        }
    }

    public AuditQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first. @param actor whose; null: anybody's @param targetId about which; null: about anything */
    public List<Line> lines(String tenant, @Nullable String actor, @Nullable UUID targetId, @Nullable String after,
            int max) {
        return jdbc
                .sql("""
                        select id, action, "userId", "createdAt", metadata ->> 'role' as role, metadata ->> 'reason' as reason,
                            metadata ->> 'correlationId' as correlation, metadata ->> 'campaignId' as campaign,
                            case when metadata ->> 'targetId' is not null then 'target'
                                when metadata ->> 'campaignId' is not null then 'campaign'
                                when metadata ->> 'channelId' is not null then 'channel'
                                when metadata ->> 'correctionId' is not null then 'correction'
                                when metadata ->> 'walletId' is not null then 'wallet' else 'transaction' end as subject,
                            coalesce(metadata ->> 'targetId', metadata ->> 'campaignId', metadata ->> 'channelId',
                                metadata ->> 'correctionId', metadata ->> 'walletId', metadata ->> 'transactionId') as subject_id
                        from market.user_audit_logs where tenant = :tenant and id < :before
                        and (cast(:actor as text) is null or "userId" = :actor)
                        and (cast(:target as text) is null or metadata ->> 'targetId' = :target)
                        order by id desc limit :max
                        """)
                .param("tenant", tenant).param("actor", actor).param("before", ReviewQueries.before(after))
                .param("target", targetId == null ? null : targetId.toString()).param("max", max)
                .query(AuditQueries::line).list();
    }

    private static Line line(ResultSet row, int number) throws SQLException {
        var campaign = row.getString("campaign");
        return new Line(row.getLong("id"), MarketQueries.time(row, "createdAt"), row.getString("userId"),
                row.getString("role"), row.getString("action"), row.getString("subject"), row.getString("subject_id"),
                campaign == null ? null : UUID.fromString(campaign), row.getString("reason"),
                row.getString("correlation"));
    }
}
