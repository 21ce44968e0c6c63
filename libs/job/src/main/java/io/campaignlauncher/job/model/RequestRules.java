package io.campaignlauncher.job.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a request must look like before it may become a job. Every mistake is found at once. */
public final class RequestRules {

    public static final int AD_SETS_MAX = 200;
    public static final int ADS_PER_AD_SET_MAX = 50;
    /** Of one campaign. */
    public static final int ADS_MAX = 1_000;
    private static final int ONE_FIFTY_ONE_AD_SETS = 50;
    private static final int RETRY_BUDGET_MAX = 100;
    private static final int ID_CHARACTERS_MAX = 200;
    private static final int OWNER_CHARACTERS_MAX = 255;
    private static final Pattern TENANT = Pattern.compile("[a-z0-9][a-z0-9-]{0,62}");
    static final int JSON_CHARACTERS_MAX = 100_000;
    static final int WORD_CHARACTERS_MAX = 100;
    private static final String NOTHING = "{}";
    private static final int CATEGORIES_MAX = 20;
    private static final Pattern VISIBLE_ASCII = Pattern.compile("[\\x21-\\x7e]+");
    private static final String NO_CATEGORY = "NONE";
    private static final Set<String> CATEGORIES = Set.of(NO_CATEGORY, "EMPLOYMENT", "HOUSING", "CREDIT",
            "ISSUES_ELECTIONS_POLITICS", "ONLINE_GAMBLING_AND_GAMING", "FINANCIAL_PRODUCTS_SERVICES");
    static final Pattern AD_ACCOUNT = Pattern.compile("act_\\d{1,20}");
    private static final Pattern DIGITS = Pattern.compile("\\d{1,20}");
    private static final Set<String> OBJECTIVES = Set.of("OUTCOME_AWARENESS", "OUTCOME_TRAFFIC", "OUTCOME_ENGAGEMENT",
            "OUTCOME_LEADS", "OUTCOME_APP_PROMOTION", "OUTCOME_SALES");

    private RequestRules() {}

    /** Ad sets that the request stands for; 0 where it does not say. */
    static int adSetsWanted(LaunchRequest request) {
        return request.strategy() == Strategy.AS_LISTED ? request.variations().adSets().size()
                : orElse(request.adSetCount(), orElse(adSetsByDefault(request), 0));
    }

    /** Ad sets of a request that names no number; null where it has to. */
    static @Nullable Integer adSetsByDefault(LaunchRequest request) {
        return switch (request.strategy()) {
            case null -> null;
            case FOR_ALL -> null;
            case ONE_FIFTY_ONE -> ONE_FIFTY_ONE_AD_SETS;
            case FOR_ADS -> 1;
            case AS_LISTED -> request.variations().adSets().size();
        };
    }

    /** Ads of a request that names no number; null where it has to. */
    static @Nullable Integer adsByDefault(LaunchRequest request) {
        return switch (request.strategy()) {
            case null -> null;
            case FOR_ALL, ONE_FIFTY_ONE -> adSetsWanted(request);
            case FOR_ADS -> null;
            case AS_LISTED -> request.variations().ads();
        };
    }

    static int adsWanted(LaunchRequest request) {
        return switch (request.strategy()) {
            case null -> 0;
            case FOR_ALL, ONE_FIFTY_ONE -> adSetsWanted(request);
            case FOR_ADS -> orElse(request.adCount(), 0);
            case AS_LISTED -> request.variations().ads();
        };
    }

    /** Every rule that the request breaks; none for a good one. What may depend on the installation is not checked. */
    public static List<Violation> violations(LaunchRequest request) {
        return violations(request, WebhookRules.ANY);
    }

