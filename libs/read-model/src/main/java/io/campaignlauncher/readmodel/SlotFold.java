package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.DeletionFault;
import io.campaignlauncher.schemas.DeletionPassEnded;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.SlotsReopened;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** What events do to slots. Slots that were never allotted are passed over. */
final class SlotFold {

    private SlotFold() {}

    static void requested(JobView job, CreateEntities command, Instant at) {
        if (command.getCampaign().getFacebookId() == null) {
            change(job, EntityType.CAMPAIGN, command.getCampaign().getSlotNumber(), slot -> slot.creating(at));
        }
        for (var adSet : command.getAdSets()) {
            if (adSet.getFacebookId() == null) {
                change(job, EntityType.AD_SET, adSet.getSlotNumber(), slot -> slot.creating(at));
            }
        }
        for (var ad : command.getAds()) {
            if (ad.getFacebookId() == null) {
                change(job, EntityType.AD, ad.getSlotNumber(), slot -> slot.creating(at));
            }
        }
    }

    static void created(JobView job, SlotsCreated e, Instant at) {
        for (var entity : e.getSlots()) {
            change(job, entity.getEntityType(), entity.getSlotNumber(),
                    slot -> slot.created(entity.getFacebookId(), entity.getAdopted(), at));
        }
        if (e.getRound() > 0) {
            job.set(JobColumn.ENTITIES_CHANGED_AT, at);
        }
    }

    static void failed(JobView job, SlotsFailed e, Instant at) {
        for (var failed : e.getSlots()) {
            var fault = ErrorHistory.faultAt(e.getFaults(), failed.getFault());
            change(job, failed.getEntityType(), failed.getSlotNumber(),
                    slot -> slot.failed(ErrorHistory.described(fault), at));
        }
        ErrorHistory.addFailed(job, at, e);
    }

    static void roundEnded(JobView job, Instant at) {
        for (var slot : job.slots()) {
            if (slot.status == SlotStatus.CREATING) {
                slot.freed(null, at);
            }
        }
    }

    static void reopened(JobView job, SlotsReopened e, Instant at) {
        for (var ref : e.getSlots()) {
            change(job, ref.getEntityType(), ref.getSlotNumber(), slot -> slot.freed(e.getReason(), at));
        }
    }

    static void deleted(JobView job, EntitiesDeleted e, Instant at) {
        job.set(JobColumn.ENTITIES_CHANGED_AT, at);
        if (e.getReason() == DeletionReason.ROLLBACK) {
            for (var entity : e.getEntities()) {
                change(job, entity.getEntityType(), entity.getSlotNumber(), slot -> {
                    if (entity.getFacebookId().equals(slot.facebookId)) {
                        slot.rolledBack(at);
                    }
                });
            }
        }
    }

    /** What the pass found exists, also where an earlier one had taken it for gone. */
    static void passEnded(JobView job, DeletionPassEnded e, Instant at) {
        if (!e.getUnconfirmed().isEmpty()) {
            job.set(JobColumn.ENTITIES_CHANGED_AT, at);
        }
        Stream.concat(e.getFailed().stream().map(DeletionFault::getEntity), e.getUnconfirmed().stream())
                .forEach(entity -> change(job, entity.getEntityType(), entity.getSlotNumber(), slot -> {
                    if (slot.status == SlotStatus.ROLLED_BACK && entity.getFacebookId().equals(slot.facebookId)) {
                        slot.foundAgain(at);
                    }
                }));
    }

    private static void change(JobView job, EntityType type, int number, Consumer<SlotView> change) {
        var slot = job.slot(type, number);
        if (slot != null) {
            change.accept(slot);
        }
    }
}
