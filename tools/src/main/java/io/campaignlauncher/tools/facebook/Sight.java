package io.campaignlauncher.tools.facebook;

import java.util.List;
import java.util.Map;

/**
 * What Facebook showed of a job.
 *
 * @param byId     of the ids that slots have, those that exist
 * @param labelled campaigns with the job's label
 * @param inside   what is in the job's campaign
 */
record Sight(Map<String, Seen> byId, List<Seen> labelled, List<Seen> inside) {

    /**
     * An entity that exists.
     *
     * @param type     campaign, ad_set or ad
     * @param parentId of an ad set its campaign, of an ad its ad set; empty: a campaign
     */
    record Seen(String type, String id, String name, String parentId) {}
}
