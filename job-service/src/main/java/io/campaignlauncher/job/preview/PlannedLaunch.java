package io.campaignlauncher.job.preview;

import io.campaignlauncher.job.messages.EventMessages;
import io.campaignlauncher.job.model.Decision;
import io.campaignlauncher.job.model.DecisionContext;
import io.campaignlauncher.job.model.Job;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.JobPolicy;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.PriorAcceptance;
import io.campaignlauncher.job.model.RequestFingerprint;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.PreVerificationRequested;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;

/**
 * What the verifier and a creator would be asked for, as the Job itself decides on the request. Its job is of no id, so nothing that
 * bears its label is ever taken for a job's.
 *
 * @param check  what the verifier is asked before anything is created
 * @param create what a creator is asked for in the first round
 */
record PlannedLaunch(PreVerificationRequested check, CreateEntities create) {

    private static final String NO_JOB = new UUID(0, 0).toString();

    /** As if it began at once. @param request one that breaks no rule @param media what is known of its images and videos */
    static PlannedLaunch of(LaunchRequest request, boolean nameHeld, List<MediaFile> media, JobPolicy policy,
            Instant now) {
        var asked = new Asked(new DecisionContext(NO_JOB, now, policy));
        var atOnce = request.startingAt(null);
        var check = asked.decide(new JobCommand.AcceptJob(NO_JOB, atOnce, RequestFingerprint.of(atOnce), nameHeld,
                PriorAcceptance.NONE, List.of(), media));
        var create = asked.decide(new JobCommand.RecordPreVerification(new PreVerificationReport(1,
                VerificationOutcome.PASSED, List.of(), null, null, null, 0, 0, null, media, null)));
        // Nothing is waited for here: what reads do not show now is told so.
        return new PlannedLaunch(PreVerificationRequested.newBuilder((PreVerificationRequested) check)
                .setConclusiveFrom(null).build(), ((CreationRequested) create).getCommand());
    }

    /** A job that nobody stores. */
    private static final class Asked {

        private final DecisionContext context;
        private JobState state = Job.initialState();

        Asked(DecisionContext context) {
            this.context = context;
        }

        /** @return what the job asks for at last */
        SpecificRecord decide(JobCommand command) {
            if (!(Job.decide(state, command, context) instanceof Decision.Accepted(var events))) {
                throw new IllegalArgumentException("the request breaks rules");
            }
            events.forEach(event -> state = Job.evolve(state, event));
            return EventMessages.message(events.getLast(), state, context);
        }
    }
}
