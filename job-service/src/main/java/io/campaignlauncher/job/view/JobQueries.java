package io.campaignlauncher.job.view;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.eventstore.EventReader;
import io.campaignlauncher.job.view.JobPage.Place;
import io.campaignlauncher.messaging.KillSwitch;
import io.campaignlauncher.readmodel.JobColumn;
import io.campaignlauncher.readmodel.JobView;
import io.campaignlauncher.readmodel.LatestJobs;
import io.campaignlauncher.readmodel.SqlType;
import io.campaignlauncher.schemas.AvroEncoding;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;

/**
 * Asks for jobs. The tables lag a little behind the events; what the event store has beyond them is folded in, so that no answer is older
 * than anything that the job was heard of. What is asked for somebody says what they may see: the rest is not there for them. Every call
 * blocks.
 */
public final class JobQueries implements FindsStalledJobs, CountsHeldJobs {

    /** Those of the jobs asked for whose rows may be behind; of more, in a list, the newest count. */
    private static final int BEHIND_MAX = 200;
    /** Jobs of the last seconds, under load; the tables are behind by a fraction of one. */
    private static final int NEWEST_MAX = 200;
    // "offset 0" here and below: one look into an index for each of the few, and no join that reads all.
    private static final String NEWEST_WITHOUT_ROW = """
            select newest.id from (select aggregate_identifier::uuid as id, global_index from event_store.domain_events
                where sequence_number = 0 order by global_index desc limit ?) newest
            where not exists (select from campaign_creation_jobs where job_uuid = newest.id offset 0)
            order by newest.global_index desc""";
    private static final List<String> BEFORE_CREATION = List.of("CreationRequested");
    /** Whatever of a pass was heard: one that is cut short is repeated. */
    private static final List<String> BEFORE_DELETION = List.of("DeletionRequested", "EntitiesSnapshotted",
            "EntitiesDeleted");
    private static final String BEHIND = """
            select job_uuid from campaign_creation_jobs j
            where (status in ('pending', 'in_progress') or job_uuid = any(:page))
              and exists (select from event_store.domain_events e
                          where e.aggregate_identifier = j.job_uuid::text and e.sequence_number > j.version
                          offset 0)""";
    /** What a list shows. */
    private static final Set<JobColumn> SUMMARY = EnumSet
            .complementOf(EnumSet.of(JobColumn.ERROR_HISTORY, JobColumn.LAST_VERIFICATION));
    private static final String SELECT_SUMMARY = SUMMARY.stream().map(JobColumn::sqlName)
            .collect(Collectors.joining(", ", "select id, ", " from campaign_creation_jobs where true"));

    private final JdbcClient jdbc;
    private final TransactionTemplate moment;
    private final EventReader store;
    private final LatestJobs latest;

    public JobQueries(DataSource dataSource, PlatformTransactionManager transactions, AvroEncoding encoding) {
        this.jdbc = JdbcClient.create(dataSource);
        this.moment = new TransactionTemplate(transactions);
        this.moment.setIsolationLevel(TransactionDefinition.ISOLATION_REPEATABLE_READ);
        this.moment.setReadOnly(true);
        this.store = new EventReader(jdbc);
        this.latest = new LatestJobs(new JdbcTemplate(dataSource), store, encoding);
    }

    public Optional<JobDetails> job(UUID jobId, Visibility visible) {
        return ask(jobId, visible, false, job -> JobDetails.of(job, true));
    }

    /** SHA-256 of the request that the job was accepted with, and where the job stands. */
    public Optional<KnownRequest> request(UUID jobId, Visibility visible) {
        return ask(jobId, visible, false,
                job -> new KnownRequest(job.needed(JobColumn.FINGERPRINT), job.needed(JobColumn.STATUS)));
    }

    /** @param fingerprint of the request that the job was accepted with @param status of the job */
    public record KnownRequest(String fingerprint, String status) {}

    private <T> Optional<T> ask(UUID jobId, Visibility visible, boolean withSlots, Function<JobView, T> answer) {
        return inOneMoment(
                () -> isThere(jobId, visible) ? latest.find(jobId, withSlots).map(answer) : Optional.empty());
    }

    /** Asked before anything is read: a job that somebody may not see takes no longer than one that there is not. */
    private boolean isThere(UUID jobId, Visibility visible) {
        return visible.equals(Visibility.everything()) || store.knows(jobId, visible.tenant(), visible.owner());
    }

    private <T> T inOneMoment(Supplier<T> query) {
        return Objects.requireNonNull(moment.execute(_ -> query.get()));
    }

