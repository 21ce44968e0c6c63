package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.Check;
import io.campaignlauncher.job.model.CreationReport;
import io.campaignlauncher.job.model.DeletionReport;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.JobCommand;
import io.campaignlauncher.job.model.PreVerificationReport;
import io.campaignlauncher.job.model.RoundEnd;
import io.campaignlauncher.job.model.Snapshot;
import io.campaignlauncher.job.model.UndeletedEntity;
import io.campaignlauncher.job.model.VerificationOutcome;
import io.campaignlauncher.job.model.VerificationReport;
import io.campaignlauncher.schemas.CheckOutcome;
import io.campaignlauncher.schemas.CreationReported;
import io.campaignlauncher.schemas.DeletionReported;
import io.campaignlauncher.schemas.PostVerificationReported;
import io.campaignlauncher.schemas.PreVerificationReported;
import io.campaignlauncher.schemas.SnapshotReported;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.util.Set;
import org.apache.avro.specific.SpecificRecord;

/** Reads the workers' reports. */
public final class ReportMessages {

    private ReportMessages() {}

    /** @throws UnreadableRecord for a message that is no report, or one that says what this version does not know */
    public static JobCommand command(SpecificRecord message) {
        return switch (message) {
            case PreVerificationReported m -> new JobCommand.RecordPreVerification(report(m));
            case CreationReported m -> new JobCommand.RecordCreation(report(m));
            case PostVerificationReported m -> new JobCommand.RecordVerification(report(m));
            case SnapshotReported m -> new JobCommand.RecordSnapshots(m.getPass(),
                    m.getSnapshots().stream().map(s -> new Snapshot(AvroMapper.found(s.getEntity()), s.getContent()))
                            .toList());
            case DeletionReported m -> new JobCommand.RecordDeletion(report(m));
            default ->
                throw new UnreadableRecord("a " + message.getSchema().getName() + " is no report to a job", null);
        };
    }

    public static PreVerificationReport report(PreVerificationReported m) {
        var checks = m.getChecks().stream().map(c -> new Check(c.getName(), outcome(c.getOutcome()), c.getDetail()))
                .toList();
        return new PreVerificationReport(m.getAttempt(), outcome(m.getOutcome()), checks, m.getCampaignCount(),
                m.getCampaignLimit(), AvroMapper.faultOrNull(m.getFault()), m.getDurationMs(), m.getHttpCalls(),
                m.getTimeZone(), AvroMapper.media(m.getMedia()), m.getReadyAt());
    }

    static VerificationReport report(PostVerificationReported m) {
        return new VerificationReport(m.getAttempt(), outcome(m.getOutcome()),
                m.getMissing().stream().map(AvroMapper::slot).toList(),
                m.getUnknownToSlots().stream().map(AvroMapper::found).toList(), m.getUnknownLeftOut(),
                m.getCampaignsFound(),
                m.getAdSetsFound(),
                m.getAdsFound(), m.getLookedAt(), m.getLookAgainAt(), AvroMapper.faultOrNull(m.getFault()),
                m.getDurationMs(),
                m.getHttpCalls());
    }

    private static CreationReport report(CreationReported m) {
        var failed = m.getFailed().stream()
                .map(f -> new FailedSlot(AvroMapper.slot(f.getEntityType(), f.getSlotNumber()),
                        FaultList.at(m.getFaults(), f.getFault())))
                .toList();
        return new CreationReport(m.getRound(), m.getCreated().stream().map(AvroMapper::created).toList(), failed,
                end(m.getEnd()), m.getResumeAt(), m.getQuietAt(), m.getHttpCalls());
    }

    private static DeletionReport report(DeletionReported m) {
        var failed = m.getFailed().stream()
                .map(f -> new UndeletedEntity(AvroMapper.found(f.getEntity()),
                        FaultList.at(m.getFaults(), f.getFault())))
                .toList();
        return new DeletionReport(m.getPass(), m.getDeleted().stream().map(AvroMapper::found).toList(), failed,
                end(m.getEnd()),
                m.getResumeAt(), AvroMapper.faultOrNull(m.getFault()), m.getLookedAt(), m.getFound(), m.getHttpCalls(),
                Set.copyOf(m.getUnconfirmed()), m.getLeftOut());
    }

    static RoundEnd end(io.campaignlauncher.schemas.RoundEnd end) {
        return switch (end) {
            case NOT_YET -> RoundEnd.NOT_YET;
            case DONE -> RoundEnd.DONE;
            case RATE_LIMITED -> RoundEnd.RATE_LIMITED;
            case INTERRUPTED -> RoundEnd.INTERRUPTED;
            case UNHEARD -> RoundEnd.UNHEARD;
            case UNKNOWN -> throw new UnreadableRecord("an end that this version does not know", null);
        };
    }

    static Check.Outcome outcome(CheckOutcome outcome) {
        return switch (outcome) {
            case PASSED -> Check.Outcome.PASSED;
            case WARNED -> Check.Outcome.WARNED;
            case FAILED -> Check.Outcome.FAILED;
            case NOT_REACHED -> Check.Outcome.NOT_REACHED;
            case UNKNOWN -> throw new UnreadableRecord("a check's outcome that this version does not know", null);
        };
    }

    private static VerificationOutcome outcome(io.campaignlauncher.schemas.VerificationOutcome outcome) {
        return switch (outcome) {
            case PASSED -> VerificationOutcome.PASSED;
            case REFUSED -> VerificationOutcome.REFUSED;
            case INCONCLUSIVE -> VerificationOutcome.INCONCLUSIVE;
            case UNKNOWN -> throw new UnreadableRecord("an outcome that this version does not know", null);
        };
    }
}
