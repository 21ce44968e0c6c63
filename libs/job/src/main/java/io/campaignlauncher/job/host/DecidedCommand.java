package io.campaignlauncher.job.host;

import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.JobState;
import java.util.List;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/**
 * A command with what was decided on it.
 *
 * @param before   the job's state that it was decided on
 * @param appended what it adds to the job, in order; each bears the origin of the command
 */
public record DecidedCommand(IssuedCommand issued, JobState before, Decision decision, List<Appended> appended) {

    public DecidedCommand {
        appended = List.copyOf(appended);
    }

    /**
     * An event to append.
     *
     * @param message as it is stored and published
     * @param beside  what changes with it
     */
    public record Appended(JobEvent event, SpecificRecord message, Optional<SideEffect> beside) {}
}