    /**
     * Jobs without their error histories, the newest first. The first page begins with those that have no row, and so
     * no number, yet.
     */
    public JobPage jobs(Visibility visible, JobFilter filter, Place place, int limit) {
        return inOneMoment(() -> {
            var rows = page(visible, filter, place, limit);
            var found = new HashMap<UUID, JobView>();
            rows.forEach(job -> found.put(job.jobId(), job));
            latest.all(behind(visible, filter, place, Set.copyOf(found.keySet())), false)
                    .forEach(job -> found.compute(job.jobId(), (_, _) -> filter.coversNow(job) ? job : null));
            var walk = new ListWalk(place, limit, rows.size() == limit ? rows.getLast().id() : null);
            return walk.page(found.values(), () -> withoutRow(visible, filter));
        });
    }

    private List<JobView> page(Visibility visible, JobFilter filter, Place place, int limit) {
        return asking(SELECT_SUMMARY + inside(visible) + filter.sql() + walking(place), visible, filter, place, limit)
                .query((row, _) -> JobView.read(row, SUMMARY))
                .list();
    }

    private JdbcClient.StatementSpec asking(String sql, Visibility visible, JobFilter filter, Place place, int limit) {
        return jdbc.sql(sql).params(filter.parameters())
                .param("tenant", visible.tenant())
                .param("owner", visible.owner())
                .param("beyond", place.number())
                .param("limit", limit);
    }

    private static String inside(Visibility visible) {
        return (visible.tenant() == null ? "" : " and tenant = :tenant")
                + (visible.owner() == null ? "" : " and owner = :owner");
    }

    private static String walking(Place place) {
        return (place.number() == null ? "" : place.older() ? " and id < :beyond" : " and id > :beyond")
                + " order by id " + (place.older() ? "desc" : "asc") + " limit :limit";
    }

    /** The newest first: who was just told that his request is taken finds it. */
    private List<JobView> withoutRow(Visibility visible, JobFilter filter) {
        var newest = jdbc.sql(NEWEST_WITHOUT_ROW).param(NEWEST_MAX).query(UUID.class).list();
        return latest.all(newest, false).stream()
                .filter(job -> visible.covers(job.needed(JobColumn.TENANT), job.needed(JobColumn.OWNER)))
                .filter(filter::covers)
                .toList();
    }

    /** Jobs whose rows are behind: some of the page, and some that may belong on it once they are not. */
    private List<UUID> behind(Visibility visible, JobFilter filter, Place place, Set<UUID> page) {
        return asking(BEHIND + inside(visible) + filter.lastingSql() + walking(place), visible, filter, place,
                BEHIND_MAX)
                .param("page", page.toArray(UUID[]::new))
                .query(UUID.class)
                .list();
    }

    /** The campaign, the ad sets, the ads, each type in the order of its numbers; empty where there is no such job. */
    public Optional<Versioned<List<SlotDetails>>> slots(UUID jobId, Visibility visible) {
        return ask(jobId, visible, true,
                job -> new Versioned<>(job.version(), job.slots().stream().map(SlotDetails::of).toList()));
    }

    /**
     * The verifications of the account before anything was created, and what the last one of what was created found; empty where there is no
     * such job.
     */
    public Optional<Versioned<Verifications>> verifications(UUID jobId, Visibility visible) {
        return ask(jobId, visible, false, job -> {
            var before = new ArrayList<>(job.id() == null ? List.of() : preVerifications(job.id()));
            job.newVerifications().stream().map(PreVerificationDetails::of).forEach(before::add);
            return new Versioned<>(job.version(),
                    new Verifications(before, (JsonNode) job.get(JobColumn.LAST_VERIFICATION)));
        });
    }

    /** @param postCreation null: there was none */
    public record Verifications(List<PreVerificationDetails> preCreation, @Nullable JsonNode postCreation) {}

    /** An answer about a job. @param version sequence of the job's last event that is in it */
    public record Versioned<T>(long version, T answer) {}

    /** Where the job's rollback stands, with its slots. */
    public Optional<Versioned<RollbackView>> rollback(UUID jobId, Visibility visible) {
        return ask(jobId, visible, true, job -> new Versioned<>(job.version(), new RollbackView(
                JobDetails.of(job, false).rollback(), job.slots().stream().map(SlotDetails::of).toList())));
    }

    public record RollbackView(JobDetails.Rollback rollback, List<SlotDetails> slots) {}

