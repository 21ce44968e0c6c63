package io.campaignlauncher.job.host;

import io.campaignlauncher.job.messages.EventMessages;
import io.campaignlauncher.job.messages.StoredEvents;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.IssuedCommand;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.Phase;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.request.MediaReferences;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Commands to one job that were decided together, to be committed together or not at all.
 *
 * @param commands in the order in which they were asked
 * @param after    the job's state after all of them
 */
public record DecidedBatch(List<DecidedCommand> commands, JobState after) {

    public DecidedBatch {
        commands = List.copyOf(commands);
    }

    /**
     * Decides on commands one after the other, each on the state that those before it led to: as it is read from what is stored.
     *
     * @param facts asked only for a job that is new: a request that comes again must not take its name for ever
     */
    public static DecidedBatch of(JobState state, List<IssuedCommand> issued, DecisionContext context,
            AcceptanceFacts facts) {
        var commands = new ArrayList<DecidedCommand>(issued.size());
        for (var one : issued) {
            var before = state;
            var decision = Job.decide(before, informed(before, one.command(), facts), context);
            var appended = new ArrayList<DecidedCommand.Appended>();
            if (decision instanceof Decision.Accepted(var events)) {
                for (var event : events) {
                    var message = EventMessages.message(event, Job.evolve(state, event), context);
                    appended.add(new DecidedCommand.Appended(event, message, SideEffect.of(event)));
                    state = Job.evolve(state, StoredEvents.event(message));
                }
            }
            commands.add(new DecidedCommand(one, before, decision, appended));
        }
        return new DecidedBatch(commands, state);
    }

    private static JobCommand informed(JobState state, JobCommand command, AcceptanceFacts facts) {
        if (state.phase() == Phase.ABSENT && command instanceof JobCommand.AcceptJob accept) {
            var references = MediaReferences.of(accept.request());
            var media = references.isEmpty() ? List.<MediaFile>of()
                    : MediaReferences.named(accept.request(), facts.media(accept.request(), references));
            return new JobCommand.AcceptJob(accept.jobId(), accept.request(), accept.fingerprint(),
                    facts.nameTakenByAnother(accept.jobId(), accept.request()),
                    accept.priorAcceptance() == PriorAcceptance.NONE
                            ? facts.priorAcceptance(accept.jobId(), accept.request()) : accept.priorAcceptance(),
                    Stream.concat(accept.obstacles().stream(),
                            MediaReferences.violations(accept.request(), media).stream()).toList(),
                    media);
        }
        return command;
    }

    /** There is still no job: nothing may be kept of these commands, neither events nor a name. */
    public boolean isWithoutJob() {
        return after.phase() == Phase.ABSENT;
    }

    public List<Decision> decisions() {
        return commands.stream().map(DecidedCommand::decision).toList();
    }

    public List<DecidedCommand.Appended> appended() {
        return commands.stream().flatMap(command -> command.appended().stream()).toList();
    }
}
