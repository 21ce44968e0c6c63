package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.DeletionReason;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.FailedSlot;
import io.campaignlauncher.job.model.JobEvent;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.job.model.Snapshot;
import io.campaignlauncher.job.model.UndeletedEntity;
import io.campaignlauncher.job.request.LaunchRequests;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.CreationRequested;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.DeletionRequested;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.EntitiesSnapshotted;
import io.campaignlauncher.schemas.JobAccepted;
import io.campaignlauncher.schemas.JobCancelled;
import io.campaignlauncher.schemas.JobCompleted;
import io.campaignlauncher.schemas.JobFailed;
import io.campaignlauncher.schemas.JobRolledBack;
import io.campaignlauncher.schemas.LaunchRescheduled;
import io.campaignlauncher.schemas.LaunchScheduled;
import io.campaignlauncher.schemas.LookScheduled;
import io.campaignlauncher.schemas.PreVerificationCompleted;
import io.campaignlauncher.schemas.PreVerificationRequested;
import io.campaignlauncher.schemas.RateLimitReached;
import io.campaignlauncher.schemas.RetryScheduled;
import io.campaignlauncher.schemas.RollbackDeclined;
import io.campaignlauncher.schemas.RollbackProposed;
import io.campaignlauncher.schemas.RollbackStarted;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.SlotsReopened;
import io.campaignlauncher.schemas.UnreadableRecord;
import io.campaignlauncher.schemas.VerificationCompleted;
import io.campaignlauncher.schemas.VerificationRequested;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;

/** Reads the Job's events as they were stored. The other way round: {@link EventMessages}. */
public final class StoredEvents {

    private StoredEvents() {}

