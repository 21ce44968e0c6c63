package io.campaignlauncher.readmodel;

import io.campaignlauncher.job.model.SlotStatus;
import io.campaignlauncher.messaging.Anomaly;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.CreationRoundEnded;
import io.campaignlauncher.schemas.DeletionReason;
import io.campaignlauncher.schemas.EntitiesDeleted;
import io.campaignlauncher.schemas.RoundEnd;
import io.campaignlauncher.schemas.SlotsCreated;
import io.campaignlauncher.schemas.SlotsFailed;
import io.campaignlauncher.schemas.SlotsReopened;
import java.util.EnumMap;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;

/** The anomalies that some events tell of: one for each slot or entity that met it. */
final class AnomalyTally {

    private final Map<Anomaly, Long> times = new EnumMap<>(Anomaly.class);

    Map<Anomaly, Long> times() {
        return times;
    }

    void repeated() {
        add(Anomaly.EVENT_REPEATED, 1);
    }

    /** @param job as it was before the event */
    void add(JobView job, SpecificRecord event) {
        switch (event) {
            case SlotsCreated e -> e.getSlots().forEach(entity -> created(job, e.getRound(), entity));
            case SlotsFailed e -> e.getSlots().forEach(slot -> {
                var fault = ErrorHistory.faultAt(e.getFaults(), slot.getFault());
                if (fault.getOutcomeUnknown()) {
                    add(fault.getCode() == null ? Anomaly.OUTCOME_UNKNOWN_NO_ANSWER : Anomaly.OUTCOME_UNKNOWN_ERROR, 1);
                }
            });
            case CreationRoundEnded e when e.getEnd() == RoundEnd.INTERRUPTED -> add(Anomaly.INTERRUPTED, 1);
            case CreationRoundEnded e when e.getEnd() == RoundEnd.UNHEARD -> add(Anomaly.UNHEARD, 1);
            case SlotsReopened e -> add(Anomaly.REOPENED, e.getSlots().size());
            case EntitiesDeleted e when e.getReason() == DeletionReason.SURPLUS -> e.getEntities().forEach(
                    entity -> add(entity.getSlotNumber() == 0 ? Anomaly.SURPLUS_OF_NO_SLOT : Anomaly.SURPLUS_OF_A_SLOT,
                            1));
            default -> {
            }
        }
    }

    private void created(JobView job, int round, CreatedEntity entity) {
        if (entity.getAdopted()) {
            add(round == 0 ? Anomaly.ADOPTED_BY_A_VERIFICATION : Anomaly.ADOPTED_BY_A_ROUND, 1);
        }
        if (round > 0) {
            var slot = job.slot(entity.getEntityType(), entity.getSlotNumber());
            if (Boolean.TRUE.equals(job.get(JobColumn.ROLLBACK_TRIGGERED))) {
                add(Anomaly.LATE_AFTER_ROLLBACK, 1);
            } else if (slot != null && slot.status != SlotStatus.CREATING) {
                add(Anomaly.LATE_AFTER_ROUND, 1);
            }
        }
    }

    private void add(Anomaly anomaly, long more) {
        times.merge(anomaly, more, Long::sum);
    }
}
