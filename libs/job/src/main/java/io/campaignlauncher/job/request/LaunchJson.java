package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.CampaignSpec;
import io.campaignlauncher.job.model.DuplicateName;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.RequestRules;
import io.campaignlauncher.job.model.RollbackPolicy;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Variations;
import io.campaignlauncher.job.model.Violation;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** A launch request as JSON. */
public final class LaunchJson {

    private static final int PRIORITY = 5;

    private LaunchJson() {}

    /**
     * @param key   its idempotency key
     * @param found where wrong types and unknown fields are noted; what the rules say is not looked at
     * @return the request in canonical form; it does not say whose job it becomes
     */
    public static LaunchRequest read(ObjectNode body, String key, List<Violation> found) {
        return LaunchRequests.canonical(request(new Fields(body, found), key));
    }

    /** Notes what is wrong with fields of which nothing was noted before. */
    public static void note(List<Violation> found, List<Violation> further) {
        var complainedOf = new HashSet<String>();
        found.forEach(violation -> complainedOf.add(violation.field()));
        further.stream().filter(violation -> !complainedOf.contains(violation.field())).forEach(found::add);
    }

    /** What {@link #read} makes the same request of: all of it but the key and whose job it becomes. */
    public static ObjectNode write(LaunchRequest r) {
        var body = CanonicalJson.MAPPER.createObjectNode();
        body.put("userId", r.userId()).put("adAccountId", r.adAccountId()).put("credentialId", r.credentialId());
        put(body, "strategy", r.strategy());
        putIfGiven(body, "adSetCount", r.adSetCount());
        putIfGiven(body, "adCount", r.adCount());
        putIfGiven(body, "pageId", r.pageId());
        putIfGiven(body, "pixelId", r.pixelId());
        var campaign = body.putObject("campaign").put("name", r.campaign().name())
                .put("objective", r.campaign().objective());
        r.campaign().specialAdCategories().forEach(campaign.withArray("specialAdCategories")::add);
        put(campaign, r.campaign().graphFields());
        writeAdSet(body.putObject("adSet"), r);
        writeAd(body.putObject("ad"), r);
        if (!r.variations().adSets().isEmpty()) {
            var listed = body.putArray("adSets");
            r.variations().adSets().forEach(adSet -> write(listed.addObject(), adSet));
        }
        if (r.variations().numberRepeatedNames()) {
            body.put("numberRepeatedNames", true);
        }
        putIfGiven(body, "startAt", r.startAt());
        putIfGiven(body, "mediaUpload", r.mediaUpload());
        putIfGiven(body, "retryBudget", r.retryBudget());
        put(body, "rollbackPolicy", r.rollbackPolicy());
        put(body, "duplicateName", r.duplicateName());
        if (r.webhook() != null) {
            body.putObject("notify").put("webhook", r.webhook());
        }
        return body.put("priority", r.priority());
    }

    private static void writeAdSet(ObjectNode adSet, LaunchRequest r) {
        putIfGiven(adSet, "name", r.variations().adSetName());
        putIfGiven(adSet, "dailyBudget", r.adSet().dailyBudget());
        adSet.put("billingEvent", r.adSet().billingEvent()).put("optimizationGoal", r.adSet().optimizationGoal());
        putJson(adSet, "targeting", r.adSet().targeting());
        put(adSet, r.adSet().graphFields());
    }

    private static void writeAd(ObjectNode ad, LaunchRequest r) {
        putIfGiven(ad, "name", r.variations().adName());
        if (!r.variations().texts().isEmpty()) {
            r.variations().texts().forEach(ad.putArray("texts")::add);
        }
        if (!r.variations().links().isEmpty()) {
            r.variations().links().forEach(ad.putArray("links")::add);
        }
        putJson(ad, "creative", r.ad().creative());
        put(ad, r.ad().graphFields());
    }

    private static void write(ObjectNode adSet, ListedAdSet listed) {
        putIfGiven(adSet, "name", listed.name());
        putIfGiven(adSet, "dailyBudget", listed.dailyBudget());
        putIfGiven(adSet, "billingEvent", listed.billingEvent());
        putIfGiven(adSet, "optimizationGoal", listed.optimizationGoal());
        putJson(adSet, "targeting", listed.targeting());
        put(adSet, listed.graphFields());
        var ads = adSet.putArray("ads");
        listed.ads().forEach(listedAd -> {
            var ad = ads.addObject();
            putIfGiven(ad, "name", listedAd.name());
            putJson(ad, "creative", listedAd.creative());
            put(ad, listedAd.graphFields());
        });
    }