    /** @throws UnreadableRecord for a message that is no event of a job */
    public static JobEvent event(SpecificRecord message) {
        return switch (message) {
            case JobAccepted m -> new JobEvent.JobAccepted(m.getJobId(), LaunchRequests.fromAvro(m.getRequest()),
                    m.getFingerprint(),
                    m.getAdSets(), m.getAds(), m.getRetryBudget(), RollbackPolicy.valueOf(m.getRollbackPolicy().name()),
                    DuplicateName.valueOf(m.getDuplicateName().name()), m.getLabel(),
                    AvroMapper.media(m.getMedia()));
            case PreVerificationRequested m ->
                new JobEvent.PreVerificationRequested(m.getAttempt(), m.getNameTakenByAnotherJob(),
                        m.getConclusiveFrom());
            case PreVerificationCompleted m ->
                new JobEvent.PreVerificationCompleted(ReportMessages.report(m.getReport()));
            case CreationRequested m ->
                new JobEvent.CreationRequested(m.getCommand().getRound(), m.getCommand().getLookFirst(),
                        wanted(m.getCommand()));
            case SlotsCreated m ->
                new JobEvent.SlotsCreated(m.getRound(), m.getSlots().stream().map(AvroMapper::created).toList(),
                        AvroMapper.needed(m.getReadableFrom(), "SlotsCreated.readableFrom"));
            case SlotsFailed m -> new JobEvent.SlotsFailed(m.getRound(), failed(m), m.getSettledAt());
            case CreationRoundEnded m -> new JobEvent.CreationRoundEnded(m.getRound(), ReportMessages.end(m.getEnd()),
                    m.getSettledAt(), m.getHttpCalls());
            case RetryScheduled m ->
                new JobEvent.RetryScheduled(m.getWaitNumber(), m.getRetryCount(), m.getAt(),
                        AvroMapper.fault(m.getFault()));
            case RateLimitReached m ->
                new JobEvent.RateLimitReached(m.getWaitNumber(), m.getUntil(), AvroMapper.fault(m.getFault()));
            case LookScheduled m -> new JobEvent.LookScheduled(m.getWaitNumber(), m.getAt(), m.getReason());
            case LaunchScheduled m ->
                new JobEvent.LaunchScheduled(m.getWaitNumber(), m.getStartAt(), m.getTimeZone());
            case VerificationRequested m -> new JobEvent.VerificationRequested(m.getAttempt(), m.getConclusiveFrom());
            case VerificationCompleted m -> new JobEvent.VerificationCompleted(ReportMessages.report(m.getReport()));
            case SlotsReopened m ->
                new JobEvent.SlotsReopened(m.getSlots().stream().map(AvroMapper::slot).toList(), m.getReason());
            case RollbackProposed m -> new JobEvent.RollbackProposed(m.getReason());
            case RollbackDeclined m -> new JobEvent.RollbackDeclined(m.getUserId(), m.getReason());
            case RollbackStarted m -> new JobEvent.RollbackStarted(m.getReason(), m.getConfirmedBy(),
                    m.getConfirmationReason());
            case LaunchRescheduled m -> new JobEvent.LaunchRescheduled(m.getStartAt(), m.getUserId(), m.getReason());
            case JobCancelled m -> new JobEvent.JobCancelled(m.getUserId(), m.getReason());
            case DeletionRequested m -> deletionRequested(m);
            case EntitiesSnapshotted m -> new JobEvent.EntitiesSnapshotted(m.getPass(),
                    m.getSnapshots().stream().map(s -> new Snapshot(AvroMapper.found(s.getEntity()), s.getContent()))
                            .toList());
            case EntitiesDeleted m -> new JobEvent.EntitiesDeleted(m.getPass(), reason(m.getReason()),
                    m.getEntities().stream().map(AvroMapper::found).toList());
            case DeletionPassEnded m -> new JobEvent.DeletionPassEnded(m.getPass(), m.getFailed().stream()
                    .map(f -> new UndeletedEntity(AvroMapper.found(f.getEntity()),
                            FaultList.at(m.getFaults(), f.getFault())))
                    .toList(), m.getHttpCalls(), m.getUnconfirmed().stream().map(AvroMapper::found).toList(),
                    m.getSettledAt());
            case JobCompleted m -> new JobEvent.JobCompleted(m.getFacebookCampaignId(), m.getAdSets(), m.getAds());
            case JobFailed m -> new JobEvent.JobFailed(m.getReasons(), m.getNothingCreated());
            case JobRolledBack m -> new JobEvent.JobRolledBack(m.getReason());
            default -> throw new UnreadableRecord("a " + message.getSchema().getName() + " is no event of a job", null);
        };
    }

    private static List<SlotId> wanted(CreateEntities command) {
        var slots = new ArrayList<SlotId>(1 + command.getAdSets().size() + command.getAds().size());
        if (command.getCampaign().getFacebookId() == null) {
            slots.add(new SlotId(EntityType.CAMPAIGN, command.getCampaign().getSlotNumber()));
        }
        for (var adSet : command.getAdSets()) {
            if (adSet.getFacebookId() == null) {
                slots.add(new SlotId(EntityType.AD_SET, adSet.getSlotNumber()));
            }
        }
        for (var ad : command.getAds()) {
            slots.add(new SlotId(EntityType.AD, ad.getSlotNumber()));
        }
        return slots;
    }

    private static List<FailedSlot> failed(SlotsFailed m) {
        return m.getSlots().stream()
                .map(f -> new FailedSlot(AvroMapper.slot(f.getEntityType(), f.getSlotNumber()),
                        FaultList.at(m.getFaults(), f.getFault())))
                .toList();
    }

    private static JobEvent.DeletionRequested deletionRequested(DeletionRequested m) {
        var reason = reason(m.getReason());
        return new JobEvent.DeletionRequested(m.getPass(), reason, switch (reason) {
            case SURPLUS -> m.getEntities().stream().filter(entity -> !entity.getFacebookId().isEmpty())
                    .map(AvroMapper::found).toList();
            case ROLLBACK -> List.of();
        });
    }

    private static DeletionReason reason(io.campaignlauncher.schemas.DeletionReason reason) {
        return DeletionReason.valueOf(reason.name());
    }
}
