package io.campaignlauncher.moderation.store;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonRawValue;
import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.market.model.PostStatus;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What people and programs read of campaigns, targets and channels. Each call is one statement, blocks, and changes nothing. */
public final class MarketQueries {

    /** The first tells whose; a null is anybody's. */
    private static final String VISIBLE = " (cast(:tenant as text) is null or c.tenant = :tenant)"
            + " and (cast(:owner as text) is null or c.\"advertiserId\" = :owner)";
    private static final String CAMPAIGNS = """
            select id, name, status, "totalBudget", "advertiserId", created_at, money.held, money.spent
            from market.campaigns c cross join lateral (
                select coalesce(sum(e.amount) filter (where e.status = 'held'), 0) as held,
                    coalesce(sum(e.amount) filter (where e.status = 'released'), 0) as spent
                from market.campaign_targets t join market.escrows e on e."campaignTargetId" = t.id
                where t."campaignId" = c.id) money where""" + VISIBLE;
    private static final String EVERY_TARGET = """
            select t.id, t."campaignId", c.name as campaign, c."advertiserId", t.status, t.version, t.amount, t.place,
                t."channelId", h.title as channel, h.chat, t.text, t.link, t.photo, t."adAccountId", t.request,
                t."postAt", t."rejectReason", t."reviewDeadline", t.updated_at,
                e.id as escrow, e.status as escrow_status, e.amount as escrow_amount, e.commission,
                e.updated_at as escrow_since, j.id as job, j.status as job_status, j."chatId", j."messageId",
                j.link as post_link, j.failure, j.updated_at as job_since, j."launchJobId", coalesce(j.suspicion, case when exists (select from market.post_attempts a
                    where a."postJobId" = j.id and a.outcome = 'unknown') then (select l.metadata ->> 'reason'
                    from market.user_audit_logs l where l.metadata ->> 'targetId' = cast(t.id as text)
                    and l.action = 'post_outcome_unknown' order by l.id desc limit 1) end) as doubt
            from market.campaign_targets t join market.campaigns c on c.id = t."campaignId"
            left join market.channels h on h.id = t."channelId"
            left join market.escrows e on e."campaignTargetId" = t.id
            left join market.post_jobs j on j."campaignTargetId" = t.id
            where""";
    /** What nobody has submitted yet is its owner's alone. */
    private static final String TARGETS = EVERY_TARGET + """
            (t.status <> 'draft' or cast(:reader as text) is null or c."advertiserId" = :reader) and""" + VISIBLE;
    /** Of one's own campaigns, and in one's own channels. */
    private static final String POSTS = EVERY_TARGET + """
             j.id is not null and (cast(:tenant as text) is null or c.tenant = :tenant)
            and (cast(:owner as text) is null or c."advertiserId" = :owner or t."publisherId" = :owner)
            and (cast(:status as text) is null or j.status = :status)
            and (cast(:after as text) is null or (j.created_at, t.id) <
                (select p.created_at, p."campaignTargetId" from market.post_jobs p
                    where p."campaignTargetId" = cast(:after as uuid)))
            order by j.created_at desc, t.id desc limit :max
            """;

    /** Its post needs a person: nobody knows whether it went out, or it is gone, or one may be there that shall not be. */
    private static final String FOR_A_PERSON = """
             (j.suspicion is not null or t.status in ('approved', 'posted') and (j.missing or exists (
                select from market.post_attempts a where a."postJobId" = j.id and a.outcome = 'unknown')))
            """;
    private static final String CHANNELS = "select id, \"chatId\", chat, title, price, status, lacking, updated_at"
            + " from market.channels where tenant = :tenant";

    private final JdbcClient jdbc;

    /** A row of a list. */
    public interface Listed {

        /** By which the rows after it are asked for. */
        String mark();
    }

