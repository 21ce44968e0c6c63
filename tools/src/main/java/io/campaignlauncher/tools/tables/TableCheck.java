package io.campaignlauncher.tools.tables;

import io.campaignlauncher.readmodel.LiveTables;
import io.campaignlauncher.readmodel.ReadModelDifference;
import io.campaignlauncher.readmodel.ReplayedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.tools.events.EventStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Compares the live tables with a replay, both as they were at one moment. A row is compared at the version that it has; that
 * the tables are a moment behind the events is no difference, as long as it is a moment.
 */
public final class TableCheck implements JobReplay.Taker {

    private static final int JOBS_AT_ONCE = 200;
    private static final String JOB = "job";

    private final Connection tables;
    private final LiveTables live;
    private final JobReplay replay;
    private final Instant lateBefore;
    private final Consumer<ReadModelDifference> found;
    private final List<ReplayedJob> batch = new ArrayList<>(JOBS_AT_ONCE);
    private long jobs;
    private long differences;
    private long behind;

    private TableCheck(Connection tables, JobReplay replay, Instant lateBefore, Consumer<ReadModelDifference> found) {
        this.tables = tables;
        this.live = new LiveTables(tables);
        this.replay = replay;
        this.lateBefore = lateBefore;
        this.found = difference -> {
            differences++;
            found.accept(difference);
        };
    }

    /**
     * @param jobs   that were compared
     * @param behind of them, whose latest events are so new that the tables need not have them yet
     */
    public record Result(long jobs, long differences, long behind) {}

    /**
     * @param only     one job; null: all
     * @param patience how long an event may take into the tables before that is a difference
     * @param progress is told how many events were read
     */
    public static Result of(EventStore.Address address, AvroEncoding encoding, @Nullable UUID only, Duration patience,
            Consumer<ReadModelDifference> found, LongConsumer progress) throws SQLException {
        try (var store = EventStore.open(address); var tables = store.sameMoment()) {
            var replay = new JobReplay(encoding, JobReplay.OPEN_JOBS_MAX);
            var check = new TableCheck(tables, replay, store.at().minus(patience), found);
            if (only == null) {
                replay.all(store, tables, check, progress);
            } else {
                check.one(only);
            }
            check.compare();
            if (only == null) {
                check.live.withoutEvents(check.found);
            }
            return new Result(check.jobs, check.differences, check.behind);
        }
    }

    private void one(UUID jobId) throws SQLException {
        replay.one(tables, jobId, Long.MAX_VALUE, this);
        if (batch.isEmpty() && jobs == 0 && !live.versions(List.of(jobId)).isEmpty()) {
            found.accept(ReadModelDifference.surplus(jobId, JOB));
            jobs++;
        }
    }

    @Override
    public void take(ReplayedJob job) throws SQLException {
        batch.add(job);
        if (batch.size() == JOBS_AT_ONCE) {
            compare();
        }
    }

    @Override
    public void missing(UUID jobId, long sequence) {
        jobs++;
        found.accept(new ReadModelDifference(jobId, "event " + sequence, null, null, "there"));
    }

    private void compare() throws SQLException {
        var versions = live.versions(batch.stream().map(ReplayedJob::jobId).toList());
        var even = new ArrayList<ReplayedJob>();
        var uneven = new ArrayList<ReplayedJob>();
        batch.forEach(job -> (Objects.equals(versions.get(job.jobId()), job.version()) ? even : uneven).add(job));
        live.compare(even, found);
        for (var job : uneven) {
            uneven(job, versions.get(job.jobId()));
        }
        jobs += batch.size();
        batch.clear();
    }

    /** @param version of the row; null: there is none */
    private void uneven(ReplayedJob job, @Nullable Long version) throws SQLException {
        var late = job.updatedAt() == null || job.updatedAt().isBefore(lateBefore);
        if (!late && (version == null || version < job.version())) {
            behind++;
        } else if (version == null) {
            found.accept(ReadModelDifference.missing(job.jobId(), JOB));
        } else {
            found.accept(new ReadModelDifference(job.jobId(), JOB, "version", version.toString(),
                    Long.toString(job.version())));
        }
        if (version != null && version < job.version()) {
            replay.one(tables, job.jobId(), version, new JobReplay.Taker() {
                @Override
                public void take(ReplayedJob then) {
                    live.compare(List.of(then), found);
                }

                @Override
                public void missing(UUID jobId, long sequence) {
                    TableCheck.this.missing(jobId, sequence);
                }
            });
        }
    }
}
