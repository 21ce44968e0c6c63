package io.campaignlauncher.console.model;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What was launched before, for a form that begins with it. */
public final class EarlierLaunch {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Pattern NUMBERED = Pattern.compile("(.*) (\\d{1,6})", Pattern.DOTALL);
    private static final Set<String> SIMPLE_LINK = Set.of("link", "message", "name", "description", "image",
            "call_to_action");
    private static final int PRIORITY = 5;
    private static final List<String> AS_TEXT = List.of("userId", "adAccountId", "credentialId", "pageId", "pixelId",
            "rollbackPolicy", "duplicateName");

    private EarlierLaunch() {}

    /**
     * @param request as the history of a launch has it
     * @return the body that asks for the same
     */
    public static ObjectNode body(JsonNode request) {
        var body = JSON.createObjectNode();
        AS_TEXT.forEach(name -> copy(request, body, name));
        List.of("strategy", "adSetCount", "adCount", "retryBudget", "mediaUpload")
                .forEach(name -> copy(request, body, name));
        var campaign = body.putObject("campaign");
        List.of("name", "objective", "specialAdCategories")
                .forEach(name -> copy(request.path("campaign"), campaign, name));
        fields(request.path("campaign"), campaign);
        var adSet = body.putObject("adSet");
        adSet(request.path("adSet"), adSet);
        rename(request, "adSetName", adSet, "name");
        var ad = body.putObject("ad");
        json(request.path("ad"), ad, "creative");
        fields(request.path("ad"), ad);
        rename(request, "adName", ad, "name");
        copy(request, ad, "texts");
        copy(request, ad, "links");
        listed(request.path("adSets"), body);
        if (request.path("numberRepeatedNames").asBoolean(false)) {
            body.put("numberRepeatedNames", true);
        }
        if (!Launches.text(request, "webhook").isEmpty()) {
            body.putObject("notify").put("webhook", Launches.text(request, "webhook"));
        }
        if (request.path("priority").asInt(PRIORITY) != PRIORITY) {
            copy(request, body, "priority");
        }
        return body;
    }

    private static void listed(JsonNode adSets, ObjectNode body) {
        if (adSets.isEmpty()) {
            return;
        }
        // Their counts follow from the list.
        body.remove(List.of("adSetCount", "adCount"));
        var list = body.putArray("adSets");
        adSets.valueStream().forEach(one -> {
            var adSet = list.addObject();
            copy(one, adSet, "name");
            adSet(one, adSet);
            var ads = adSet.putArray("ads");
            one.path("ads").valueStream().forEach(each -> {
                var ad = ads.addObject();
                copy(each, ad, "name");
                json(each, ad, "creative");
                fields(each, ad);
            });
        });
    }

    private static void adSet(JsonNode from, ObjectNode to) {
        List.of("dailyBudget", "billingEvent", "optimizationGoal").forEach(name -> copy(from, to, name));
        json(from, to, "targeting");
        fields(from, to);
    }

    private static void rename(JsonNode from, String name, ObjectNode to, String other) {
        if (!Launches.text(from, name).isEmpty()) {
            to.put(other, Launches.text(from, name));
        }
    }

    private static void copy(JsonNode from, ObjectNode to, String name) {
        var value = from.path(name);
        boolean nothing = value.isMissingNode() || value.isNull() || value.isArray() && value.isEmpty()
                || value.isString() && value.asString().isEmpty();
        if (!nothing) {
            to.set(name, value);
        }
    }

    private static void fields(JsonNode from, ObjectNode to) {
        if (!from.path("graphFields").isEmpty()) {
            var fields = to.putObject("graphFields");
            from.path("graphFields").properties().forEach(field -> fields.set(field.getKey(), read(field.getValue())));
        }
    }

    private static void json(JsonNode from, ObjectNode to, String name) {
        var value = read(from.path(name));
        if (value.isObject() && !value.isEmpty()) {
            to.set(name, value);
        }
    }

    /** In events JSON stands as text. */
    private static JsonNode read(JsonNode value) {
        try {
            return value.isString() ? JSON.readTree(value.asString()) : value;
        } catch (JacksonException e) {
            return value;
        }
    }

    /**
     * @param body  that asks for the same
     * @param money of its account
     * @param known what the form says whatever was launched then
     */
    public static LaunchForm form(ObjectNode body, Money money, Map<String, String> known) {
        var rest = body.deepCopy();
        var values = new HashMap<String, String>();
        AS_TEXT.forEach(name -> take(rest, name, values, name));
        campaign(rest, values);
        shape(rest, values);
        adSet(rest, money, values);
        if (rest.get("ad") instanceof ObjectNode ad) {
            take(ad, "name", values, "adName");
            creative(ad, values);
        }
        var categories = rest.path("campaign").path("specialAdCategories").valueStream().map(JsonNode::asString)
                .collect(Collectors.toUnmodifiableSet());
        if (rest.get("campaign") instanceof ObjectNode campaign) {
            campaign.remove("specialAdCategories");
        }
        List.of("campaign", "adSet", "ad").stream().filter(name -> rest.path(name).isEmpty()).forEach(rest::remove);
        if (!rest.isEmpty()) {
            values.put("more", pretty(rest));
        }
        values.putAll(known);
        var form = new LaunchForm(LaunchForm.blank(values).values(), categories);
        return money.isKnown() ? form.with(money) : form;
    }

