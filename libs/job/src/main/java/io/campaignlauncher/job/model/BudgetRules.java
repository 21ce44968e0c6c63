package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.List;

/** A launch has one budget: the campaign's, or the same for each ad set. Facebook refuses two, and none. */
final class BudgetRules {

    private static final String AD_SET_DAILY = "adSet.dailyBudget";
    private static final String CAMPAIGN_DAILY = "campaign.graphFields.daily_budget";

    private BudgetRules() {}

    /** Notes each field that gives a budget beside another, or the two of which one is needed. */
    static void check(List<Violation> found, LaunchRequest request) {
        var given = given(request);
        if (given.isEmpty()) {
            found.add(new Violation(AD_SET_DAILY, "is needed, unless the campaign has a budget: " + CAMPAIGN_DAILY));
            found.add(new Violation(CAMPAIGN_DAILY, "is needed, unless the ad sets have a budget: " + AD_SET_DAILY));
        } else if (given.size() > 1) {
            given.forEach(field -> found.add(new Violation(field,
                    "is one budget of several: a launch has one, of the campaign or of its ad sets")));
        }
    }

    private static List<String> given(LaunchRequest request) {
        var given = new ArrayList<String>();
        for (var name : List.of("daily_budget", "lifetime_budget")) {
            if (request.campaign().graphFields().containsKey(name)) {
                given.add("campaign.graphFields." + name);
            }
        }
        if (request.adSet().dailyBudget() != null) {
            given.add(AD_SET_DAILY);
        }
        if (request.adSet().graphFields().containsKey("lifetime_budget")) {
            given.add("adSet.graphFields.lifetime_budget");
        }
        return given;
    }
}
