package io.campaignlauncher.simulator.core;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** {@code POST /{campaign|ad set|ad}/copies}, answered at once (graph-api.md section 1.4). */
final class Copies {

    private static final int DEEP_ADS_MAX = 3;

    private final GraphWorld world;
    private final Store store;
    private final ParsedJson json;

    Copies(GraphWorld world, Store store, ParsedJson json) {
        this.world = world;
        this.store = store;
        this.json = json;
    }

    ObjectNode copy(Call call, GraphObject source, Context context) {
        var inputs = new Inputs(call.parameters(), json);
        if (source.isDeleted()) {
            throw GraphRefusal.noSuchObject("POST", source.id());
        }
        boolean deep = inputs.isTrue("deep_copy");
        if (deep && source.kind != ObjectKind.AD && source.children(ObjectKind.AD).size() > DEEP_ADS_MAX) {
            throw GraphRefusal
                    .invalid("Too many ads for one copy: a synchronous deep copy takes at most " + DEEP_ADS_MAX
                            + ". Use an asynchronous request.")
                    .blaming("deep_copy");
        }
        var work = new Work(inputs, context, Json.array());
        var answer = Json.object();
        switch (source.kind) {
            case CAMPAIGN -> answer.put("copied_campaign_id", campaign(source, deep, work).id());
            case AD_SET -> answer.put("copied_adset_id", adSet(source, target(inputs, source), deep, true, work).id());
            case AD -> answer.put("copied_ad_id", ad(source, targetAdSet(inputs, source), true, work).id());
            case CREATIVE, LABEL, IMAGE, PAGE, PIXEL, ACCOUNT -> throw GraphRefusal.noSuchObject("POST", source.id());
        }
        answer.set("ad_object_ids", work.copied);
        return answer;
    }

    private record Work(Inputs inputs, Context context, ArrayNode copied) {}

    private GraphObject target(Inputs inputs, GraphObject source) {
        return inputs.has("campaign_id") ? living(inputs.required("campaign_id"), ObjectKind.CAMPAIGN, source)
                : parent(source.campaign);
    }

    private GraphObject targetAdSet(Inputs inputs, GraphObject source) {
        return inputs.has("adset_id") ? living(inputs.required("adset_id"), ObjectKind.AD_SET, source)
                : parent(source.adSet);
    }

    private static GraphObject parent(@Nullable GraphObject parent) {
        if (parent == null) {
            throw GraphRefusal.invalid("The source has no parent");
        }
        return parent;
    }

    private GraphObject living(String id, ObjectKind kind, GraphObject source) {
        var found = world.find(Ids.number(id));
        if (found == null || found.kind != kind || found.account != source.account || found.isDeleted()) {
            throw GraphRefusal.noSuchObject("POST", id);
        }
        return found;
    }

    private GraphObject campaign(GraphObject source, boolean deep, Work work) {
        if (source.account.live(ObjectKind.CAMPAIGN).size() >= world.rules.objectsMax()) {
            throw CampaignCreation.limitReached("campaigns");
        }
        var copy = put(source, null, null, true, work);
        if (deep) {
            List.copyOf(source.children(ObjectKind.AD_SET).values())
                    .forEach(adSet -> adSet(adSet, copy, true, false, work));
        }
        return copy;
    }

    private GraphObject adSet(GraphObject source, GraphObject campaign, boolean deep, boolean top, Work work) {
        if (campaign.children(ObjectKind.AD_SET).size() >= world.rules.adSetsPerCampaignMax()) {
            throw GraphRefusal.of(400, 2695, null,
                    "(#2695) The number of ad sets in this campaign has reached its limit");
        }
        var copy = put(source, campaign, null, top, work);
        if (deep) {
            List.copyOf(source.children(ObjectKind.AD).values()).forEach(ad -> ad(ad, copy, false, work));
        }
        return copy;
    }

    private GraphObject ad(GraphObject source, GraphObject adSet, boolean top, Work work) {
        if (adSet.children(ObjectKind.AD).size() >= world.rules.adsPerAdSetMax()) {
            throw GraphRefusal.invalid("An ad set can have at most " + world.rules.adsPerAdSetMax() + " ads");
        }
        return put(source, adSet.campaign, adSet, top, work);
    }

    private GraphObject put(GraphObject source, @Nullable GraphObject campaign, @Nullable GraphObject adSet,
            boolean top,
            Work work) {
        var copy = new GraphObject(source.kind, world.ids.next(), source.account, campaign, adSet,
                name(source, top, work),
                status(source, work.inputs), source.fields, work.context.now());
        copy.creative = source.creative;
        copy.source = source;
        for (var time : Set.of("start_time", "end_time")) {
            if (source.kind == ObjectKind.AD_SET && work.inputs.has(time)) {
                copy.change(
                        new Inputs(java.util.Map.of(time, work.inputs.required(time)), json).stored(Set.of(time)));
            }
        }
        store.put(copy, work.context, source.labels());
        work.copied.add(
                Json.object().put("ad_object_type", source.kind.copyType).put("source_id", source.id()).put("copied_id",
                        copy.id()));
        return copy;
    }

    private static String name(GraphObject source, boolean top, Work work) {
        var options = work.inputs.tree("rename_options");
        var strategy = options == null ? "" : options.path("rename_strategy").asString("");
        if (strategy.equals("NO_RENAME") || !top && !strategy.equals("DEEP_RENAME")) {
            return source.name;
        }
        var prefix = options == null ? "" : options.path("rename_prefix").asString("");
        var suffix = options == null ? "" : options.path("rename_suffix").asString("");
        return prefix.isEmpty() && suffix.isEmpty() ? source.name + " - Copy" : (prefix + source.name + suffix).strip();
    }

    private static GraphObject.Status status(GraphObject source, Inputs inputs) {
        var option = inputs.oneOf("status_option", Set.of("ACTIVE", "PAUSED", "INHERITED_FROM_SOURCE"));
        return "ACTIVE".equals(option) ? GraphObject.Status.ACTIVE
                : "INHERITED_FROM_SOURCE".equals(option) ? source.status : GraphObject.Status.PAUSED;
    }
}
