package io.campaignlauncher.job.calls;

import io.campaignlauncher.readmodel.JobView;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.GraphCallOutcome;
import io.campaignlauncher.schemas.GraphCallPart;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a request, as people see it.
 *
 * @param path       what kind of address it went to
 * @param entityType campaign, ad_set or ad; null where it is not about one kind
 * @param slotNumber null where it fills none
 * @param outcome    sent, not_sent, refused, limited or unknown
 */
public record CallPart(String method, String path, @Nullable String entityType, @Nullable Integer slotNumber,
        String outcome,
        @Nullable Integer code, @Nullable Integer subcode, @Nullable String message) {

    static CallPart of(GraphCallPart part) {
        return new CallPart(part.getMethod(), part.getPath(),
                part.getEntityType() == EntityType.UNKNOWN ? null : JobView.wireName(part.getEntityType()),
                part.getSlotNumber() == 0 ? null : part.getSlotNumber(), outcome(part.getOutcome()), part.getCode(),
                part.getSubcode(), part.getMessage());
    }

    static String outcome(GraphCallOutcome outcome) {
        return switch (outcome) {
            case SENT -> "sent";
            case NOT_SENT -> "not_sent";
            case REFUSED -> "refused";
            case LIMITED -> "limited";
            case IN_DOUBT, UNKNOWN -> "unknown";
        };
    }
}