    /** The same where a request comes in, with the rules about webhooks that hold there. */
    static List<Violation> violations(LaunchRequest request, WebhookRules webhooks) {
        var found = new ArrayList<Violation>();
        key(found, request.idempotencyKey());
        text(found, "userId", request.userId(), ID_CHARACTERS_MAX);
        if (!TENANT.matcher(request.ownership().tenant()).matches()) {
            found.add(new Violation("tenant",
                    "must be 1 to 63 small letters, digits and dashes, and not begin with a dash"));
        }
        text(found, "owner", request.ownership().owner(), OWNER_CHARACTERS_MAX);
        text(found, "credentialId", request.credentialId(), 100);
        if (!AD_ACCOUNT.matcher(request.adAccountId()).matches()) {
            found.add(new Violation("adAccountId", "must be act_ and digits"));
        }
        counts(found, request);
        digits(found, "pageId", request.pageId());
        digits(found, "pixelId", request.pixelId());
        textForFacebook(found, "campaign.name", request.campaign().name(), LaunchPlan.NAME_CHARACTERS_MAX);
        if (!OBJECTIVES.contains(request.campaign().objective())) {
            found.add(new Violation("campaign.objective", "must be one of " + OBJECTIVES.stream().sorted().toList()));
        }
        categories(found, request.campaign().specialAdCategories());
        everyAdSet(found, request);
        everyAd(found, request);
        VariationRules.check(found, request);
        BudgetRules.check(found, request);
        if (request.retryBudget() != null && (request.retryBudget() < 0 || request.retryBudget() > RETRY_BUDGET_MAX)) {
            found.add(new Violation("retryBudget", "must be 0 to " + RETRY_BUDGET_MAX));
        }
        if (request.priority() < 0 || request.priority() > 9) {
            found.add(new Violation("priority", "must be 0 to 9"));
        }
        StartRules.check(found, request.startAt());
        var webhook = webhooks.violation(request.webhook());
        if (webhook != null) {
            found.add(webhook);
        }
        return found;
    }

    /** Other characters have more than one form in bytes: over HTTP and over Kafka they would name two jobs. */
    private static void key(List<Violation> found, String key) {
        var field = "idempotencyKey";
        int before = found.size();
        text(found, field, key, ID_CHARACTERS_MAX);
        if (found.size() == before && !VISIBLE_ASCII.matcher(key).matches()) {
            found.add(new Violation(field, "may hold only visible ASCII characters, and no blanks"));
        }
    }

    private static void counts(List<Violation> found, LaunchRequest request) {
        switch (request.strategy()) {
            case null -> found.add(new Violation("strategy", "must be FOR_ALL, ONE_FIFTY_ONE, FOR_ADS or AS_LISTED"));
            case FOR_ALL, ONE_FIFTY_ONE -> {
                int adSets = adSetsWanted(request);
                if (adSets < 1 || adSets > AD_SETS_MAX) {
                    found.add(new Violation("adSetCount", "must be 1 to " + AD_SETS_MAX));
                } else if (request.adCount() != null && request.adCount() != adSets) {
                    found.add(new Violation("adCount",
                            "must equal adSetCount: this strategy makes one ad in each ad set"));
                }
            }
            case FOR_ADS -> {
                if (adSetsWanted(request) != 1) {
                    found.add(new Violation("adSetCount", "must be 1: FOR_ADS makes one ad set"));
                }
                if (adsWanted(request) < 1 || adsWanted(request) > ADS_PER_AD_SET_MAX) {
                    found.add(new Violation("adCount",
                            "must be 1 to " + ADS_PER_AD_SET_MAX + ": Facebook's limit for one ad set"));
                }
            }
            case AS_LISTED -> ListedRules.counts(found, request);
        }
    }

    private static void categories(List<Violation> found, List<String> categories) {
        var field = "campaign.specialAdCategories";
        if (categories.size() > CATEGORIES_MAX) {
            found.add(new Violation(field, "may have at most " + CATEGORIES_MAX + " entries"));
        } else if (!CATEGORIES.containsAll(categories)) {
            found.add(new Violation(field, "must each be one of " + CATEGORIES.stream().sorted().toList()));
        } else if (categories.size() > 1 && categories.contains(NO_CATEGORY)) {
            found.add(new Violation(field, "may hold " + NO_CATEGORY + " alone, or without it the others"));
        }
    }

