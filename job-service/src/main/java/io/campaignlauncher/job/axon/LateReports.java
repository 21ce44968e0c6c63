package io.campaignlauncher.job.axon;

import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobState;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts reports that come after a job's end and so leave no trace in its history. Most only repeat what was said before. One
 * that names an entity which no slot ever had tells that something may exist that nobody looks after: it is logged as well.
 */
final class LateReports {

    static final String NAME = "jobs.late.reports";
    private static final Logger LOG = LoggerFactory.getLogger(LateReports.class);

    private final Counter ofUnknownEntities;
    private final Counter others;

    LateReports(MeterRegistry meters) {
        this.ofUnknownEntities = counter(meters, "unknown-entity");
        this.others = counter(meters, "old-answer");
    }

    private static Counter counter(MeterRegistry meters, String cause) {
        return Counter.builder(NAME).description("reports that came after their job's end").tag("cause", cause)
                .register(meters);
    }

    void count(String jobId, JobState ended, JobCommand command) {
        switch (command) {
            case JobCommand.RecordCreation(var report) -> {
                var unknown = report.created().stream().filter(created -> !isKnown(ended, created)).toList();
                if (unknown.isEmpty()) {
                    others.increment();
                } else {
                    ofUnknownEntities.increment();
                    warn(jobId, ended, unknown);
                }
            }
            case JobCommand.RecordPreVerification _,JobCommand.RecordVerification _,JobCommand.RecordSnapshots _,JobCommand.RecordDeletion _ ->
                others.increment();
            case JobCommand.AcceptJob _,JobCommand.EndWait _,JobCommand.DecideRollback _,JobCommand.CancelJob _,JobCommand.RescheduleLaunch _,JobCommand.ResumeStalled _,JobCommand.GiveUpRequest _ ->
                {
                }
        }
    }

    private static boolean isKnown(JobState ended, CreatedSlot created) {
        var slot = ended.slot(created.id());
        return slot != null
                && (created.facebookId().equals(slot.facebookId()) || slot.gone().contains(created.facebookId()));
    }

    private static void warn(String jobId, JobState ended, List<CreatedSlot> unknown) {
        LOG.warn("job {} has ended as {}, and only now it is reported that Facebook created {}", jobId, ended.phase(),
                unknown.stream().map(CreatedSlot::facebookId).toList());
    }
}
