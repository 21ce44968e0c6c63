package io.campaignlauncher.tools.facebook;

import java.util.List;
import java.util.Map;

/**
 * What was read at one time of all that a job has on Facebook.
 *
 * @param byId     of the ids that slots have, those that exist
 * @param labelled campaigns with the job's label
 * @param inside   what is in the job's campaign
 */
record FacebookSnapshot(Map<String, ObservedEntity> byId, List<ObservedEntity> labelled, List<ObservedEntity> inside) {

    /**
     * An entity that exists.
     *
     * @param type     campaign, ad_set or ad
     * @param parentId of an ad set its campaign, of an ad its ad set; empty: a campaign
     */
    record ObservedEntity(String type, String id, String name, String parentId) {}
}
