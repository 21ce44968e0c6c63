package io.campaignlauncher.simulator.core;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The parameters of one operation, typed. What does not fit is refused with code 100 and the parameter's name. */
final class Inputs {

    private static final DateTimeFormatter TIMES = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME).appendPattern("[XXX][XX][X]").toFormatter();
    private static final Set<String> NOT_STORED = Set.of("access_token", "adlabels", "status", "name",
            "execution_options",
            "fields", "campaign_id", "adset_id", "creative", "id", "account_id", "effective_status",
            "configured_status");

    private static final Set<String> EXECUTION_OPTIONS = Set.of("validate_only", "include_recommendations",
            "synchronous_ad_review");

    final Map<String, String> values;
    private final ParsedJson json;

    Inputs(Map<String, String> values, ParsedJson json) {
        this.values = values;
        this.json = json;
    }

    boolean has(String name) {
        var value = values.get(name);
        return value != null && !value.isEmpty();
    }

    @Nullable
    String text(String name) {
        return values.get(name);
    }

    String required(String name) {
        var value = values.get(name);
        if (value == null || value.isEmpty()) {
            throw GraphRefusal.missing(name);
        }
        return value;
    }

    /** The name as it is kept: without blanks at its ends. */
    String name() {
        var name = required("name").strip();
        if (name.isEmpty()) {
            throw GraphRefusal.missing("name");
        }
        return name;
    }

    /** One of these; null where it is not given. */
    @Nullable
    String oneOf(String name, Set<String> allowed) {
        var value = values.get(name);
        if (value != null && !allowed.contains(value)) {
            throw GraphRefusal
                    .invalid("Param " + name + " must be one of {" + String.join(", ", new java.util.TreeSet<>(
                            allowed)) + "} - got \"" + value + "\".")
                    .blaming(name);
        }
        return value;
    }

    @Nullable
    Long money(String name) {
        var value = values.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        long amount = Ids.number(value);
        if (amount == 0 && !value.equals("0")) {
            throw GraphRefusal.invalid("Param " + name + " must be an integer").blaming(name);
        }
        return amount;
    }

    boolean isTrue(String name) {
        var value = values.get(name);
        return "true".equals(value) || "1".equals(value);
    }

    @Nullable
    JsonNode tree(String name) {
        var value = values.get(name);
        return value == null || value.isEmpty() ? null : json.parse(name, value);
    }

    JsonNode requiredTree(String name) {
        return json.parse(name, required(name));
    }

    /** A JSON list, or one bare word for a list of one. */
    @Nullable
    JsonNode list(String name) {
        var value = values.get(name);
        if (value == null || value.isEmpty()) {
            return null;
        }
        var first = value.charAt(0);
        if (first != '[' && first != '{' && first != '"') {
            return Json.array().add(value);
        }
        var node = json.parse(name, value);
        if (node.isArray()) {
            return node;
        }
        throw GraphRefusal.invalid("Param " + name + " must be an array.").blaming(name);
    }

    @Nullable
    Instant time(String name) {
        var value = values.get(name);
        return value == null || value.isEmpty() || value.equals("0") ? null : time(name, value);
    }

    private static Instant time(String name, String value) {
        long unix = Ids.number(value);
        if (unix > 0) {
            return Instant.ofEpochSecond(unix);
        }
        try {
            var parsed = TIMES.parseBest(value, OffsetDateTime::from, java.time.LocalDateTime::from);
            return parsed instanceof OffsetDateTime zoned ? zoned.toInstant()
                    : ((java.time.LocalDateTime) parsed).toInstant(java.time.ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw GraphRefusal.invalid("Param " + name + " must be a valid time").blaming(name);
        }
    }

    /**
     * Whether to check and not to store; recommendations, which there are none of here, are asked for together with it
     * alone.
     */
    boolean validateOnly() {
        var given = list("execution_options");
        if (given == null) {
            return false;
        }
        var options = given.valueStream().map(option -> option.asString("")).toList();
        boolean validateOnly = options.contains("validate_only");
        boolean alone = options.contains("include_recommendations") && !validateOnly;
        if (alone || !EXECUTION_OPTIONS.containsAll(options)) {
            throw GraphRefusal.invalid("Param execution_options must be validate_only, with include_recommendations or "
                    + "without, or synchronous_ad_review").blaming("execution_options");
        }
        return validateOnly;
    }

    /** What is kept of the parameters: those that the node has fields for. */
    Map<String, JsonNode> stored(Set<String> nodeFields) {
        var result = new HashMap<String, JsonNode>();
        values.forEach((name, value) -> {
            if (nodeFields.contains(name) && !NOT_STORED.contains(name) && !value.isEmpty()) {
                result.put(name.intern(), stored(name, value));
            }
        });
        return shared(result);
    }

    /** Equal fields, which thousands of objects of a launch have, take the room of one. */
    Map<String, JsonNode> shared(Map<String, JsonNode> fields) {
        return json.shared(fields);
    }

    private JsonNode stored(String name, String value) {
        char first = value.charAt(0);
        if (first == '{' || first == '[') {
            return json.parse(name, value);
        }
        return switch (name) {
            case "bid_amount" -> Json.NODES.numberNode(Ids.number(value));
            case "start_time", "stop_time", "end_time" ->
                Json.text(value.equals("0") ? "0" : Times.text(time(name, value)));
            case "special_ad_categories" -> Json.array().add(value);
            default -> value.equals("true") || value.equals("false") ? Json.NODES.booleanNode(value.equals("true"))
                    : Json.text(value);
        };
    }
}