    public Optional<Versioned<IdempotencyFigures>> idempotency(UUID jobId, Visibility visible) {
        return ask(jobId, visible, true, job -> new Versioned<>(job.version(), IdempotencyFigures.of(job)));
    }

    private List<PreVerificationDetails> preVerifications(long id) {
        return jdbc.sql("select * from pre_creation_verifications where job_id = ? order by attempt")
                .param(id)
                .query((row, _) -> preVerification(row))
                .list();
    }

    @Override
    public List<StalledJob> stalledSince(Instant time, StalledJob after, int max) {
        return jdbc.sql("""
                select job_uuid, updated_at from campaign_creation_jobs
                where status in ('pending', 'in_progress') and updated_at < :time and not awaiting_confirmation
                  and (waiting_until is null or waiting_until < :time)
                  and (updated_at, job_uuid) > (:lastEventAt, :job)
                order by updated_at, job_uuid limit :max""")
                .param("time", time.atOffset(ZoneOffset.UTC))
                .param("lastEventAt", after.lastEventAt().atOffset(ZoneOffset.UTC))
                .param("job", after.jobId())
                .param("max", max)
                .query((row, _) -> new StalledJob(row.getObject("job_uuid", UUID.class), needed(row, "updated_at")))
                .list();
    }

    @Override
    public Optional<Instant> quietestSince(Instant now) {
        return jdbc.sql("""
                select min(greatest(updated_at, waiting_until)) as since from campaign_creation_jobs
                where status in ('pending', 'in_progress') and not awaiting_confirmation
                  and (waiting_until is null or waiting_until < :now)""")
                .param("now", now.atOffset(ZoneOffset.UTC))
                .query((row, _) -> Optional.ofNullable(SqlType.instant(row, "since")))
                .single();
    }

    @Override
    public int heldBy(KillSwitch which, @Nullable Instant since, Visibility visible) {
        return switch (which) {
            case INTAKE -> requestsSince(since, visible);
            case CREATION -> unfinishedAfter(BEFORE_CREATION, visible);
            case ROLLBACK -> unfinishedAfter(BEFORE_DELETION, visible);
        };
    }

    private int requestsSince(@Nullable Instant since, Visibility visible) {
        return counted("""
                select from idempotency_keys k
                where published_at is not null and (cast(:since as timestamptz) is null or published_at >= :since)
                  and not exists (select from event_store.domain_events e
                                  where e.aggregate_identifier = k.job_id::text and e.sequence_number = 0)""", visible)
                .param("since", since == null ? null : since.atOffset(ZoneOffset.UTC))
                .query(Integer.class).single();
    }

    /** @param lastEvents a launch is counted whose last event is one of them */
    private int unfinishedAfter(List<String> lastEvents, Visibility visible) {
        return counted(
                """
                        select from campaign_creation_jobs j cross join lateral
                            (select payload_type from event_store.domain_events e where e.aggregate_identifier = j.job_uuid::text
                             order by sequence_number desc limit 1) last
                        where status in ('pending', 'in_progress') and last.payload_type = any(:types)""",
                visible)
                .param("types", lastEvents.toArray(String[]::new))
                .query(Integer.class).single();
    }

    private JdbcClient.StatementSpec counted(String rows, Visibility visible) {
        return jdbc.sql("select count(*) from (" + rows + inside(visible) + " limit :max) held")
                .param("tenant", visible.tenant())
                .param("owner", visible.owner())
                .param("max", HELD_MAX);
    }

    private static PreVerificationDetails preVerification(ResultSet row) throws SQLException {
        return new PreVerificationDetails(row.getInt("attempt"), row.getString("outcome"),
                row.getBoolean("can_proceed"), row.getInt("verification_time_ms"), flag(row, "account_accessible"),
                flag(row, "account_suspended"), flag(row, "duplicate_campaign_exists"), flag(row, "at_account_limit"),
                flag(row, "token_valid"), json(row, "checks"), json(row, "warnings"), json(row, "errors"),
                row.getObject("current_campaign_count", Integer.class),
                row.getObject("account_limit", Integer.class), needed(row, "created_at"));
    }

    private static JsonNode json(ResultSet row, String column) throws SQLException {
        return (JsonNode) Objects.requireNonNull(SqlType.JSON.read(row, column), column);
    }

    private static @Nullable Boolean flag(ResultSet row, String column) throws SQLException {
        return row.getObject(column, Boolean.class);
    }

    private static Instant needed(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(SqlType.instant(row, column), column);
    }
}
