package io.campaignlauncher.tools.tables;

import io.campaignlauncher.readmodel.ReplayedJob;
import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.QuickDecoding;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.tools.events.EventCursor;
import io.campaignlauncher.tools.events.EventStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongConsumer;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/**
 * Folds every event of the store, in one pass, into jobs, and lets go of a job when it has settled. Of jobs under way it keeps
 * so many in memory; one that has been quiet for longest is let go of before, and read once more by itself at the end.
 */
public final class JobReplay {

    /** A job of 50 + 50 takes about 30 KiB. */
    public static final int OPEN_JOBS_MAX = 4_000;

    private final QuickDecoding decoding;
    private final Set<UUID> again = new LinkedHashSet<>();
    private final Map<UUID, ReplayedJob> open;

    public JobReplay(AvroEncoding encoding, int openJobsMax) {
        this.decoding = ReplayedJob.decoding(encoding);
        this.open = new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, ReplayedJob> eldest) {
                if (size() <= openJobsMax) {
                    return false;
                }
                again.add(eldest.getKey());
                return true;
            }
        };
    }

    /** Takes jobs as far as the events go. */
    public interface Taker {

        void take(ReplayedJob job) throws SQLException;

        /** The history of a job lacks an event. */
        void missing(UUID jobId, long sequence) throws SQLException;
    }

    /**
     * Hands over every job of the store once, in no order.
     *
     * @param further  a connection that sees the same moment, used when all events were read
     * @param progress is told how many events were read
     */
    public void all(EventStore store, Connection further, Taker taker, LongConsumer progress) throws SQLException {
        long events = 0;
        try (var cursor = store.forFolding()) {
            while (cursor.next()) {
                var job = next(cursor);
                if (job != null && job.settled()) {
                    open.remove(job.jobId());
                    taker.take(job);
                }
                progress.accept(++events);
            }
        }
        for (var job : open.values()) {
            taker.take(job);
        }
        open.clear();
        for (var jobId : again) {
            one(further, jobId, Long.MAX_VALUE, taker);
        }
        again.clear();
    }

    /** Null where the job is read once more at the end. */
    private @Nullable ReplayedJob next(EventCursor cursor) {
        var jobId = cursor.jobId();
        long sequence = cursor.sequence();
        var job = open.get(jobId);
        if (job == null && sequence == 0) {
            job = new ReplayedJob(jobId);
            open.put(jobId, job);
        }
        if (job == null || sequence != job.version() + 1) {
            open.remove(jobId);
            again.add(jobId);
            return null;
        }
        job.apply(sequence, cursor.time(), decoded(cursor));
        return job;
    }

    /**
     * Reads one job by itself.
     *
     * @param upTo the last event to fold in
     */
    public void one(Connection connection, UUID jobId, long upTo, Taker taker) throws SQLException {
        var job = new ReplayedJob(jobId);
        try (var cursor = EventStore.of(connection, jobId)) {
            while (cursor.next() && cursor.sequence() <= upTo) {
                if (cursor.sequence() != job.version() + 1) {
                    taker.missing(jobId, job.version() + 1);
                    return;
                }
                job.apply(cursor.sequence(), cursor.time(), decoded(cursor));
            }
        }
        if (job.version() >= 0) {
            taker.take(job);
        }
    }

    private @Nullable SpecificRecord decoded(EventCursor cursor) {
        try {
            return cursor.decode(decoding);
        } catch (UnreadableRecord e) {
            return null;
        }
    }
}
