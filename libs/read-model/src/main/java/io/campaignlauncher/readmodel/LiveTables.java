package io.campaignlauncher.readmodel;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/** Compares the live tables with replayed jobs, many jobs a statement. Reads only, over one connection. */
public final class LiveTables {

    private static final String JOB = "job";
    private static final int FETCH_ROWS = 1_000;

    private final JdbcTemplate jdbc;
    private final JobRows jobs;
    private final SlotRows slots;
    private final VerificationRows verifications;

    /** @param connection what its transaction sees is compared; it stays open */
    public LiveTables(Connection connection) {
        this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(connection, true));
        this.jdbc.setFetchSize(FETCH_ROWS);
        this.jobs = new JobRows(jdbc, Schema.LIVE);
        this.slots = new SlotRows(jdbc, Schema.LIVE);
        this.verifications = new VerificationRows(jdbc, Schema.LIVE);
    }

    /** How far the row of each job is; jobs without a row are left out. */
    public Map<UUID, Long> versions(Collection<UUID> jobIds) {
        var versions = new HashMap<UUID, Long>();
        jdbc.query("select job_uuid, version from campaign_creation_jobs where job_uuid = any(?)",
                statement -> statement.setArray(1,
                        statement.getConnection().createArrayOf("uuid", jobIds.toArray(UUID[]::new))),
                row -> {
                    versions.put(row.getObject(1, UUID.class), row.getLong(2));
                });
        return versions;
    }

    /** Jobs that have a row and no event in the store. */
    public void withoutEvents(Consumer<ReadModelDifference> found) {
        jdbc.query("""
                select job_uuid from campaign_creation_jobs j where not exists
                (select 1 from event_store.domain_events e where e.aggregate_identifier = j.job_uuid::text)
                """, row -> {
            found.accept(ReadModelDifference.surplus(row.getObject(1, UUID.class), JOB));
        });
    }

    /** Every place in which the rows of these jobs are not as the replay made them, job by job. */
    public void compare(Collection<ReplayedJob> replayed, Consumer<ReadModelDifference> found) {
        var live = new HashMap<UUID, JobView>();
        var views = jobs.load(replayed.stream().map(ReplayedJob::jobId).toList());
        slots.loadShown(views);
        views.forEach(view -> live.put(view.jobId(), view));
        var attempts = verifications.load(views);
        for (var job : replayed) {
            var is = live.get(job.jobId());
            if (is == null) {
                found.accept(ReadModelDifference.missing(job.jobId(), JOB));
            } else {
                job.view().countSlots();
                compare(job.view(), is, attempts.getOrDefault(Objects.requireNonNull(is.id()), Map.of()), found);
            }
        }
    }

    private static void compare(JobView should, JobView is, Map<Integer, @Nullable Object[]> attempts,
            Consumer<ReadModelDifference> found) {
        var rows = new RowComparison(should.jobId(), found);
        rows.compare(JOB, JobRows.COLUMNS, JobRows.values(should), JobRows.values(is));
        var liveSlots = new LinkedHashMap<String, SlotView>();
        is.slots().forEach(slot -> {
            if (liveSlots.put(name(slot), slot) != null) {
                rows.surplus(name(slot));
            }
        });
        for (var slot : should.slots()) {
            var live = liveSlots.remove(name(slot));
            rows.compare(name(slot), SlotRows.COLUMNS, SlotRows.values(is.id(), slot),
                    live == null ? null : SlotRows.values(is.id(), live));
        }
        liveSlots.keySet().forEach(rows::surplus);
        var liveAttempts = new HashMap<>(attempts);
        for (var verification : should.newVerifications()) {
            rows.compare("attempt " + verification.attempt(), VerificationRows.COLUMNS,
                    VerificationRows.values(should, is.id(), verification),
                    liveAttempts.remove(verification.attempt()));
        }
        new ArrayList<>(liveAttempts.keySet()).stream().sorted().forEach(number -> rows.surplus("attempt " + number));
    }

    private static String name(SlotView slot) {
        return JobView.wireName(slot.type) + " " + slot.number;
    }

    /** Says where two rows differ. */
    private record RowComparison(UUID jobId, Consumer<ReadModelDifference> found) {

        /** @param is null: there is no such row */
        void compare(String row, List<RowArrays.Column> columns, @Nullable Object[] should,
                @Nullable Object @Nullable [] is) {
            if (is == null) {
                found.accept(ReadModelDifference.missing(jobId, row));
                return;
            }
            for (int i = 0; i < columns.size(); i++) {
                var type = columns.get(i).type();
                if (!type.same(should[i], is[i])) {
                    found.accept(new ReadModelDifference(jobId, row, columns.get(i).name(), type.written(is[i]),
                            type.written(should[i])));
                }
            }
        }

        void surplus(String row) {
            found.accept(ReadModelDifference.surplus(jobId, row));
        }
    }
}
