package io.campaignlauncher.simulator.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One condition of the parameter {@code filtering}. Names compare exactly with EQUAL, without case with CONTAIN. */
record Filter(String field, Operator operator, List<String> values) {

    enum Operator {
        EQUAL, NOT_EQUAL, IN, NOT_IN, CONTAIN, NOT_CONTAIN, GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN,
        LESS_THAN_OR_EQUAL, IN_RANGE, NOT_IN_RANGE, ANY, ALL, NONE
    }

    private static final Set<String> FIELDS = Set.of("id", "name", "status", "configured_status", "effective_status",
            "created_time", "updated_time", "objective", "adlabels", "campaign_id", "adset_id", "campaign.id",
            "campaign.name",
            "campaign.effective_status", "campaign.adlabels", "campaign.objective", "adset.id", "adset.name",
            "adset.effective_status", "adset.adlabels", "ad.id", "ad.name", "ad.effective_status", "ad.adlabels");

    static List<Filter> list(@Nullable JsonNode filtering) {
        if (filtering == null || filtering.isEmpty()) {
            return List.of();
        }
        var filters = new ArrayList<Filter>(filtering.size());
        for (var each : filtering) {
            filters.add(of(each));
        }
        return filters;
    }

    private static Filter of(JsonNode node) {
        var field = node.path("field").asString("");
        if (!FIELDS.contains(field)) {
            throw GraphRefusal.invalid("Filtering field " + field + " is invalid").blaming("filtering");
        }
        Operator operator;
        try {
            operator = Operator.valueOf(node.path("operator").asString("").toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw GraphRefusal
                    .invalid("Param filtering[0]['operator'] must be one of {" + List.of(Operator.values()) + "}")
                    .blaming("filtering");
        }
        var values = new ArrayList<String>();
        var value = node.path("value");
        if (value.isArray()) {
            value.forEach(each -> values.add(each.asString("")));
        } else {
            values.add(value.asString(""));
        }
        if (values.isEmpty()) {
            throw GraphRefusal.invalid("Param filtering needs a value for " + field).blaming("filtering");
        }
        return new Filter(field, operator, values);
    }

    boolean asksForArchived() {
        return field.endsWith("status") && (operator == Operator.EQUAL || operator == Operator.IN) && values.contains(
                "ARCHIVED");
    }

    boolean matches(GraphObject object, Instant now) {
        var subject = subject(object);
        if (subject == null) {
            return false;
        }
        var property = field.substring(field.indexOf('.') + 1);
        if (property.equals("adlabels")) {
            return labels(subject);
        }
        return compare(switch (property) {
            case "id" -> subject.id();
            case "name" -> subject.name;
            case "status", "configured_status" -> subject.status.name();
            case "effective_status" -> subject.effectiveStatus(now);
            case "created_time" -> Long.toString(subject.createdTime.getEpochSecond());
            case "updated_time" -> Long.toString(subject.updatedTime.getEpochSecond());
            case "campaign_id" -> subject.campaign == null ? "" : subject.campaign.id();
            case "adset_id" -> subject.adSet == null ? "" : subject.adSet.id();
            case "objective" -> subject.fields.getOrDefault("objective", Json.text("")).asString("");
            default -> "";
        });
    }

    private @Nullable GraphObject subject(GraphObject object) {
        int dot = field.indexOf('.');
        if (dot < 0) {
            return object;
        }
        return switch (field.substring(0, dot)) {
            case "campaign" -> object.kind == ObjectKind.CAMPAIGN ? object : object.campaign;
            case "adset" -> object.kind == ObjectKind.AD_SET ? object : object.adSet;
            case "ad" -> object.kind == ObjectKind.AD ? object : null;
            default -> null;
        };
    }

    /** Labels are named by id or by name. */
    private boolean labels(GraphObject subject) {
        int found = 0;
        for (var value : values) {
            for (var label : subject.labels()) {
                if (label.id().equals(value) || label.name.equals(value)) {
                    found++;
                    break;
                }
            }
        }
        return switch (operator) {
            case ALL -> found == values.size();
            case ANY, IN, EQUAL, CONTAIN -> found > 0;
            case NONE, NOT_IN, NOT_EQUAL, NOT_CONTAIN -> found == 0;
            case GREATER_THAN, GREATER_THAN_OR_EQUAL, LESS_THAN, LESS_THAN_OR_EQUAL, IN_RANGE, NOT_IN_RANGE -> false;
        };
    }

    private boolean compare(String actual) {
        return switch (operator) {
            case EQUAL, IN, ANY -> values.contains(actual);
            case NOT_EQUAL, NOT_IN, NONE -> !values.contains(actual);
            case ALL -> values.stream().allMatch(actual::equals);
            case CONTAIN -> contains(actual);
            case NOT_CONTAIN -> !contains(actual);
            case GREATER_THAN -> number(actual) > number(values.getFirst());
            case GREATER_THAN_OR_EQUAL -> number(actual) >= number(values.getFirst());
            case LESS_THAN -> number(actual) < number(values.getFirst());
            case LESS_THAN_OR_EQUAL -> number(actual) <= number(values.getFirst());
            case IN_RANGE -> number(actual) >= number(values.getFirst()) && number(actual) <= number(values.getLast());
            case NOT_IN_RANGE ->
                number(actual) < number(values.getFirst()) || number(actual) > number(values.getLast());
        };
    }

    private boolean contains(String actual) {
        var lower = actual.toLowerCase(Locale.ROOT);
        for (var value : values) {
            if (lower.contains(value.toLowerCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static long number(String text) {
        return Ids.number(text);
    }
}
