package io.campaignlauncher.console.model;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What a launch would make, before it is made.
 *
 * @param hash     names the preview; empty where it cannot be launched
 * @param campaign its name; empty where that is not known
 * @param calls    requests to Facebook
 * @param price    null where it is not known
 */
public record LaunchPreview(Outcome outcome, String hash, String campaign, List<AdSet> adSets, int ads, int calls,
        @Nullable Price price, List<Check> checks, List<Problem.Mistake> blockers, List<Problem.Mistake> warnings,
        List<String> validated, List<Problem.Mistake> notValidated) {

    public enum Outcome {
        PASSED, REFUSED, INCONCLUSIVE
    }

    /** @param price of it alone; empty where the campaign has the budget */
    public record AdSet(String name, List<String> ads, String price) {

        public AdSet {
            ads = List.copyOf(ads);
        }
    }

    /** A look at the account. */
    public record Check(String label, String shape, String word, String tone, String detail) {}

    /**
     * In the currency of the account.
     *
     * @param money    how it is counted
     * @param each     of an ad set a day; empty where they differ, or where there is none
     * @param daily    in all; empty where nothing is daily
     * @param total    over the whole run; empty where it has no known end
     * @param timeZone whose days are meant
     */
    public record Price(Money money, String each, String daily, String total, String timeZone) {}

    public LaunchPreview {
        adSets = List.copyOf(adSets);
        checks = List.copyOf(checks);
        blockers = List.copyOf(blockers);
        warnings = List.copyOf(warnings);
        validated = List.copyOf(validated);
        notValidated = List.copyOf(notValidated);
    }

    /** @param answer of {@code POST /v1/jobs?dryRun=true} @param account that it is about */
    public static LaunchPreview of(JsonNode answer, String account) {
        var price = answer.path("price");
        var names = answer.path("names");
        var money = money(price, account);
        var parts = price.path("adSets");
        var listed = names.path("adSets");
        var adSets = IntStream.range(0, listed.size()).mapToObj(i -> new AdSet(
                Launches.text(listed.path(i), "name"),
                listed.path(i).path("ads").valueStream().map(JsonNode::asString).toList(),
                priced(parts.path(i), money))).toList();
        return new LaunchPreview(outcome(Launches.text(answer, "outcome")), Launches.text(answer, "hash"),
                Launches.text(names, "campaign"), adSets, adSets.stream().mapToInt(adSet -> adSet.ads().size()).sum(),
                answer.path("calls").path("total").asInt(0), price.isObject() ? price(price, money, adSets) : null,
                answer.path("checks").valueStream().map(LaunchPreview::check).toList(),
                mistakes(answer.path("blockers")), mistakes(answer.path("warnings")),
                answer.path("validated").valueStream().map(one -> part(one.asString())).toList(),
                mistakes(answer.path("notValidated")).stream()
                        .map(one -> new Problem.Mistake(part(one.field()), one.message())).toList());
    }

    private static Outcome outcome(String word) {
        return switch (word) {
            case "PASSED" -> Outcome.PASSED;
            case "REFUSED" -> Outcome.REFUSED;
            default -> Outcome.INCONCLUSIVE;
        };
    }

    private static Money money(JsonNode price, String account) {
        var decimals = price.path("decimals");
        return decimals.isNumber() ? new Money(account, Launches.text(price, "currency"), decimals.asInt())
                : Money.ASSUMED;
    }

    private static Price price(JsonNode price, Money money, List<AdSet> adSets) {
        var campaign = price.path("campaign");
        var each = adSets.stream().map(AdSet::price).distinct().toList();
        var total = price.path("total");
        return new Price(money, each.size() == 1 && !campaign.isObject() ? each.getFirst() : "",
                amount(total.path("daily"), money), amount(total.path("overItsRun"), money),
                Launches.text(price, "timeZone"));
    }

    private static String priced(JsonNode budget, Money money) {
        var daily = amount(budget.path("daily"), money);
        var lifetime = amount(budget.path("lifetime"), money);
        return !daily.isEmpty() ? daily + " a day" : lifetime.isEmpty() ? "" : lifetime + " in all";
    }

    private static String amount(JsonNode amount, Money money) {
        var text = Launches.text(amount, "amount");
        return text.isEmpty() ? "" : grouped(text) + " " + money.currency();
    }

    /** A comma before each three digits. */
    static String grouped(String amount) {
        int point = amount.indexOf('.');
        var whole = point < 0 ? amount : amount.substring(0, point);
        return whole.replaceAll("(?<=\\d)(?=(\\d{3})+$)", ",") + (point < 0 ? "" : amount.substring(point));
    }

    private static Check check(JsonNode check) {
        var label = switch (Launches.text(check, "name")) {
            case "account_accessible" -> "The ad account can be reached";
            case "account_active" -> "The ad account is active";
            case "token_valid" -> "The access token is good";
            case "campaign_name_free" -> "The campaign's name is free";
            case "campaign_room" -> "There is room for a campaign";
            case "ad_set_room" -> "There is room for the ad sets";
            case "ad_room" -> "There is room for the ads";
            case "page_usable" -> "The page can be used";
            case "pixel_usable" -> "The pixel can be used";
            case "images_present" -> "The images are in the account";
            case "videos_ready" -> "The videos are ready";
            default -> Launches.text(check, "name").replace('_', ' ');
        };
        var detail = Launches.text(check, "detail");
        return switch (Launches.text(check, "outcome")) {
            case "PASSED" -> new Check(label, "✓", "yes", "good", detail);
            case "WARNED" -> new Check(label, "▲", "look at it", "warn", detail);
            case "FAILED" -> new Check(label, "✕", "no", "bad", detail);
            default -> new Check(label, "?", "not known", "calm", detail);
        };
    }

    /** A part of a request, as people call it. */
    private static String part(String field) {
        return switch (field) {
            case "campaign" -> "the campaign";
            case "adSet" -> "Ad sets";
            case "ad" -> "Ads";
            case "ad.creative" -> "what the ads show";
            default -> field;
        };
    }

    private static List<Problem.Mistake> mistakes(JsonNode list) {
        return list.valueStream()
                .map(one -> new Problem.Mistake(Launches.text(one, "field"), Launches.text(one, "message"))).toList();
    }

    public Money money() {
        return price == null ? Money.ASSUMED : price.money();
    }

    public boolean launchable() {
        return outcome == Outcome.PASSED && !hash.isEmpty();
    }
}
