package io.campaignlauncher.job.http;

import io.campaignlauncher.access.model.Principal;
import io.campaignlauncher.job.model.LaunchRequest;
import io.campaignlauncher.job.model.Strategy;
import io.campaignlauncher.job.model.Violation;
import io.campaignlauncher.job.model.WebhookRules;
import io.campaignlauncher.job.request.Fields;
import io.campaignlauncher.messaging.AccessTokens;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * Reads the body of an older app: its own few fields, any field of {@code POST /v1/jobs}, and the settings for what is left
 * out. It is turned into the newer body, so that the same rules hold; mistakes are told in the caller's words.
 */
final class LegacyBody {

    private static final String DUPLICATION = "duplicationSettings";
    private static final String COUNT = "adSetCount";
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private final ObjectNode body;
    private final Strategy strategy;
    private final List<Violation> found = new ArrayList<>();
    /** By newer field the name that the caller gave it. */
    private final Map<String, String> callersNames = new HashMap<>();

    private @Nullable String retiredObjective;

    /** @param retiredObjective the objective as the caller said it, where the request has another name for it; else null */
    record Read(LaunchRequest request, @Nullable String retiredObjective) {}

    private LegacyBody(ObjectNode body, Strategy strategy) {
        this.body = body;
        this.strategy = strategy;
    }

    /**
     * @param asking who asks, and owns what comes of it
     * @param key    names the job together with the user
     * @return with the request in canonical form
     * @throws Problem 400, naming every field with a mistake; 403 where who asks may not launch for the user
     */
    static Read request(ObjectNode older, Strategy strategy, Principal asking, List<String> key,
            LegacyRoutesSettings settings, AccessTokens credentials, WebhookRules webhooks) {
        return new LegacyBody(older.deepCopy(), strategy).request(asking, key, settings, credentials, webhooks);
    }

    private Read request(Principal asking, List<String> key, LegacyRoutesSettings settings, AccessTokens credentials,
            WebhookRules webhooks) {
        move("campaignName", "name");
        move("objective", "objective");
        objective();
        selected("selectedAdAccountId", "adAccountId", digits -> "act_" + digits);
        selected("selectedPageId", "pageId", digits -> digits);
        counts();
        strategy();
        defaults(settings);
        var others = new ArrayList<Violation>();
        var request = LaunchBody.request(body, asking, key, credentials, webhooks, others);
        for (var other : others) {
            var field = callersNames.getOrDefault(other.field(), other.field());
            if (found.stream().noneMatch(known -> known.field().equals(field))) {
                found.add(new Violation(field, other.message()));
            }
        }
        if (!found.isEmpty()) {
            throw Problem.badRequest(found);
        }
        return new Read(request, retiredObjective);
    }

    /** These apps know the objectives of their time. */
    private void objective() {
        if (within("campaign", "objective") instanceof JsonNode given && given.isString()) {
            var outcome = RetiredObjectives.outcome(given.stringValue());
            if (!outcome.equals(given.stringValue())) {
                retiredObjective = given.stringValue();
                fill("campaign", "objective", NODES.stringNode(outcome));
            }
        }
    }

    /** An id that the apps' users pick from a list, as text or as a number. */
    private void selected(String field, String name, UnaryOperator<String> ofDigits) {
        var value = body.remove(field);
        if (value == null || value.isNull()) {
            return;
        }
        if (body.hasNonNull(name)) {
            wrong(field, "is given as " + name + " as well");
            return;
        }
        callersNames.put(name, field);
        var text = value.isString() || value.isIntegralNumber() ? value.asString() : "";
        if (text.isEmpty()) {
            wrong(field, "must be a text of digits");
        }
        body.put(name, DIGITS.matcher(text).matches() ? ofDigits.apply(text) : text);
    }

    /** The field of the older body becomes one of the campaign. */
    private void move(String field, String name) {
        var value = body.remove(field);
        if (value == null && within("campaign", name) == null) {
            callersNames.put("campaign." + name, field);
            wrong(field, "is needed");
        } else if (value != null && within("campaign", name) != null) {
            wrong(field, "is given as campaign." + name + " as well");
        } else if (value != null) {
            callersNames.put("campaign." + name, field);
            fill("campaign", name, value);
        }
    }

