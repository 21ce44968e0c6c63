package io.campaignlauncher.readmodel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Where the slots of jobs stand: under way until the job has settled, from then on each in a row of its own. Slots that are rows already,
 * as those of a job that had settled before and those that somebody else wrote, stay rows. Needs the lock of the job's row.
 */
final class SlotTables {

    private final SlotRows rows;
    private final SlotsUnderWay underWay;

    SlotTables(JdbcTemplate jdbc, Schema schema) {
        rows = new SlotRows(jdbc, schema);
        underWay = new SlotsUnderWay(jdbc, schema);
    }

    /** Gives each job the slots that the tables have. */
    void load(Collection<JobView> jobs) {
        rows.load(jobs);
    }

    void write(Collection<JobView> jobs) {
        var begun = new ArrayList<JobView>();
        var running = new ArrayList<JobView>();
        var settled = new ArrayList<JobView>();
        for (var job : jobs) {
            (job.settled() ? settled : job.slotsStored() ? running : begun).add(job);
        }
        underWay.insert(begun);
        rows.update(underWay.update(running));
        settle(settled);
    }

    private void settle(List<JobView> jobs) {
        var stored = jobs.stream().filter(JobView::slotsStored).toList();
        underWay.update(stored);
        var moved = underWay.settle(stored);
        rows.update(stored.stream().filter(job -> !moved.contains(job)).toList());
        rows.insert(jobs.stream().filter(job -> !job.slotsStored()).toList());
    }
}
