package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What holds of ad sets and ads that are listed, each by its place in the list. */
final class ListedRules {

    /** So many mistakes are told one by one. */
    static final int MISTAKES_MAX = 200;

    private static final String AD_SETS = "adSets";

    private ListedRules() {}

    static void counts(List<Violation> found, LaunchRequest request) {
        var variations = request.variations();
        int adSets = variations.adSets().size();
        if (adSets < 1 || adSets > RequestRules.AD_SETS_MAX) {
            found.add(new Violation(AD_SETS, "must be 1 to " + RequestRules.AD_SETS_MAX + " ad sets"));
        } else if (variations.ads() > RequestRules.ADS_MAX) {
            found.add(new Violation(AD_SETS, "may have at most " + RequestRules.ADS_MAX + " ads in all, and have "
                    + variations.ads()));
        }
        same(found, "adSetCount", request.adSetCount(), adSets);
        same(found, "adCount", request.adCount(), variations.ads());
    }

    private static void same(List<Violation> found, String field, @Nullable Integer given, int listed) {
        if (given != null && given != listed) {
            found.add(new Violation(field, "must be left out, or be as many as are listed: " + listed));
        }
    }

    static void check(List<Violation> found, LaunchRequest request) {
        var variations = request.variations();
        if (!variations.texts().isEmpty() || !variations.links().isEmpty()) {
            found.add(new Violation("ad", "may have no texts and links to take in turn where each ad is listed"));
        }
        if (variations.adSets().size() > RequestRules.AD_SETS_MAX || variations.ads() > RequestRules.ADS_MAX) {
            return;
        }
        var mistakes = new ArrayList<Violation>();
        for (int i = 0; i < variations.adSets().size(); i++) {
            adSet(mistakes, AD_SETS + "[" + i + "]", variations.adSets().get(i));
        }
        if (!variations.numberRepeatedNames()) {
            names(mistakes, request);
        }
        mistakes.stream().limit(MISTAKES_MAX).forEach(found::add);
        if (mistakes.size() > MISTAKES_MAX) {
            found.add(new Violation(AD_SETS, "has " + (mistakes.size() - MISTAKES_MAX) + " further mistakes"));
        }
    }

    private static void adSet(List<Violation> found, String path, ListedAdSet adSet) {
        name(found, path + ".name", adSet.name());
        RequestRules.budget(found, path + ".dailyBudget", adSet.dailyBudget());
        word(found, path + ".billingEvent", adSet.billingEvent());
        word(found, path + ".optimizationGoal", adSet.optimizationGoal());
        if (adSet.targeting() != null) {
            RequestRules.json(found, path + ".targeting", adSet.targeting());
        }
        FurtherFields.AD_SET.check(found, path + ".graphFields", adSet.graphFields(),
                RequestRules.JSON_CHARACTERS_MAX);
        if (adSet.ads().isEmpty() || adSet.ads().size() > RequestRules.ADS_PER_AD_SET_MAX) {
            found.add(new Violation(path + ".ads",
                    "must be 1 to " + RequestRules.ADS_PER_AD_SET_MAX + ": Facebook's limit for one ad set"));
        } else {
            for (int i = 0; i < adSet.ads().size(); i++) {
                ad(found, path + ".ads[" + i + "]", adSet.ads().get(i));
            }
        }
    }

    private static void ad(List<Violation> found, String path, ListedAd ad) {
        name(found, path + ".name", ad.name());
        if (ad.creative() != null) {
            RequestRules.json(found, path + ".creative", ad.creative());
        }
        FurtherFields.AD.check(found, path + ".graphFields", ad.graphFields(), RequestRules.JSON_CHARACTERS_MAX);
    }

    private static void name(List<Violation> found, String field, @Nullable String name) {
        if (name != null) {
            RequestRules.textForFacebook(found, field, name, LaunchPlan.NAME_CHARACTERS_MAX);
        }
    }

    private static void word(List<Violation> found, String field, @Nullable String word) {
        if (word != null) {
            RequestRules.textForFacebook(found, field, word, RequestRules.WORD_CHARACTERS_MAX);
        }
    }

    /** What exists is known again by its name: no two ad sets of a campaign have one, and no two ads. */
    private static void names(List<Violation> found, LaunchRequest request) {
        var names = new SlotNames(request);
        var adSets = request.variations().adSets();
        var adSetPaths = new ArrayList<String>();
        var adPaths = new ArrayList<String>();
        for (int i = 0; i < adSets.size(); i++) {
            adSetPaths.add(AD_SETS + "[" + i + "]");
            for (int k = 0; k < adSets.get(i).ads().size(); k++) {
                adPaths.add(AD_SETS + "[" + i + "].ads[" + k + "]");
            }
        }
        repeated(found, names.adSets(adSetPaths.size()), adSetPaths);
        repeated(found, names.ads(adPaths.size()), adPaths);
    }

    private static void repeated(List<Violation> found, List<String> names, List<String> paths) {
        Map<String, String> first = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            var before = first.putIfAbsent(names.get(i), paths.get(i));
            if (before != null) {
                found.add(new Violation(paths.get(i) + ".name", "is the name of " + before
                        + " too: each needs its own, or numberRepeatedNames"));
            }
        }
    }
}
