package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.List;

/**
 * A launch has one budget: the campaign's, or one for each ad set, its own or the same for all. Facebook refuses two, and none.
 */
final class BudgetRules {

    static final String LIFETIME = "lifetime_budget";
    private static final String AD_SET_DAILY = "adSet.dailyBudget";
    private static final String CAMPAIGN_DAILY = "campaign.graphFields.daily_budget";

    private BudgetRules() {}

    /** Notes each field that gives a budget beside another, or the two of which one is needed. */
    static void check(List<Violation> found, LaunchRequest request) {
        var given = given(request);
        var listed = request.variations().adSets();
        if (listed.stream().anyMatch(ListedAdSet::hasBudget)) {
            listed(found, given, listed);
        } else if (given.isEmpty()) {
            found.add(new Violation(AD_SET_DAILY, "is needed, unless the campaign has a budget: " + CAMPAIGN_DAILY));
            found.add(new Violation(CAMPAIGN_DAILY, "is needed, unless the ad sets have a budget: " + AD_SET_DAILY));
        } else if (given.size() > 1) {
            given.forEach(field -> found.add(several(field)));
        }
    }

    /** An ad set that has its own has no part of what is given for all. */
    private static void listed(List<Violation> found, List<String> given, List<ListedAdSet> listed) {
        boolean ofCampaign = given.stream().anyMatch(field -> field.startsWith("campaign."));
        if (given.size() > 1) {
            given.forEach(field -> found.add(several(field)));
        }
        for (int i = 0; i < listed.size(); i++) {
            var adSet = listed.get(i);
            var field = "adSets[" + i + "].dailyBudget";
            boolean two = adSet.dailyBudget() != null && adSet.graphFields().containsKey(LIFETIME);
            if (two || adSet.hasBudget() && ofCampaign) {
                found.add(several(field));
            } else if (!adSet.hasBudget() && given.isEmpty()) {
                found.add(new Violation(field, "is needed, as other ad sets have a budget and not the campaign"));
            }
        }
    }

    private static Violation several(String field) {
        return new Violation(field, "is one budget of several: a launch has one, of the campaign or of its ad sets");
    }

    private static List<String> given(LaunchRequest request) {
        var given = new ArrayList<String>();
        for (var name : List.of("daily_budget", LIFETIME)) {
            if (request.campaign().graphFields().containsKey(name)) {
                given.add("campaign.graphFields." + name);
            }
        }
        if (request.adSet().dailyBudget() != null) {
            given.add(AD_SET_DAILY);
        }
        if (request.adSet().graphFields().containsKey(LIFETIME)) {
            given.add("adSet.graphFields.lifetime_budget");
        }
        return given;
    }
}
