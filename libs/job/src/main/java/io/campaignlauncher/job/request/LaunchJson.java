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
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Reads a launch request that is written as JSON. */
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
                webhook, orElse(fields.integer("priority"), PRIORITY));
        fields.nothingElse();
        return request.varied(variations);
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