    /** A campaign as the API shows it. @param held of its budget, in escrow @param spent of it, on posts that are out */
    public record Campaign(UUID id, String name, String status, String totalBudget, String held, String spent,
            String advertiserId, String createdAt) implements Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return id.toString();
        }
    }

    /** The money held for a target. @param commission what the marketplace keeps of it @param since when it is so */
    public record Escrow(UUID id, String status, String amount, String commission, String since) {}

    /**
     * The post of a target.
     *
     * @param launchJobId the job that a launch on Facebook is, from its start on; else null
     * @param doubt       what is known where nobody knows whether it exists; else null
     * @param since       when it is so
     */
    public record PostJob(UUID id, String status, @Nullable Long chatId, @Nullable Long messageId,
            @Nullable String link, @Nullable String failure, @Nullable UUID launchJobId, @Nullable String doubt,
            String since) {}

    /** A target that was launched on Facebook. */
    public record Launch(UUID targetId, String adAccountId) {}

    /** A target as the API shows it. @param launch what is to be launched, as JSON; null on Telegram */
    public record Target(UUID id, UUID campaignId, String campaignName, String advertiserId, String status, int version,
            String amount, String place, @Nullable UUID channelId, @Nullable String channelTitle, @Nullable String chat,
            @Nullable String text, @Nullable String link, @Nullable String photo, @Nullable String adAccountId,
            @JsonRawValue @Nullable String launch, @Nullable String postAt, @Nullable String rejectReason,
            @Nullable String reviewUntil, String updatedAt, @Nullable Escrow escrow,
            @Nullable PostJob postJob) implements Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return id.toString();
        }
    }

    /** A post as those see it who pay for it, or are paid. No publisher is told whose it is. */
    public record Post(UUID targetId, UUID campaignId, boolean own, String status, String place,
            @Nullable String channelTitle, @Nullable String chat, @Nullable String text, @Nullable String adAccountId,
            Escrow escrow, PostJob postJob) implements Listed {

        private static Post of(Target target, String reader) {
            return new Post(target.id(), target.campaignId(), target.advertiserId().equals(reader), target.status(),
                    target.place(), target.channelTitle(), target.chat(), target.text(), target.adAccountId(),
                    Objects.requireNonNull(target.escrow()), Objects.requireNonNull(target.postJob()));
        }

        @Override
        @JsonIgnore
        public String mark() {
            return targetId.toString();
        }
    }

    /** A channel as the API shows it. @param since when it is as it is */
    public record Channel(UUID id, long chatId, String chat, String title, String price, String status,
            List<String> lacking, String since) implements Listed {

        @Override
        @JsonIgnore
        public String mark() {
            return id.toString();
        }
    }

    public MarketQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The newest first, from after one on. */
    public List<Campaign> campaigns(Visibility visible, @Nullable String after, int max) {
        return scoped(CAMPAIGNS + """
                 and (cast(:after as text) is null or (c.created_at, c.id) <
                    (select created_at, id from market.campaigns where id = cast(:after as uuid)))
                order by c.created_at desc, c.id desc limit :max
                """, visible).param("after", uuidOrNull(after)).param("max", max).query(MarketQueries::campaign).list();
    }

    public Optional<Campaign> campaign(UUID id, Visibility visible) {
        return scoped(CAMPAIGNS + " and c.id = :id", visible).param("id", id).query(MarketQueries::campaign).optional();
    }

    /** The newest first. @param reader who reads; null: whoever may see drafts of others as well */
    public List<Target> targets(UUID campaignId, Visibility visible, @Nullable String reader, @Nullable String after,
            int max) {
        return scoped(TARGETS + """
                 and t."campaignId" = :campaign and (cast(:after as text) is null or (t.created_at, t.id) <
                    (select created_at, id from market.campaign_targets where id = cast(:after as uuid)))
                order by t.created_at desc, t.id desc limit :max
                """, visible).param("reader", reader).param("campaign", campaignId).param("after", uuidOrNull(after))
                .param("max", max).query(MarketQueries::target).list();
    }

    /** @param campaignId null: whatever it is */
    public Optional<Target> target(@Nullable UUID campaignId, UUID id, Visibility visible, @Nullable String reader) {
        return scoped(TARGETS + " and t.id = :id and (cast(:campaign as uuid) is null or t.\"campaignId\" = :campaign)",
                visible).param("reader", reader).param("id", id).param("campaign", campaignId)
                .query(MarketQueries::target).optional();
    }

    /** What waits for a moderator, the oldest first. */
    public List<Target> pending(Visibility visible, @Nullable String after, int max) {
        return scoped(TARGETS + """
                 and t.status = 'submitted' and (cast(:after as text) is null or (t.updated_at, t.id) >
                    (select updated_at, id from market.campaign_targets where id = cast(:after as uuid)))
                order by t.updated_at, t.id limit :max
                """, visible).param("reader", null).param("after", uuidOrNull(after)).param("max", max)
                .query(MarketQueries::target).list();
    }

    /** Posts, queued or out or failed, the latest approved first. @param status of the post; null: any @param reader who asks */
    public List<Post> posts(Visibility visible, @Nullable PostStatus status, String reader, @Nullable String after,
            int max) {
        return scoped(POSTS, visible).param("status", status == null ? null : status.word())
                .param("after", uuidOrNull(after)).param("max", max)
                .query(MarketQueries::target).list().stream().map(target -> Post.of(target, reader)).toList();
    }

    /** Targets whose post needs a person: nobody knows whether it went out, or it is gone, or one may be there that shall not be. */
    public List<Target> unknownPosts(Visibility visible, @Nullable String after, int max) {
        return scoped(TARGETS + " and" + FOR_A_PERSON + """
                and (cast(:after as text) is null or t.id > cast(:after as uuid)) order by t.id limit :max
                """, visible).param("reader", null).param("after", uuidOrNull(after)).param("max", max)
                .query(MarketQueries::target).list();
    }

    /** The channel that a target is posted in; empty: there is no such target, or it is posted elsewhere. */
    public Optional<Channel> channelOfTarget(String tenant, UUID target) {
        return jdbc.sql(CHANNELS + " and id = (select \"channelId\" from market.campaign_targets where id = :target)")
                .param("tenant", tenant).param("target", target).query(MarketQueries::channel).optional();
    }

    /** Whether nobody has told yet that the post of this target is there, or never will be. */
    public boolean isPostAwaited(UUID target) {
        return jdbc.sql("""
                select exists (select from market.post_jobs where "campaignTargetId" = :target
                    and status in ('queued', 'posting'))
                """).param("target", target).query(Boolean.class).single();
    }

    /** The target whose launch this job is; empty: it is nobody's of this tenant. @param jobId as a record names it */
    public Optional<Launch> launchOf(String tenant, String jobId) {
        return jdbc.sql("""
                select t.id, t."adAccountId" from market.post_jobs j
                join market.campaign_targets t on t.id = j."campaignTargetId"
                where j."launchJobId" = cast(:job as uuid) and t.tenant = :tenant
                """).param("job", uuidOrNull(jobId)).param("tenant", tenant)
                .query((row, _) -> new Launch(uuid(row, "id"), row.getString("adAccountId"))).optional();
    }

    /** Where a post leads its readers, whosever it is; empty: there is no such post, or it leads nowhere yet. */
    public Optional<String> linkOf(UUID postJob) {
        return jdbc.sql("""
                select coalesce(t.link, j.link) from market.post_jobs j
                join market.campaign_targets t on t.id = j."campaignTargetId"
                where j.id = :job and t.place = 'telegram' and coalesce(t.link, j.link) is not null
                """).param("job", postJob).query(String.class).optional();
    }

    /**
     * How much there is of what is under way, of all tenants.
     *
     * @param submitted    targets that wait for a moderator
     * @param oldestSeconds how long the one has waited that has waited longest; 0: none waits
     * @param held         escrows
     * @param heldAmount   what is in them
     * @param posts        post jobs by status
     */
    public record Stock(long submitted, double oldestSeconds, long held, double heldAmount,
            Map<PostStatus, Long> posts) {}

    public Stock stock() {
        var posts = new EnumMap<PostStatus, Long>(PostStatus.class);
        jdbc.sql("select status, count(*) from market.post_jobs group by status").query(row -> {
            posts.put(PostStatus.valueOf(row.getString(1).toUpperCase(Locale.ROOT)), row.getLong(2));
        });
        return jdbc.sql("""
                select count(*) as submitted,
                    coalesce(extract(epoch from clock_timestamp() - min(updated_at)), 0) as oldest,
                    (select count(*) from market.escrows where status = 'held') as held,
                    (select coalesce(sum(amount), 0) from market.escrows where status = 'held') as amount
                from market.campaign_targets where status = 'submitted'
                """).query((row, _) -> new Stock(row.getLong("submitted"), row.getDouble("oldest"),
                row.getLong("held"), row.getDouble("amount"), posts)).single();
    }

    /** How many posts need a person, of all tenants. */
    public long postsForAPerson() {
        return jdbc.sql("""
                select count(*) from market.campaign_targets t join market.post_jobs j on j."campaignTargetId" = t.id
                where""" + FOR_A_PERSON).query(Long.class).single();
    }

    /** Everybody of a tenant sees what there is to choose from. @param publisher whose they are; null: anybody's */
    public List<Channel> channels(String tenant, @Nullable String publisher, @Nullable String after, int max) {
        return jdbc.sql(CHANNELS + """
                 and (cast(:publisher as text) is null or "publisherId" = :publisher)
                and (cast(:after as text) is null or id > cast(:after as uuid)) order by id limit :max
                """).param("tenant", tenant).param("publisher", publisher).param("after", uuidOrNull(after))
                .param("max", max)
                .query(MarketQueries::channel).list();
    }

    public Optional<Channel> channel(String tenant, UUID id) {
        return jdbc.sql(CHANNELS + " and id = :id").param("tenant", tenant).param("id", id)
                .query(MarketQueries::channel).optional();
    }

    private static Channel channel(ResultSet row, int number) throws SQLException {
        return new Channel(uuid(row, "id"), row.getLong("chatId"), row.getString("chat"), row.getString("title"),
                amount(row, "price"), row.getString("status"), List.of((String[]) row.getArray("lacking").getArray()),
                time(row, "updated_at"));
    }

    private JdbcClient.StatementSpec scoped(String sql, Visibility visible) {
        return jdbc.sql(sql).param("tenant", visible.tenant()).param("owner", visible.owner());
    }

    private static Campaign campaign(ResultSet row, int number) throws SQLException {
        return new Campaign(uuid(row, "id"), row.getString("name"), row.getString("status"),
                amount(row, "totalBudget"), hundredths(row, "held"), hundredths(row, "spent"),
                row.getString("advertiserId"), time(row, "created_at"));
    }

    private static Target target(ResultSet row, int number) throws SQLException {
        var escrow = row.getObject("escrow", UUID.class);
        var job = row.getObject("job", UUID.class);
        return new Target(uuid(row, "id"), uuid(row, "campaignId"), row.getString("campaign"),
                row.getString("advertiserId"), row.getString("status"), row.getInt("version"), amount(row, "amount"),
                row.getString("place"), row.getObject("channelId", UUID.class), row.getString("channel"),
                row.getString("chat"), row.getString("text"), row.getString("link"), row.getString("photo"),
                row.getString("adAccountId"), row.getString("request"), timeOrNull(row, "postAt"),
                row.getString("rejectReason"), timeOrNull(row, "reviewDeadline"), time(row, "updated_at"),
                escrow == null ? null
                        : new Escrow(escrow, row.getString("escrow_status"), amount(row, "escrow_amount"),
                                amount(row, "commission"), time(row, "escrow_since")),
                job == null ? null
                        : new PostJob(job, row.getString("job_status"), row.getObject("chatId", Long.class),
                                row.getObject("messageId", Long.class), row.getString("post_link"),
                                row.getString("failure"), row.getObject("launchJobId", UUID.class),
                                row.getString("doubt"), time(row, "job_since")));
    }

    static UUID uuid(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getObject(column, UUID.class));
    }

    /** A sum, with the two decimals of its parts even where there are none. */
    private static String hundredths(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).setScale(2).toPlainString();
    }

    static String amount(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toPlainString();
    }

    static String time(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(timeOrNull(row, column));
    }

    private static @Nullable String timeOrNull(ResultSet row, String column) throws SQLException {
        var time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : Instant.from(time).toString();
    }

    /** A mark that is none of ours is after nothing. */
    static @Nullable String uuidOrNull(@Nullable String mark) {
        try {
            return mark == null ? null : UUID.fromString(mark).toString();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
