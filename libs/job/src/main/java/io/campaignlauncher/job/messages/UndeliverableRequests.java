package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.Awaited;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.Topic;
import io.campaignlauncher.schemas.VerificationRequested;
import java.util.Optional;
import org.apache.avro.specific.SpecificRecord;

/** What a job is told where an event of it can never be published. */
public final class UndeliverableRequests {

    private UndeliverableRequests() {}

    /**
     * @param topic  where it is missing: the creator reads its commands, the other workers the events
     * @param reason why, in words for a person
     * @return empty where nobody waits for an answer to it
     */
    public static Optional<JobCommand> command(SpecificRecord message, Topic topic, String reason) {
        return switch (message) {
            case CreationRequested m when topic == Topic.CREATION_COMMANDS ->
                giveUp(Awaited.CREATION, m.getCommand().getRound(), reason);
            case PreVerificationRequested m -> giveUp(Awaited.PRE_VERIFICATION, m.getAttempt(), reason);
            case VerificationRequested m -> giveUp(Awaited.VERIFICATION, m.getAttempt(), reason);
            case DeletionRequested m -> giveUp(Awaited.DELETION, m.getPass(), reason);
            default -> Optional.empty();
        };
    }

    private static Optional<JobCommand> giveUp(Awaited asked, int number, String reason) {
        return Optional.of(new JobCommand.GiveUpRequest(asked, number, reason));
    }
}
