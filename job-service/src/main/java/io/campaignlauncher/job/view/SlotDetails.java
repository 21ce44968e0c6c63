package io.campaignlauncher.job.view;

import io.campaignlauncher.readmodel.JobView;
import io.campaignlauncher.readmodel.SlotView;
import org.jspecify.annotations.Nullable;

/** A slot as people see it. @param entityType campaign, ad_set or ad */
public record SlotDetails(String entityType, int slotNumber, String status, @Nullable String facebookId, String name,
        int retryCount, @Nullable String error) {

    static SlotDetails of(SlotView slot) {
        return new SlotDetails(JobView.wireName(slot.type()), slot.number(), JobView.wireName(slot.status()),
                slot.facebookId(),
                slot.name(), slot.retryCount(), slot.error());
    }
}
