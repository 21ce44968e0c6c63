package io.campaignlauncher.job.calls;

import io.campaignlauncher.access.model.Visibility;
import io.campaignlauncher.eventstore.EventReader;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Asks for the requests of a job. Every call blocks, and fails soon where the tables are locked. */
public final class GraphCalls {

    static final Duration KEEP = Duration.ofDays(30);

    private static final Logger LOG = LoggerFactory.getLogger(GraphCalls.class);
    private static final int AT_ONCE_MAX = 100;
    private static final int BATCHES_MAX = 200;
    private static final TypeReference<List<CallPart>> PARTS = new TypeReference<>() {};

    private static final String PAGE = """
            select c.*, w.service, w.attempt from graph_calls c join graph_call_works w using (job_id, work_id)
            where job_id = :job and (cast(:work as uuid) is null or (begun_at, work_id, number) >
                (select begun_at, work_id, number from graph_calls
                 where job_id = :job and work_id = :work and number = :number))
            order by begun_at, work_id, number limit :limit""";
    private static final String TOTALS = """
            select (select count(*) from graph_calls where job_id = :job) as calls,
                (select coalesce(sum(took_ms), 0) from graph_calls where job_id = :job) as took_ms,
                (select coalesce(sum(last_number), 0) from graph_call_works where job_id = :job) as numbered,
                count(*) as entries,
                count(*) filter (where part ->> 'outcome' = 'sent') as sent,
                count(*) filter (where part ->> 'outcome' = 'not_sent') as not_sent,
                count(*) filter (where part ->> 'outcome' = 'refused') as refused,
                count(*) filter (where part ->> 'outcome' = 'limited') as limited,
                count(*) filter (where part ->> 'outcome' = 'unknown') as unknown
            from graph_calls cross join lateral jsonb_array_elements(parts) part where job_id = :job""";
    private static final String OLD = """
            delete from graph_call_works where (job_id, work_id) in (
                select job_id, work_id from graph_call_works where noted_at < now() - :keep * interval '1 millisecond'
                limit :max for update skip locked)""";

    private final JdbcClient jdbc;
    private final ShortTransactions transactions;
    private final EventReader store;

    /** Of one job, in the order in which they were sent. @param notNoted how many are missing, at least */
    public record Page(List<GraphCall> calls, Totals totals, long notNoted, @Nullable Place next) {

        /** Of a job that nothing is known of. */
        public static final Page EMPTY = new Page(List.of(), new Totals(0, 0, 0, 0, 0, 0, 0, 0), 0, null);

        public Page {
            calls = List.copyOf(calls);
        }
    }

    /**
     * Of all requests of a job, not only those of a page.
     *
     * @param entries operations; the others but the time tell what became of those
     * @param tookMs  all of them added up, though some were under way side by side
     */
    public record Totals(long calls, long entries, long sent, long notSent, long refused, long limited, long unknown,
            long tookMs) {}

    /**
     * One request.
     *
     * @param purpose    check_account, look, create, verify or delete
     * @param attempt    the creation round, the verification or the deletion pass; 0: a look that somebody asked for
     * @param httpStatus null where there was no answer
     * @param outcome    that of its gravest entry
     */
    public record GraphCall(String callId, String service, String purpose, int attempt, Instant begunAt, int tookMs,
            boolean batch, @Nullable Integer httpStatus, @Nullable String fbtraceId, String outcome,
            List<CallPart> entries) {

        public GraphCall {
            entries = List.copyOf(entries);
        }

        static GraphCall of(ResultSet row) throws SQLException {
            var status = row.getInt("http_status");
            return new GraphCall(new Place(row.getObject("work_id", UUID.class), row.getInt("number")).toString(),
                    row.getString("service"), row.getString("purpose"), row.getInt("attempt"),
                    Objects.requireNonNull(row.getObject("begun_at", OffsetDateTime.class)).toInstant(),
                    row.getInt("took_ms"), row.getBoolean("batch"), status == 0 ? null : status,
                    row.getString("fbtrace_id"), row.getString("outcome"),
                    JsonMapper.shared().readValue(row.getString("parts"), PARTS));
        }
    }

    /** Where a page ends: at this request. */
    public record Place(UUID workId, int number) {

        private static final Pattern FORM = Pattern
                .compile("(\\p{XDigit}{8}(?:-\\p{XDigit}{4}){3}-\\p{XDigit}{12})\\.([1-9]\\d{0,8})");

        /** Empty where the text is none. */
        public static Optional<Place> of(String text) {
            var matcher = FORM.matcher(text);
            return matcher.matches()
                    ? Optional.of(new Place(UUID.fromString(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return workId + "." + number;
        }
    }

    GraphCalls(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.transactions = new ShortTransactions(new JdbcTemplate(dataSource), transactions);
        this.store = new EventReader(jdbc);
    }

    /** Empty where there is no such job. @param after null: from the first on */
    public Optional<Page> page(UUID jobId, Visibility visible, @Nullable Place after, int limit) {
        if (!store.knows(jobId, visible.tenant(), visible.owner())) {
            return Optional.empty();
        }
        return Optional.of(transactions.call(() -> {
            var calls = jdbc.sql(PAGE).param("job", jobId)
                    .param("work", after == null ? null : after.workId())
                    .param("number", after == null ? 0 : after.number())
                    .param("limit", limit).query((row, _) -> GraphCall.of(row)).list();
            var next = calls.size() < limit ? null : Place.of(calls.getLast().callId()).orElseThrow();
            return jdbc.sql(TOTALS).param("job", jobId).query((row, _) -> new Page(calls, totals(row),
                    row.getLong("numbered") - row.getLong("calls"), next)).single();
        }));
    }

    private static Totals totals(ResultSet row) throws SQLException {
        return new Totals(row.getLong("calls"), row.getLong("entries"), row.getLong("sent"), row.getLong("not_sent"),
                row.getLong("refused"), row.getLong("limited"), row.getLong("unknown"), row.getLong("took_ms"));
    }

    /** Deletes what is old, up to a bound; what is left is for the next time. */
    public void purge() {
        var all = 0;
        for (int batch = 0, deleted = AT_ONCE_MAX; batch < BATCHES_MAX && deleted >= AT_ONCE_MAX; batch++) {
            deleted = transactions.call(
                    () -> jdbc.sql(OLD).param("keep", KEEP.toMillis()).param("max", AT_ONCE_MAX).update());
            all += deleted;
        }
        if (all > 0) {
            LOG.info("deleted the requests to Facebook of {} old pieces of work", all);
        }
    }
}
