package io.campaignlauncher.look;

import io.campaignlauncher.job.model.EntityType;

/**
 * An entity that exists.
 *
 * @param status          as somebody set it; empty: Facebook did not say
 * @param effectiveStatus what it is shown as, its parents considered; empty: Facebook did not say
 * @param parentId        of an ad set its campaign, of an ad its ad set; empty: a campaign
 */
public record ObservedEntity(EntityType type, String id, String name, String status, String effectiveStatus,
        String parentId) {}