    private static void campaign(ObjectNode rest, Map<String, String> values) {
        if (rest.get("campaign") instanceof ObjectNode campaign) {
            values.put("name", next(Launches.text(campaign, "name")));
            campaign.remove("name");
            take(campaign, "objective", values, "objective");
        }
    }

    /** Names are there once on an account. */
    static String next(String name) {
        var numbered = NUMBERED.matcher(name);
        return numbered.matches() ? numbered.group(1) + " " + (Integer.parseInt(numbered.group(2)) + 1) : name + " 2";
    }

    private static void shape(ObjectNode rest, Map<String, String> values) {
        var strategy = Launches.text(rest, "strategy");
        rest.remove("strategy");
        boolean one = strategy.equals(LaunchForm.ONE_AD_SET);
        boolean listed = strategy.equals(LaunchForm.LISTED);
        // FOR_ALL makes the same things as ONE_FIFTY_ONE.
        values.put("strategy", one || listed ? strategy : "ONE_FIFTY_ONE");
        take(rest, one ? "adCount" : "adSetCount", values, "count");
        rest.remove(List.of("adSetCount", "adCount"));
        if (listed && rest.path("adSets").isArray()) {
            values.put("adSets", pretty(rest.path("adSets")));
            rest.remove("adSets");
        }
    }

    private static void adSet(ObjectNode rest, Money money, Map<String, String> values) {
        if (rest.get("adSet") instanceof ObjectNode adSet) {
            take(adSet, "name", values, "adSetName");
            take(adSet, "billingEvent", values, "billingEvent");
            take(adSet, "optimizationGoal", values, "optimizationGoal");
            if (adSet.get("graphFields") instanceof ObjectNode fields) {
                take(fields, "dsa_beneficiary", values, "beneficiary");
                take(fields, "dsa_payor", values, "payer");
                if (fields.isEmpty()) {
                    adSet.remove("graphFields");
                }
            }
            var budget = adSet.remove("dailyBudget");
            if (budget != null && money.isKnown()) {
                values.put("dailyBudget", money.amount(budget.asLong()));
            }
            if (adSet.remove("targeting") instanceof ObjectNode targeting) {
                targeting(targeting, values);
            }
        }
    }

    private static void targeting(ObjectNode targeting, Map<String, String> values) {
        take(targeting, "age_min", values, "ageMin");
        take(targeting, "age_max", values, "ageMax");
        var genders = targeting.path("genders");
        if (genders.size() == 1 && genders.path(0).isNumber()) {
            values.put("gender", genders.path(0).asInt() == 1 ? "men" : "women");
            targeting.remove("genders");
        }
        if (targeting.get("geo_locations") instanceof ObjectNode places && places.path("countries").isArray()) {
            values.put("countries", places.path("countries").valueStream().map(JsonNode::asString)
                    .collect(Collectors.joining(", ")));
            places.remove("countries");
            if (places.isEmpty()) {
                targeting.remove("geo_locations");
            }
        }
        if (!targeting.isEmpty()) {
            values.put("targeting", pretty(targeting));
        }
    }

    /** In fields where they hold all of it; else as it is. */
    private static void creative(ObjectNode ad, Map<String, String> values) {
        if (!(ad.remove("creative") instanceof ObjectNode creative)) {
            return;
        }
        var story = creative.path("object_story_spec");
        var link = story.path("link_data");
        var action = link.path("call_to_action");
        boolean simple = creative.size() == 1 && story.size() == 2 && link.isObject()
                && Launches.text(story, "page_id").equals(values.getOrDefault("pageId", ""))
                && SIMPLE_LINK.containsAll(link.propertyNames())
                && (action.isMissingNode() || action.size() == 1 && action.has("type"));
        if (!simple) {
            values.put("creative", pretty(creative));
            return;
        }
        Map.of("link", "link", "message", "message", "name", "headline", "description", "description", "image",
                "image").forEach((name, field) -> values.put(field, Launches.text(link, name)));
        values.put("callToAction", Launches.text(action, "type"));
    }

    private static void take(ObjectNode from, String name, Map<String, String> values, String field) {
        var value = from.remove(name);
        if (value != null) {
            values.put(field, value.asString());
        }
    }

    private static String pretty(JsonNode node) {
        return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(node);
    }
}
