package io.campaignlauncher.launchfile;

import io.campaignlauncher.job.model.NumberedNames;
import java.util.Set;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The body of a launch that lists its ad sets and ads, without who launches it and where. */
final class LaunchBody {

    static final String STRATEGY = "AS_LISTED";
    /** Ad sets with these need a pixel. */
    static final Set<String> CONVERSION_GOALS = Set.of("OFFSITE_CONVERSIONS", "VALUE");
    private static final String AD_SETS = "adSets";
    private static final String PIXEL_ID = "pixelId";
    private static final String PROMOTED = "/graphFields/promoted_object";

    private LaunchBody() {}

    static ObjectNode of(CampaignDraft campaign) {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("strategy", STRATEGY);
        var entry = campaign.draft().entry();
        if (!entry.has("specialAdCategories")) {
            entry.putArray("specialAdCategories");
        }
        body.set("campaign", entry);
        var adSetNames = new NumberedNames(campaign.adSets().stream().map(AdSetDraft::name).toList());
        var adNames = new NumberedNames(campaign.ads().map(AdDraft::name).toList());
        var adSets = body.putArray(AD_SETS);
        for (var adSet : campaign.adSets()) {
            var listed = adSet.draft().entry().put("name", adSetNames.next(adSet.name()));
            var ads = listed.putArray("ads");
            adSet.ads().forEach(ad -> ads.add(ad.entry().put("name", adNames.next(ad.name()))));
            adSets.add(listed);
        }
        body.setAll(common(body));
        leavePixelToLaunch(body);
        return body;
    }

    /** An ad set that names the launch's pixel and no event gets the event that fits the objective. */
    private static void leavePixelToLaunch(ObjectNode body) {
        for (var adSet : body.path(AD_SETS)) {
            if (isForConversions(adSet) && body.has(PIXEL_ID) && adSet.at(PROMOTED).size() == 1
                    && adSet.at(PROMOTED).path("pixel_id").equals(body.get(PIXEL_ID))) {
                var further = ((ObjectNode) adSet).withObjectProperty("graphFields");
                further.remove("promoted_object");
                if (further.isEmpty()) {
                    ((ObjectNode) adSet).remove("graphFields");
                }
            }
        }
    }

    /** The other way round: each ad set that takes the launch's pixel names it. */
    static void spellOutPixel(ObjectNode body) {
        for (var adSet : body.path(AD_SETS)) {
            if (isForConversions(adSet) && body.has(PIXEL_ID) && adSet.at(PROMOTED).isMissingNode()) {
                ((ObjectNode) adSet).withObjectProperty("graphFields").putObject("promoted_object")
                        .set("pixel_id", body.get(PIXEL_ID));
            }
        }
    }

    private static boolean isForConversions(JsonNode adSet) {
        return CONVERSION_GOALS.contains(adSet.path("optimizationGoal").asString(""));
    }

    /** What all entries of a launch that say it say alike, so that it is looked at before anything is made. */
    static ObjectNode common(ObjectNode body) {
        var common = body.objectNode();
        var adSets = body.path(AD_SETS);
        putCommon(common, "pageId", adSets.valueStream().flatMap(adSet -> adSet.path("ads").valueStream()),
                "/creative/object_story_spec/page_id");
        putCommon(common, PIXEL_ID, adSets.valueStream(), PROMOTED + "/pixel_id");
        return common;
    }

    private static void putCommon(ObjectNode common, String field, Stream<JsonNode> entries, String path) {
        var all = entries.map(entry -> entry.at(path)).filter(node -> !node.isMissingNode()).distinct().limit(2)
                .toList();
        if (all.size() == 1) {
            common.set(field, all.getFirst());
        }
    }
}