    /** How many: FOR_ALL makes the first ad set and so many duplicates, the others make so many. */
    private void counts() {
        var field = DUPLICATION + "." + COUNT;
        var target = strategy == Strategy.FOR_ADS ? "adCount" : COUNT;
        var settings = new Fields(body, found).within(DUPLICATION);
        var count = settings.integer(COUNT);
        settings.nothingElse();
        if (body.remove(DUPLICATION) == null) {
            if (strategy != Strategy.ONE_FIFTY_ONE && !body.has(target)) {
                callersNames.put(target, field);
                wrong(field, "is needed");
            }
        } else if (body.has(target)) {
            wrong(field, "is given as " + target + " as well");
        } else {
            callersNames.put(target, field);
            if (count != null) {
                body.put(target, strategy == Strategy.FOR_ALL && count < Integer.MAX_VALUE ? count + 1 : count);
            }
        }
    }

    private void strategy() {
        var given = body.get("strategy");
        if (given != null && !(given.isString() && given.stringValue().equals(strategy.name()))) {
            wrong("strategy", "must be " + strategy.name() + " on this route, or left out");
        }
        body.put("strategy", strategy.name());
    }

    private void defaults(LegacyRoutesSettings settings) {
        orDefault("userId", settings.userId());
        orDefault("adAccountId", settings.adAccountId());
        orDefault("credentialId", settings.credentialId());
        if (!body.hasNonNull("pageId") && settings.pageId() != null) {
            body.put("pageId", settings.pageId());
        }
        if (!body.hasNonNull("pixelId") && settings.pixelId() != null) {
            body.put("pixelId", settings.pixelId());
        }
        if (!budgeted()) {
            orDefault("adSet", "dailyBudget",
                    settings.dailyBudget() == null ? null : NODES.numberNode(settings.dailyBudget()));
        }
        orDefault("adSet", "billingEvent", text(settings.billingEvent()));
        orDefault("adSet", "optimizationGoal", text(settings.optimizationGoal()));
        orDefault("adSet", "targeting", LegacyRoutesSettings.object("targeting", settings.targeting()));
        orDefault("ad", "creative", LegacyRoutesSettings.object("creative", settings.creative()));
    }

    /** The caller has given the money somewhere: two budgets would be refused, or spent. */
    private boolean budgeted() {
        return within("adSet", "dailyBudget") != null
                || List.of("campaign", "adSet").stream().anyMatch(part -> body.path(part).path("graphFields")
                        .properties().stream()
                        .anyMatch(field -> field.getKey().endsWith("_budget") && !field.getValue().isNull()));
    }

    private void orDefault(String name, @Nullable String value) {
        if (!body.hasNonNull(name)) {
            if (value == null || value.isBlank()) {
                missing(name, name);
            } else {
                body.put(name, value);
            }
        }
    }

    private void orDefault(String part, String name, @Nullable JsonNode value) {
        if (within(part, name) == null) {
            if (value == null) {
                missing(part + "." + name, name);
            } else {
                fill(part, name, value);
            }
        }
    }

    private void missing(String field, String setting) {
        wrong(field, "is needed: in the body, or for all as the setting launch.older-routes."
                + setting.replaceAll("([A-Z])", "-$1").toLowerCase(java.util.Locale.ROOT));
    }

    private @Nullable JsonNode within(String part, String name) {
        var value = body.path(part).get(name);
        return value == null || value.isNull() ? null : value;
    }

    /** A part that is no object is left for the newer rules to complain of. */
    private void fill(String part, String name, JsonNode value) {
        if (!body.has(part)) {
            body.putObject(part);
        }
        if (body.get(part) instanceof ObjectNode object) {
            object.set(name, value);
        }
    }

    private static @Nullable JsonNode text(@Nullable String value) {
        return value == null || value.isBlank() ? null : NODES.stringNode(value);
    }

    private void wrong(String field, String message) {
        found.add(new Violation(field, message));
    }
}
