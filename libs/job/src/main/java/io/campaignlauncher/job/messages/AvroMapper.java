package io.campaignlauncher.job.messages;

import io.campaignlauncher.job.model.CreatedSlot;
import io.campaignlauncher.job.model.ErrorKind;
import io.campaignlauncher.job.model.Fault;
import io.campaignlauncher.job.model.FoundEntity;
import io.campaignlauncher.job.model.MediaFile;
import io.campaignlauncher.job.model.SlotId;
import io.campaignlauncher.schemas.CreatedEntity;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.schemas.MediaType;
import io.campaignlauncher.schemas.SlotRef;
import io.campaignlauncher.schemas.UnreadableRecord;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns what events and reports have in common from the model into Avro records, and back. */
final class AvroMapper {

    private AvroMapper() {}

    static EntityType toAvro(io.campaignlauncher.job.model.EntityType type) {
        return switch (type) {
            case CAMPAIGN -> EntityType.CAMPAIGN;
            case AD_SET -> EntityType.AD_SET;
            case AD -> EntityType.AD;
        };
    }

    static SlotId slot(EntityType type, int number) {
        return new SlotId(switch (type) {
            case CAMPAIGN -> io.campaignlauncher.job.model.EntityType.CAMPAIGN;
            case AD_SET -> io.campaignlauncher.job.model.EntityType.AD_SET;
            case AD -> io.campaignlauncher.job.model.EntityType.AD;
            case UNKNOWN -> throw new UnreadableRecord("an entity type that this version does not know", null);
        }, number);
    }

    static SlotId slot(SlotRef ref) {
        return slot(ref.getEntityType(), ref.getSlotNumber());
    }

    static SlotRef toAvro(SlotId id) {
        return new SlotRef(toAvro(id.type()), id.number());
    }

    static CreatedEntity toAvro(CreatedSlot slot) {
        return new CreatedEntity(toAvro(slot.id().type()), slot.id().number(), slot.facebookId(), slot.adopted());
    }

    static CreatedSlot created(CreatedEntity entity) {
        return new CreatedSlot(slot(entity.getEntityType(), entity.getSlotNumber()), entity.getFacebookId(),
                entity.getAdopted());
    }

    static Entity toAvro(FoundEntity entity) {
        return new Entity(toAvro(entity.slot().type()), entity.facebookId(), entity.name(), entity.slot().number());
    }

    static FoundEntity found(Entity entity) {
        return new FoundEntity(slot(entity.getEntityType(), entity.getSlotNumber()), entity.getFacebookId(),
                entity.getName());
    }

    static List<io.campaignlauncher.schemas.MediaFile> toAvro(List<MediaFile> media) {
        return media.stream().map(file -> new io.campaignlauncher.schemas.MediaFile(file.reference(),
                MediaType.valueOf(file.type().name()), file.facebookId(), file.thumbnailUrl())).toList();
    }

    static List<MediaFile> media(List<io.campaignlauncher.schemas.MediaFile> media) {
        return media.stream().map(file -> new MediaFile(file.getReference(), switch (file.getType()) {
            case IMAGE -> io.campaignlauncher.job.model.MediaType.IMAGE;
            case VIDEO -> io.campaignlauncher.job.model.MediaType.VIDEO;
            case UNKNOWN -> throw new UnreadableRecord("a media type that this version does not know", null);
        }, file.getFacebookId(), file.getThumbnailUrl())).toList();
    }

    static GraphFault toAvro(Fault fault) {
        return GraphFault.newBuilder()
                .setKind(switch (fault.kind()) {
                    case PERMANENT -> io.campaignlauncher.schemas.ErrorKind.PERMANENT;
                    case RATE_LIMIT -> io.campaignlauncher.schemas.ErrorKind.RATE_LIMIT;
                    case TEMPORARY -> io.campaignlauncher.schemas.ErrorKind.TEMPORARY;
                })
                .setOutcomeUnknown(fault.outcomeUnknown())
                .setCode(fault.code())
                .setSubcode(fault.subcode())
                .setMessage(fault.message())
                .setFbtraceId(fault.fbtraceId())
                .setRetryAt(fault.retryAt())
                .build();
    }

    static Fault fault(GraphFault fault) {
        return new Fault(switch (fault.getKind()) {
            case PERMANENT -> ErrorKind.PERMANENT;
            case RATE_LIMIT -> ErrorKind.RATE_LIMIT;
            case TEMPORARY, UNKNOWN -> ErrorKind.TEMPORARY;
        }, fault.getOutcomeUnknown(), fault.getCode(), fault.getSubcode(), fault.getMessage(), fault.getFbtraceId(),
                fault.getRetryAt());
    }

    static @Nullable Fault faultOrNull(@Nullable GraphFault fault) {
        return fault == null ? null : fault(fault);
    }

    static @Nullable GraphFault toAvroOrNull(@Nullable Fault fault) {
        return fault == null ? null : toAvro(fault);
    }

    static Instant needed(@Nullable Instant time, String field) {
        if (time == null) {
            throw new UnreadableRecord(field + " is needed", null);
        }
        return time;
    }
}
