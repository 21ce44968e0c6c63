package io.campaignlauncher.readmodel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The rows of jobs, as one set of tables has them. Jobs that were written lately are kept in memory; a copy counts only while
 * the row is as far as the copy, so that several writers never build on each other's past.
 */
final class ReadModelTables {

    private final JobRows jobs;
    private final SlotTables slots;
    private final VerificationRows verifications;
    private final Map<UUID, JobView> recent;

    /** @param recentMax jobs kept in memory */
    ReadModelTables(JdbcTemplate jdbc, Schema schema, int recentMax) {
        jobs = new JobRows(jdbc, schema);
        slots = new SlotTables(jdbc, schema);
        verifications = new VerificationRows(jdbc, schema);
        recent = Collections.synchronizedMap(new LinkedHashMap<>(16, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<UUID, JobView> eldest) {
                return size() > recentMax;
            }
        });
    }

    /** Locks the jobs for the transaction under way and gives them as they are; those without a row as unseen. */
    Map<UUID, JobView> take(Collection<UUID> jobIds) {
        var versions = jobs.lock(jobIds);
        var found = new HashMap<UUID, JobView>();
        var toLoad = new ArrayList<UUID>();
        for (var jobId : jobIds) {
            var version = versions.get(jobId);
            var copy = recent.get(jobId);
            if (version == null) {
                found.put(jobId, JobView.unseen(jobId));
            } else if (copy != null && copy.id() != null && copy.id() == version.id()
                    && copy.version() == version.version()) {
                found.put(jobId, copy);
            } else {
                toLoad.add(jobId);
            }
        }
        load(toLoad).forEach(job -> found.put(job.jobId(), job));
        return found;
    }

    /** The jobs that the tables have, read afresh. */
    List<JobView> load(Collection<UUID> jobIds) {
        var loaded = jobs.load(jobIds);
        slots.load(loaded);
        return loaded;
    }

    /** Writes whatever changed: each job's row once, and of slots what the tables are behind in. */
    void write(Collection<JobView> changed) {
        changed.forEach(JobView::countSlots);
        jobs.update(changed.stream().filter(job -> job.id() != null).toList());
        jobs.insert(changed.stream().filter(job -> job.id() == null).toList());
        slots.write(changed);
        verifications.write(changed);
        for (var job : changed) {
            job.allStored();
            if (job.settled()) {
                recent.remove(job.jobId());
            } else {
                recent.put(job.jobId(), job);
            }
        }
    }

    /** Nothing is known of how the last write of these ended. */
    void forget(Collection<UUID> jobIds) {
        recent.keySet().removeAll(jobIds);
    }
}
