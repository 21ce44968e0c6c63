package io.campaignlauncher.console.model;

import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The form of a new launch, as somebody filled it in. The page keeps nothing between two requests: all of it is in the form.
 *
 * @param values     by the names of their fields
 * @param categories special ad categories
 */
public record LaunchForm(Map<String, String> values, Set<String> categories) {

    /** Names one launch, however often its form is sent. */
    public static final String KEY = "key";
    /** Of the account whose currency is known, with the two that follow. */
    public static final String MONEY_OF = "moneyOf";
    public static final String CURRENCY = "currency";
    public static final String DECIMALS = "decimals";
    static final String CATEGORIES = "categories";
    static final String LATER = "later";
    static final String LISTED = "AS_LISTED";
    static final String ONE_AD_SET = "FOR_ADS";

    private static final List<String> NAMES = List.of(KEY, MONEY_OF, CURRENCY, DECIMALS, "userId", "adAccountId",
            "credentialId", "name", "objective", "strategy", "count", "adSets", "pageId", "pixelId", "dailyBudget",
            "optimizationGoal", "billingEvent", "countries", "ageMin", "ageMax", "gender", "beneficiary", "payer",
            "targeting", "link",
            "message", "headline", "description", "callToAction", "image", "creative", "start", "startAt",
            "rollbackPolicy", "duplicateName", "adSetName", "adName", "more");
    private static final Map<String, String> BLANK = Map.of("objective", "OUTCOME_TRAFFIC", "strategy",
            "ONE_FIFTY_ONE", "count", "1", "optimizationGoal", "LINK_CLICKS", "billingEvent", "IMPRESSIONS", "start",
            "now", "rollbackPolicy", "AUTOMATIC", "duplicateName", "REJECT");

    public LaunchForm {
        values = Map.copyOf(values);
        categories = Set.copyOf(categories);
    }

    /** A new one. @param known what is known already */
    public static LaunchForm blank(Map<String, String> known) {
        var values = new HashMap<>(BLANK);
        values.putAll(known);
        return new LaunchForm(values, Set.of());
    }

    /** @param sent by a browser: whatever else is in it is left out */
    public static LaunchForm of(Map<String, List<String>> sent) {
        var values = new HashMap<String, String>();
        NAMES.forEach(name -> sent.getOrDefault(name, List.of()).stream().findFirst()
                .ifPresent(value -> values.put(name, value.strip())));
        return new LaunchForm(values, new LinkedHashSet<>(sent.getOrDefault(CATEGORIES, List.of())));
    }

    /** Empty where it was left empty. */
    public String text(String name) {
        return values.getOrDefault(name, "");
    }

    public LaunchForm with(String name, String value) {
        var all = new HashMap<>(values);
        all.put(name, value);
        return new LaunchForm(all, categories);
    }

    /** The fields that hold something, for a form that nobody sees. */
    public List<Map.Entry<String, String>> fields() {
        return NAMES.stream().filter(values::containsKey).map(name -> Map.entry(name, text(name))).toList();
    }

    public boolean isLater() {
        return text("start").equals(LATER);
    }

    public boolean isListed() {
        return text("strategy").equals(LISTED);
    }

    /** Of the account that the form names. */
    public Money money() {
        return !text(MONEY_OF).isEmpty() && text(MONEY_OF).equals(text("adAccountId"))
                && text(DECIMALS).matches("\\d")
                        ? new Money(text(MONEY_OF), text(CURRENCY),
                                Integer.parseInt(text(DECIMALS)))
                        : Money.ASSUMED;
    }

    public LaunchForm with(Money money) {
        return with(MONEY_OF, money.account()).with(CURRENCY, money.currency())
                .with(DECIMALS, String.valueOf(money.decimals()));
    }
}
