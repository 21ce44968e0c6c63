package io.campaignlauncher.simulator.core;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The rules of {@code POST /act_x/ads} and {@code POST /act_x/adcreatives}. */
final class AdCreation {

    private AdCreation() {}

    static GraphObject build(GraphWorld world, Account account, Inputs inputs, Context context) {
        var name = inputs.name();
        if (!inputs.has("status")) {
            throw GraphRefusal.invalid("Please include a status for the ad").blaming("status");
        }
        var status = Statuses.onCreate(inputs, GraphObject.Status.PAUSED);
        var adSet = Parents.open(world, account, inputs, context, ObjectKind.AD_SET, "adset_id");
        if (adSet.children(ObjectKind.AD).size() >= account.rules.adsPerAdSetMax()) {
            throw GraphRefusal.invalid("An ad set can have at most " + account.rules.adsPerAdSetMax()
                    + " ads that are not archived").blaming("adset_id");
        }
        if (account.live(ObjectKind.AD).size() >= account.rules.objectsMax()) {
            throw CampaignCreation.limitReached("ads");
        }
        var creative = creative(world, account, inputs, name, context);
        var ad = new GraphObject(ObjectKind.AD, world.ids.next(), account, adSet.campaign, adSet, name, status,
                inputs.stored(NodeFields.of(ObjectKind.AD)), context.now());
        ad.creative = creative;
        return ad;
    }

    static GraphObject buildCreative(GraphWorld world, Account account, Inputs inputs, Context context) {
        var fields = inputs.stored(NodeFields.of(ObjectKind.CREATIVE));
        var name = inputs.text("name");
        return creative(world, account, fields, name == null ? "" : name, context);
    }

    private static GraphObject creative(GraphWorld world, Account account, Inputs inputs, String adName,
            Context context) {
        var given = inputs.requiredTree("creative");
        var reference = given.path("creative_id").asString(given.path("id").asString(""));
        if (!reference.isEmpty()) {
            var known = Parents.find(world, context, reference);
            if (known == null || known.kind != ObjectKind.CREATIVE || known.account != account || known.isDeleted()) {
                throw GraphRefusal.noSuchObject("POST", reference).blaming("creative");
            }
            return known;
        }
        var fields = new HashMap<String, JsonNode>();
        var names = NodeFields.of(ObjectKind.CREATIVE);
        given.properties().forEach(each -> {
            if (names.contains(each.getKey()) && !each.getKey().equals("name")) {
                fields.put(each.getKey(), each.getValue());
            }
        });
        return creative(world, account, inputs.shared(fields), given.path("name").asString(adName), context);
    }

    private static GraphObject creative(GraphWorld world, Account account, Map<String, JsonNode> fields, String name,
            Context context) {
        checkSpec(fields);
        new CreativeMedia(world, account, context.now()).check(fields);
        if (context.has(FaultEffect.CreativeReused.class)) {
            var equal = account.creativesByFields.get(fields);
            if (equal != null && !equal.isDeleted()) {
                return equal;
            }
        }
        return new GraphObject(ObjectKind.CREATIVE, world.ids.next(), account, null, null, name,
                GraphObject.Status.ACTIVE, fields, context.now());
    }

    private static void checkSpec(Map<String, JsonNode> fields) {
        var story = fields.get("object_story_spec");
        var post = fields.get("object_story_id");
        if (story != null) {
            var page = story.path("page_id").asString("");
            if (page.isEmpty()) {
                throw GraphRefusal.invalid("object_story_spec needs a page_id").blaming("object_story_spec");
            }
            checkPage(page);
            checkStory(story);
        } else if (post != null) {
            var text = post.asString("");
            int line = text.indexOf('_');
            if (line < 1) {
                throw GraphRefusal.invalid("object_story_id must be {page_id}_{post_id}").blaming("object_story_id");
            }
            checkPage(text.substring(0, line));
        } else if (!fields.containsKey("asset_feed_spec") && !fields.containsKey("product_set_id")
                && !fields.containsKey("source_instagram_media_id") && !fields.containsKey("image_hash")
                && !fields.containsKey("video_id")) {
            throw GraphRefusal.invalid("The creative needs object_story_spec, object_story_id or asset_feed_spec")
                    .blaming(
                            "creative");
        }
    }

    private static void checkStory(JsonNode story) {
        var link = story.get("link_data");
        if (link == null) {
            if (!story.has("video_data") && !story.has("photo_data") && !story.has("text_data") && !story.has(
                    "template_data")) {
                throw GraphRefusal.invalid("object_story_spec needs link_data, video_data, photo_data or template_data")
                        .blaming("object_story_spec");
            }
            return;
        }
        if (link.path("link").asString("").isEmpty()) {
            throw GraphRefusal.invalid("link_data needs a link").blaming("object_story_spec");
        }
    }

    static void checkPage(@Nullable String page) {
        if (!GraphWorld.PAGE.equals(page)) {
            throw GraphRefusal.invalid(1487202, "You need an advertiser role on the Page",
                    "You do not have permission to advertise for this Page, or it does not exist.").blaming("page_id");
        }
    }
}
