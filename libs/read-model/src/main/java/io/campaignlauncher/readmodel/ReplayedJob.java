package io.campaignlauncher.readmodel;

import io.campaignlauncher.schemas.AvroEncoding;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.QuickDecoding;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.apache.avro.specific.SpecificRecord;
import org.jspecify.annotations.Nullable;

/** The rows of one job as its events make them, without any table: what the live tables should hold. One thread at a time. */
public final class ReplayedJob {

    /** Messages of which the rows need to know no more than that they came. */
    public static final Set<String> UNREAD_TYPES = Set.of("PreVerificationRequested", "VerificationRequested",
            "DeletionRequested", "EntitiesSnapshotted", "RollbackDeclined", "JobCompleted");
    /** Fields of other messages that leave nothing in the rows. */
    public static final Set<String> UNREAD_FIELDS = Set.of("PlannedEntity.name", "PlannedEntity.adSetSlotNumber",
            "CreateEntities.jobId", "CreateEntities.adAccountId", "CreateEntities.credentialId",
            "CreateEntities.tenant",
            "CreateEntities.label", "CreateEntities.pageId", "CreateEntities.pixelId", "CreateEntities.campaignSpec",
            "CreateEntities.adSetSpec", "CreateEntities.adSpec", "SlotsCreated.jobId", "CreationRequested.jobId");

    private final JobView view;

    public ReplayedJob(UUID jobId) {
        this.view = JobView.unseen(jobId);
    }

    /** Reads events as far as {@link #apply} needs them. */
    public static QuickDecoding decoding(AvroEncoding encoding) {
        return new QuickDecoding(encoding, UNREAD_TYPES, UNREAD_FIELDS);
    }

    public UUID jobId() {
        return view.jobId();
    }

    /** The sequence of the last event folded in, -1 for none. */
    public long version() {
        return view.version();
    }

    /** Whether the last event folded in was one of the job's ends. */
    public boolean settled() {
        return view.settled();
    }

    /** When its last event happened, in microseconds; null before the first. */
    public @Nullable Instant updatedAt() {
        return (Instant) view.get(JobColumn.UPDATED_AT);
    }

    /**
     * Folds in the next event.
     *
     * @param event null where this version cannot read it: then it only counts, as in the live tables
     * @throws IllegalArgumentException for another event than the next
     */
    public void apply(long sequence, Instant time, @Nullable SpecificRecord event) {
        if (sequence != view.version() + 1) {
            throw new IllegalArgumentException("event " + sequence + " does not follow event " + view.version());
        }
        JobFold.next(view, sequence, time, event);
    }

    /** Slots of this type that were allotted. */
    public int requested(EntityType type) {
        return (int) view.slots().stream().filter(slot -> slot.type() == type).count();
    }

    /** Slots of this type that Facebook is known to fill. */
    public int created(EntityType type) {
        return view.created(type);
    }

    JobView view() {
        return view;
    }
}
