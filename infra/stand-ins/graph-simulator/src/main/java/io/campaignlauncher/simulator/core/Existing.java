package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An object as it really is, whatever edges show.
 *
 * @param accountId  with {@code act_}
 * @param campaignId of an ad set or ad, else null
 * @param adSetId    of an ad, else null
 * @param labels     names
 * @param dailyBudget minor units, as text; null: it has none
 */
public record Existing(String id, ObjectKind kind, String name, String status, String effectiveStatus, String accountId,
        @Nullable String campaignId, @Nullable String adSetId, List<String> labels, Instant createdTime,
        @Nullable String dailyBudget) {

    static Existing of(GraphObject object, Instant now) {
        return new Existing(object.id(), object.kind, object.name, object.status.name(), object.effectiveStatus(now),
                "act_"
                        + object.account.digits,
                object.campaign == null ? null : object.campaign.id(), object.adSet == null ? null
                        : object.adSet.id(),
                object.labels().stream().map(label -> label.name).toList(), object.createdTime,
                object.fields.containsKey("daily_budget") ? object.fields.get("daily_budget").asString() : null);
    }
}
