package io.campaignlauncher.launchfile;

import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.LaunchPlan;
import io.campaignlauncher.job.request.LaunchJson;
import io.campaignlauncher.job.request.SlotSpecs;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Launches of every strategy as if each of their ad sets and ads had been listed. */
public final class ListedLaunch {

    private static final String STRATEGY = "strategy";
    private static final String AD_SETS = "adSets";
    private static final String AD_SET = "adSet";
    private static final String AD = "ad";
    private static final String NAME = "name";
    private static final String TEXTS = "texts";
    private static final String LINKS = "links";
    private static final String DAILY_BUDGET = "dailyBudget";
    private static final String LIFETIME_BUDGET = "lifetime_budget";
    private static final String ADS = "ads";
    private static final String FURTHER = "graphFields";

    private ListedLaunch() {}

    /** @param plan of the launch, which names what a body of another strategy only counts */
    public static ObjectNode of(ObjectNode body, LaunchPlan plan) {
        if (LaunchBody.STRATEGY.equals(body.path(STRATEGY).asString())) {
            return body;
        }
        var listed = body.deepCopy().put(STRATEGY, LaunchBody.STRATEGY);
        listed.remove(List.of("adSetCount", "adCount"));
        if (listed.get(AD_SET) instanceof ObjectNode every) {
            every.remove(NAME);
        }
        boolean inTurn = listed.get(AD) instanceof ObjectNode every && (every.has(TEXTS) || every.has(LINKS));
        if (listed.get(AD) instanceof ObjectNode every) {
            every.remove(List.of(NAME, TEXTS, LINKS));
        }
        var specs = new SlotSpecs(LaunchJson.read(body, "", new ArrayList<>()));
        var adSets = listed.putArray(AD_SETS);
        for (var slot : plan.slots()) {
            if (slot.id().type() == EntityType.AD_SET) {
                adSets.addObject().put(NAME, slot.name()).putArray(ADS);
            } else if (slot.id().type() == EntityType.AD) {
                var ad = ((ArrayNode) adSets.get(slot.adSetNumber() - 1).get(ADS)).addObject().put(NAME, slot.name());
                if (inTurn) {
                    ad.set("creative", JsonMapper.shared().readTree(specs.ad(slot.id().number()).creative()));
                }
            }
        }
        return listed;
    }

    /** The same with everything in each entry that it takes from the defaults, which are gone. */
    static ObjectNode withoutDefaults(ObjectNode listed) {
        var whole = listed.deepCopy();
        var adSetDefaults = object(whole, AD_SET);
        var adDefaults = object(whole, AD);
        var adSets = whole.putArray(AD_SETS);
        for (var adSet : listed.path(AD_SETS)) {
            var entry = over(hasBudget(adSet) ? withoutBudget(adSetDefaults) : adSetDefaults, (ObjectNode) adSet);
            var ads = entry.putArray(ADS);
            adSet.path(ADS).forEach(ad -> ads.add(over(adDefaults, (ObjectNode) ad)));
            adSets.add(entry);
        }
        return whole;
    }

    private static boolean hasBudget(JsonNode adSet) {
        return adSet.has(DAILY_BUDGET) || adSet.path(FURTHER).has(LIFETIME_BUDGET);
    }

    /** An ad set with a budget of its own has no part of what is given for all. */
    private static ObjectNode withoutBudget(ObjectNode defaults) {
        var others = defaults.deepCopy();
        others.remove(DAILY_BUDGET);
        if (others.get(FURTHER) instanceof ObjectNode further) {
            further.remove(LIFETIME_BUDGET);
        }
        return others;
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
