package io.campaignlauncher.console.model;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The fields of the form of a new launch, each with the parts of a request that are made of it. */
public enum FormField {
    USER("userId", "For", "userId"), //
    ACCOUNT("adAccountId", "Ad account", "adAccountId"), //
    CREDENTIAL("credentialId", "Credential", "credentialId"), //
    NAME("name", "Campaign name", "campaign.name"), //
    OBJECTIVE("objective", "Objective", "campaign.objective"), //
    CATEGORIES("categories", "Special ad categories", "campaign.specialAdCategories"), //
    STRATEGY("strategy", "What is made", "strategy"), //
    COUNT("count", "How many", "adSetCount", "adCount"), //
    AD_SETS("adSets", "Ad sets as listed", "adSets"), //
    PAGE("pageId", "Page", "pageId"), //
    PIXEL("pixelId", "Pixel", "pixelId"), //
    BUDGET("dailyBudget", "Budget a day", "adSet.dailyBudget"), //
    GOAL("optimizationGoal", "Optimised for", "adSet.optimizationGoal"), //
    BILLING("billingEvent", "Paid by", "adSet.billingEvent"), //
    COUNTRIES("countries", "Countries", "adSet.targeting"), //
    AGE_MIN("ageMin", "Age from", "adSet.targeting.age_min"), //
    AGE_MAX("ageMax", "Age to", "adSet.targeting.age_max"), //
    BENEFICIARY("beneficiary", "Beneficiary", "adSet.graphFields.dsa_beneficiary"), //
    PAYER("payer", "Payer", "adSet.graphFields.dsa_payor"), //
    TARGETING("targeting", "Targeting as JSON"), //
    AD_SET_NAME("adSetName", "Names of the ad sets", "adSet.name"), //
    AD_NAME("adName", "Names of the ads", "ad.name"), //
    LINK("link", "Link", "ad.creative", "ad.links"), //
    IMAGE("image", "Image", "mediaUpload"), //
    CREATIVE("creative", "Ad as JSON"), //
    START("startAt", "Begins at", "startAt"), //
    ROLLBACK("rollbackPolicy", "If it cannot be completed", "rollbackPolicy"), //
    DUPLICATE("duplicateName", "If the name is taken", "duplicateName"), //
    MORE("more", "More as JSON", "campaign.graphFields", "adSet.graphFields", "ad.graphFields", "ad.texts",
            "retryBudget", "notify", "priority", "numberRepeatedNames");

    private static final List<String> PICTURES = List.of(".image", ".image_hash", ".video", ".video_id");

    private final String field;
    private final String label;
    private final List<String> parts;

    FormField(String field, String label, String... parts) {
        this.field = field;
        this.label = label;
        this.parts = List.of(parts);
    }

    public String field() {
        return field;
    }

    public String label() {
        return label;
    }

    Blocker blocked(String message) {
        return new Blocker(field, label, message);
    }

    /** Where somebody mends what a service says of a part of a request. */
    static Blocker blocker(LaunchForm form, Problem.Mistake mistake) {
        var part = mistake.field();
        var message = mistake.message();
        if (part.startsWith("ad.creative")) {
            var at = !form.text("creative").isEmpty() ? CREATIVE
                    : PICTURES.stream().anyMatch(part::endsWith) || message.toLowerCase(Locale.ROOT).contains("image")
                            ? IMAGE : LINK;
            return at.blocked(message);
        }
        if (part.startsWith("adSet.targeting") && form.text("countries").isEmpty()
                && !form.text("targeting").isEmpty()) {
            return TARGETING.blocked(message);
        }
        return Arrays.stream(values()).filter(one -> one.parts.contains(part)).findFirst()
                .or(() -> Arrays.stream(values())
                        .filter(one -> one.parts.stream().anyMatch(whole -> isWithin(part, whole))).findFirst())
                .map(one -> one.blocked(message)).orElseGet(() -> new Blocker("", part, message));
    }

    private static boolean isWithin(String part, String whole) {
        return part.startsWith(whole + ".") || part.startsWith(whole + "[");
    }
}
