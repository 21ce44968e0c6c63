package io.campaignlauncher.job.attention;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.job.attention.Matter.Item;
import io.campaignlauncher.job.attention.Matter.Kind;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Jobs that wait for a person, by the tables, which lag a little behind the events. Every call blocks, for one query. */
final class JobsInNeed {

    private static final String UNFINISHED = "status in ('pending', 'in_progress')";
    /** Where it should go on by itself: when it last got an answer, or ended a wait. */
    private static final String LAST_ANSWER = """
            greatest(created_at, started_at, start_at, waiting_until, pre_verified_at, creation_ended_at, verified_at,
                entities_changed_at, last_retry_at, facebook_looked_at, rollback_at, cancelled_at, rollback_declined_at)""";
    private static final String CREATES = """
            status = 'in_progress' and pre_verified_at is not null and creation_ended_at is null
                and not awaiting_confirmation and not rollback_triggered""";
    private static final String ROLLS_BACK = "rollback_triggered";
    private static final String LEFT = """
            status = 'failed' and created_at > :since and rollback_declined_at is null and (ad_sets_created > 0
                or ads_created > 0 or exists (select from entity_creation_slots s
                    where s.job_id = j.id and s.entity_type = 'campaign' and s.status = 'created'))""";
    private static final String PLANNED = """
            status = 'pending' and start_at > :since and exists (select from pre_creation_verifications v
                where v.job_id = j.id and (not v.can_proceed or v.warnings <> '[]' or v.errors <> '[]')
                  and v.attempt = (select max(attempt) from pre_creation_verifications w where w.job_id = j.id))""";
    private static final String SAID_BEFORE = """
            (select coalesce(v.errors ->> 0, v.warnings ->> 0) from pre_creation_verifications v where v.job_id = j.id
             order by attempt desc limit 1)""";

    private final JdbcClient sql;

    JobsInNeed(JdbcClient sql) {
        this.sql = sql;
    }

    Matter decisions(Visibility visible) {
        return matter(Kind.ROLLBACK_DECISION, visible, Instant.EPOCH,
                UNFINISHED + " and awaiting_confirmation", "updated_at", "rollback_proposal");
    }

    Matter left(Visibility visible, Instant since) {
        return matter(Kind.LEFT_ON_FACEBOOK, visible, since, LEFT, "completed_at", "last_error");
    }

    Matter planned(Visibility visible, Instant now) {
        return matter(Kind.PLANNED, visible, now, PLANNED, "start_at", SAID_BEFORE);
    }

    /** @param creates @param rollsBack whether those that create, and those that delete, should go on */
    Matter stuck(Visibility visible, Instant since, boolean creates, boolean rollsBack) {
        return matter(Kind.STUCK, visible, since,
                UNFINISHED + " and not awaiting_confirmation and " + LAST_ANSWER + " < :since"
                        + (creates ? "" : " and not (" + CREATES + ")")
                        + (rollsBack ? "" : " and not (" + ROLLS_BACK + ")"),
                LAST_ANSWER, "last_error");
    }

    /** How many creating jobs wait while nothing is created. */
    int creating(Visibility visible) {
        return count(visible, Instant.EPOCH, UNFINISHED + " and " + CREATES);
    }

    int rollingBack(Visibility visible) {
        return count(visible, Instant.EPOCH, UNFINISHED + " and " + ROLLS_BACK);
    }

    private Matter matter(Kind kind, Visibility visible, Instant since, String condition, String time, String detail) {
        var items = asked("select job_uuid, campaign_name, " + time + " as since, " + detail + " as detail",
                visible, since, condition, " order by since limit " + Matter.ITEMS_MAX).query(JobsInNeed::item).list();
        int count = items.size() < Matter.ITEMS_MAX ? items.size() : count(visible, since, condition);
        return new Matter(kind, Math.min(count, Matter.COUNTED_MAX), count > Matter.COUNTED_MAX, items);
    }

    private int count(Visibility visible, Instant since, String condition) {
        return asked("select count(*) from (select 1", visible, since, condition,
                " limit " + (Matter.COUNTED_MAX + 1) + ") found").query(Integer.class).single();
    }

    private JdbcClient.StatementSpec asked(String select, Visibility visible, Instant since, String condition,
            String rest) {
        return sql.sql(select + " from campaign_creation_jobs j where " + condition
                + (visible.tenant() == null ? "" : " and tenant = :tenant")
                + (visible.owner() == null ? "" : " and owner = :owner") + rest)
                .params(Map.of("since", since.atOffset(ZoneOffset.UTC)))
                .param("tenant", visible.tenant()).param("owner", visible.owner());
    }

    private static Item item(ResultSet row, int number) throws SQLException {
        return new Item(row.getString("job_uuid"), row.getString("campaign_name"), instant(row),
                text(row.getString("detail")), null);
    }

    private static @Nullable Instant instant(ResultSet row) throws SQLException {
        var time = row.getObject("since", OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static String text(@Nullable String detail) {
        return detail == null ? "" : detail;
    }
}
