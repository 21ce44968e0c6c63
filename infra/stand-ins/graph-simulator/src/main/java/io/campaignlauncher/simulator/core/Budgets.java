package io.campaignlauncher.simulator.core;

import org.jspecify.annotations.Nullable;

/**
 * What budgets must be: one kind, and not too small (graph-api.md section 1.1; amounts in minor units of the account's
 * currency).
 */
final class Budgets {

    private Budgets() {}

    static void check(Account account, @Nullable Long daily, @Nullable Long lifetime, long least) {
        if (daily != null && lifetime != null) {
            throw GraphRefusal.invalid("Only one of daily_budget and lifetime_budget may be given").blaming(
                    "daily_budget",
                    "lifetime_budget");
        }
        Long given = daily != null ? daily : lifetime;
        if (given != null && given < least) {
            throw GraphRefusal.invalid(1885272, "Budget is too low",
                    "Your budget must be at least " + account.place.currency().text(least) + ".")
                    .blaming(daily != null ? "daily_budget" : "lifetime_budget");
        }
    }

    /** Billed by impressions 1, by clicks and views 5, by rare actions 40 times the least budget. */
    static long least(Account account, String billingEvent) {
        long base = account.leastBudget();
        return switch (billingEvent) {
            case "IMPRESSIONS", "NONE" -> base;
            case "LINK_CLICKS", "CLICKS", "PAGE_LIKES", "POST_ENGAGEMENT", "THRUPLAY" -> 5 * base;
            default -> 40 * base;
        };
    }
}
