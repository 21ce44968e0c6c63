package io.campaignlauncher.job.model;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every ad set is made of.
 *
 * @param dailyBudget minor units of the account's currency; null where the campaign carries the budget
 * @param targeting   JSON text, for Facebook as it is
 * @param graphFields further Graph fields, values as JSON text
 */
public record AdSetSpec(@Nullable Long dailyBudget, String billingEvent, String optimizationGoal, String targeting,
        Map<String, String> graphFields) {

    public AdSetSpec {
        graphFields = Map.copyOf(graphFields);
    }
}
