package io.campaignlauncher.job.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ad set with what it has of its own, and its ads; the rest is every ad set's.
 *
 * @param name             null: as the ad sets are named that name nothing
 * @param dailyBudget      minor units of the account's currency; null: none of its own
 * @param billingEvent     null: every ad set's
 * @param optimizationGoal null: every ad set's
 * @param targeting        JSON text; null: every ad set's
 * @param graphFields      further Graph fields, values as JSON text; each instead of every ad set's of its name
 */
public record ListedAdSet(@Nullable String name, @Nullable Long dailyBudget, @Nullable String billingEvent,
        @Nullable String optimizationGoal, @Nullable String targeting, Map<String, String> graphFields,
        List<ListedAd> ads) {

    public ListedAdSet {
        graphFields = Map.copyOf(graphFields);
        ads = List.copyOf(ads);
    }

    /** Whether it has a budget of its own, which every ad set's then is no part of. */
    public boolean hasBudget() {
        return dailyBudget != null || graphFields.containsKey(BudgetRules.LIFETIME);
    }
}