    private static void putIfGiven(ObjectNode object, String name, @Nullable String text) {
        if (text != null) {
            object.put(name, text);
        }
    }

    private static void putIfGiven(ObjectNode object, String name, @Nullable Number number) {
        if (number != null) {
            object.put(name, number.longValue());
        }
    }

    private static void put(ObjectNode object, String name, @Nullable Enum<?> constant) {
        if (constant != null) {
            object.put(name, constant.name());
        }
    }

    private static void putJson(ObjectNode object, String name, @Nullable String json) {
        if (json != null && !json.isEmpty()) {
            object.set(name, CanonicalJson.MAPPER.readTree(json));
        }
    }

    private static void put(ObjectNode object, Map<String, String> graphFields) {
        if (!graphFields.isEmpty()) {
            var fields = object.putObject("graphFields");
            new TreeMap<>(graphFields).forEach((name, json) -> putJson(fields, name, json));
        }
    }

    private static LaunchRequest request(Fields fields, String key) {
        var campaign = campaign(fields.within("campaign"));
        var everyAdSet = fields.within("adSet");
        var everyAd = fields.within("ad");
        var variations = new Variations(everyAdSet.text("name"), everyAd.text("name"), everyAd.texts("texts"),
                everyAd.texts("links"),
                fields.objects("adSets", RequestRules.AD_SETS_MAX).stream().map(LaunchJson::listedAdSet).toList(),
                Boolean.TRUE.equals(fields.bool("numberRepeatedNames")));
        var adSet = adSet(everyAdSet);
        var ad = ad(everyAd);
        var notify = fields.within("notify");
        var webhook = notify.text("webhook");
        notify.nothingElse();
        var request = new LaunchRequest(key, fields.textOrEmpty("userId"), fields.textOrEmpty("adAccountId"),
                fields.textOrEmpty("credentialId"), fields.constant("strategy", Strategy.class),
                fields.integer("adSetCount"), fields.integer("adCount"), fields.text("pageId"), fields.text("pixelId"),
                campaign, adSet, ad, fields.integer("retryBudget"),
                fields.constant("rollbackPolicy", RollbackPolicy.class),
                fields.constant("duplicateName", DuplicateName.class),
                webhook, orElse(fields.integer("priority"), PRIORITY))
                .varied(variations).startingAt(fields.text("startAt")).withMediaOf(fields.text("mediaUpload"));
        fields.nothingElse();
        return request;
    }

    private static ListedAdSet listedAdSet(Fields fields) {
        var adSet = new ListedAdSet(fields.text("name"), fields.longInteger("dailyBudget"),
                fields.text("billingEvent"), fields.text("optimizationGoal"), fields.jsonOrNull("targeting"),
                fields.graphFields("graphFields"),
                fields.objects("ads", RequestRules.ADS_PER_AD_SET_MAX).stream().map(LaunchJson::listedAd).toList());
        fields.nothingElse();
        return adSet;
    }

    private static ListedAd listedAd(Fields fields) {
        var ad = new ListedAd(fields.text("name"), fields.jsonOrNull("creative"), fields.graphFields("graphFields"));
        fields.nothingElse();
        return ad;
    }

    private static CampaignSpec campaign(Fields fields) {
        var spec = new CampaignSpec(fields.textOrEmpty("name"), fields.textOrEmpty("objective"),
                fields.texts("specialAdCategories"), fields.graphFields("graphFields"));
        fields.nothingElse();
        return spec;
    }

    private static AdSetSpec adSet(Fields fields) {
        var spec = new AdSetSpec(fields.longInteger("dailyBudget"), fields.textOrEmpty("billingEvent"),
                fields.textOrEmpty("optimizationGoal"), fields.json("targeting"), fields.graphFields("graphFields"));
        fields.nothingElse();
        return spec;
    }

    private static AdSpec ad(Fields fields) {
        var spec = new AdSpec(fields.json("creative"), fields.graphFields("graphFields"));
        fields.nothingElse();
        return spec;
    }

    private static int orElse(@Nullable Integer value, int fallback) {
        return value == null ? fallback : value;
    }
}
