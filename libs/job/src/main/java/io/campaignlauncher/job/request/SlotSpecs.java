package io.campaignlauncher.job.request;

import io.campaignlauncher.job.model.AdSetSpec;
import io.campaignlauncher.job.model.AdSpec;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.ListedAd;
import io.campaignlauncher.job.model.ListedAdSet;
import io.campaignlauncher.job.model.Variations;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What each ad set and each ad of a request is made of: what all have, and over it what it has of its own. */
public final class SlotSpecs {

    private static final String LIFETIME_BUDGET = "lifetime_budget";
    private static final Pattern PLACEHOLDER = Pattern
            .compile(Pattern.quote(Variations.TEXT) + "|" + Pattern.quote(Variations.LINK));

    private final AdSetSpec everyAdSet;
    private final AdSpec everyAd;
    private final Variations variations;
    private final List<ListedAd> listedAds;

    /** @param request a canonical one without violations */
    public SlotSpecs(LaunchRequest request) {
        everyAdSet = request.adSet();
        everyAd = request.ad();
        variations = request.variations();
        listedAds = variations.adSets().stream().flatMap(adSet -> adSet.ads().stream()).toList();
    }

    /** @param number of its slot */
    public AdSetSpec adSet(int number) {
        if (variations.adSets().isEmpty()) {
            return everyAdSet;
        }
        var own = variations.adSets().get(number - 1);
        return new AdSetSpec(own.hasBudget() ? own.dailyBudget() : everyAdSet.dailyBudget(),
                Objects.requireNonNullElse(own.billingEvent(), everyAdSet.billingEvent()),
                Objects.requireNonNullElse(own.optimizationGoal(), everyAdSet.optimizationGoal()),
                Objects.requireNonNullElse(own.targeting(), everyAdSet.targeting()), adSetFields(own));
    }

    private Map<String, String> adSetFields(ListedAdSet own) {
        var fields = new HashMap<>(everyAdSet.graphFields());
        if (own.hasBudget()) {
            fields.remove(LIFETIME_BUDGET);
        }
        fields.putAll(own.graphFields());
        return fields;
    }

    /** @param number of its slot */
    public AdSpec ad(int number) {
        if (!listedAds.isEmpty()) {
            var own = listedAds.get(number - 1);
            var fields = new HashMap<>(everyAd.graphFields());
            fields.putAll(own.graphFields());
            return new AdSpec(Objects.requireNonNullElse(own.creative(), everyAd.creative()), fields);
        }
        if (variations.texts().isEmpty() && variations.links().isEmpty()) {
            return everyAd;
        }
        var creative = CanonicalJson.MAPPER.readTree(everyAd.creative());
        fill(creative, filling(turn(variations.texts(), number), turn(variations.links(), number)));
        return new AdSpec(CanonicalJson.of(creative), everyAd.graphFields());
    }

    private static @Nullable String turn(List<String> texts, int number) {
        return texts.isEmpty() ? null : texts.get((number - 1) % texts.size());
    }

    /** In one go: what a text holds is no placeholder. */
    private static UnaryOperator<String> filling(@Nullable String text, @Nullable String link) {
        return value -> PLACEHOLDER.matcher(value).replaceAll(found -> Matcher.quoteReplacement(
                Objects.requireNonNullElse(found.group().equals(Variations.TEXT) ? text : link, found.group())));
    }

    private static void fill(JsonNode within, UnaryOperator<String> change) {
        switch (within) {
            case ObjectNode object -> object.properties().forEach(field -> {
                if (field.getValue().isString()) {
                    field.setValue(object.stringNode(change.apply(field.getValue().stringValue())));
                } else {
                    fill(field.getValue(), change);
                }
            });
            case ArrayNode array -> {
                for (int i = 0; i < array.size(); i++) {
                    if (array.get(i).isString()) {
                        array.set(i, array.stringNode(change.apply(array.get(i).stringValue())));
                    } else {
                        fill(array.get(i), change);
                    }
                }
            }
            default -> {
            }
        }
    }
}