    /** What every ad set that is listed has of its own need not be there for all. */
    private static void everyAdSet(List<Violation> found, LaunchRequest request) {
        var adSet = request.adSet();
        var listed = request.variations().adSets();
        budget(found, "adSet.dailyBudget", adSet.dailyBudget());
        if (isUsed(adSet.billingEvent(), listed, ListedAdSet::billingEvent)) {
            textForFacebook(found, "adSet.billingEvent", adSet.billingEvent(), WORD_CHARACTERS_MAX);
        }
        if (isUsed(adSet.optimizationGoal(), listed, ListedAdSet::optimizationGoal)) {
            textForFacebook(found, "adSet.optimizationGoal", adSet.optimizationGoal(), WORD_CHARACTERS_MAX);
        }
        if (isUsed(adSet.targeting(), listed, ListedAdSet::targeting)) {
            json(found, "adSet.targeting", adSet.targeting());
        }
        FurtherFields.CAMPAIGN.check(found, "campaign.graphFields", request.campaign().graphFields(),
                JSON_CHARACTERS_MAX);
        FurtherFields.AD_SET.check(found, "adSet.graphFields", adSet.graphFields(), JSON_CHARACTERS_MAX);
    }

    private static void everyAd(List<Violation> found, LaunchRequest request) {
        var listed = request.variations().adSets().stream().flatMap(adSet -> adSet.ads().stream()).toList();
        if (isUsed(request.ad().creative(), listed, ListedAd::creative)) {
            json(found, "ad.creative", request.ad().creative());
        }
        FurtherFields.AD.check(found, "ad.graphFields", request.ad().graphFields(), JSON_CHARACTERS_MAX);
    }

    /** Whether it is given, or is needed because one at least has none of its own. */
    private static <T> boolean isUsed(String given, List<T> listed, Function<T, @Nullable String> own) {
        return !given.isEmpty() && !given.equals(NOTHING) || listed.isEmpty()
                || listed.stream().anyMatch(each -> own.apply(each) == null);
    }

    static void budget(List<Violation> found, String field, @Nullable Long dailyBudget) {
        if (dailyBudget != null && dailyBudget < 1) {
            found.add(new Violation(field, "must be at least 1 (minor units of the account's currency)"));
        }
    }

    private static void text(List<Violation> found, String field, String value, int charactersMax) {
        if (value.isBlank()) {
            found.add(new Violation(field, "is needed"));
        } else if (value.length() > charactersMax) {
            found.add(new Violation(field, "may have at most " + charactersMax + " characters"));
        } else {
            addMistake(found, field, TextRules.mistake(value));
        }
    }

    static void textForFacebook(List<Violation> found, String field, String value, int charactersMax) {
        int before = found.size();
        text(found, field, value, charactersMax);
        if (found.size() == before) {
            addMistake(found, field, TextRules.reference(value));
        }
    }

    private static void addMistake(List<Violation> found, String field, @Nullable String mistake) {
        if (mistake != null) {
            found.add(new Violation(field, mistake));
        }
    }

    private static void digits(List<Violation> found, String field, @Nullable String value) {
        if (value != null && !DIGITS.matcher(value).matches()) {
            found.add(new Violation(field, "must be digits"));
        }
    }

    static void json(List<Violation> found, String field, String value) {
        if (value.isBlank() || value.equals(NOTHING)) {
            found.add(new Violation(field, "is needed"));
        } else if (!value.startsWith("{") || !value.endsWith("}")) {
            found.add(new Violation(field, "must be a JSON object"));
        } else if (value.length() > JSON_CHARACTERS_MAX) {
            found.add(new Violation(field, "may have at most " + JSON_CHARACTERS_MAX + " characters"));
        } else {
            addMistake(found, field, TextRules.mistakeIn(value));
        }
    }

    private static int orElse(@Nullable Integer value, int fallback) {
        return value == null ? fallback : value;
    }
}
