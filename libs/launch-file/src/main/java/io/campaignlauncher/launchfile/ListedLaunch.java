package io.campaignlauncher.launchfile;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.LaunchPlan;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Launches of every strategy as if each of their ad sets and ads had been listed. */
public final class ListedLaunch {

    private static final String STRATEGY = "strategy";
    private static final String AD_SETS = "adSets";
    private static final String ADS = "ads";
    private static final String FURTHER = "graphFields";

    private ListedLaunch() {}

    /** @param plan of the launch, which names what a body of another strategy only counts */
    public static ObjectNode of(ObjectNode body, LaunchPlan plan) {
        if (LaunchBody.STRATEGY.equals(body.path(STRATEGY).asString())) {
            return body;
        }
        var listed = body.deepCopy().put(STRATEGY, LaunchBody.STRATEGY);
        listed.remove("adSetCount");
        listed.remove("adCount");
        var adSets = listed.putArray(AD_SETS);
        for (var slot : plan.slots()) {
            if (slot.id().type() == EntityType.AD_SET) {
                adSets.addObject().put("name", slot.name()).putArray(ADS);
            } else if (slot.id().type() == EntityType.AD) {
                ((ArrayNode) adSets.get(slot.adSetNumber() - 1).get(ADS)).addObject().put("name", slot.name());
            }
        }
        return listed;
    }

    /** The same with everything in each entry that it takes from the defaults, which are gone. */
    static ObjectNode withoutDefaults(ObjectNode listed) {
        var whole = listed.deepCopy();
        var adSetDefaults = object(whole, "adSet");
        var adDefaults = object(whole, "ad");
        var adSets = whole.putArray(AD_SETS);
        for (var adSet : listed.path(AD_SETS)) {
            var entry = over(adSetDefaults, (ObjectNode) adSet);
            var ads = entry.putArray(ADS);
            adSet.path(ADS).forEach(ad -> ads.add(over(adDefaults, (ObjectNode) ad)));
            adSets.add(entry);
        }
        return whole;
    }

    private static ObjectNode object(ObjectNode body, String name) {
        return body.remove(name) instanceof ObjectNode defaults ? defaults : JsonNodeFactory.instance.objectNode();
    }

    private static ObjectNode over(ObjectNode defaults, ObjectNode entry) {
        var whole = defaults.deepCopy();
        var further = object(whole, FURTHER).setAll(object(entry.deepCopy(), FURTHER));
        whole.setAll(entry);
        if (further.isEmpty()) {
            whole.remove(FURTHER);
        } else {
            whole.set(FURTHER, further);
        }
        return whole;
    }
}
