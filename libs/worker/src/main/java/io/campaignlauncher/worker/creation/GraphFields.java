package io.campaignlauncher.worker.creation;

import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphParameters;
import io.campaignlauncher.schemas.AdSetSpec;
import io.campaignlauncher.schemas.AdSpec;
import io.campaignlauncher.schemas.CreateEntities;
import io.campaignlauncher.schemas.PlannedEntity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;

/**
 * The parameters of create operations. What the caller gave by Graph name wins over what is derived from the request, but
 * never over what identifies an entity: its name, its parent, the job's label.
 */
public final class GraphFields {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Set<String> CAMPAIGN_BUDGETS = Set.of("daily_budget", "lifetime_budget");
    /** A command from before nulls were left out of a request may hold one. */
    private static final String NULL = "null";
    private static final Set<String> CONVERSION_GOALS = Set.of("OFFSITE_CONVERSIONS", "VALUE");

    private final CreateEntities command;
    /** By the number of their spec. */
    private final List<Map<String, String>> adSets;
    private final List<Map<String, String>> ads;

    public GraphFields(CreateEntities command) {
        this.command = command;
        this.adSets = adSetSpecs(command).map(spec -> adSet(command, spec)).toList();
        this.ads = adSpecs(command).map(GraphFields::ad).toList();
    }

    private static Stream<AdSetSpec> adSetSpecs(CreateEntities command) {
        return Stream.concat(Stream.of(command.getAdSetSpec()), command.getAdSetSpecs().stream());
    }

    private static Stream<AdSpec> adSpecs(CreateEntities command) {
        return Stream.concat(Stream.of(command.getAdSpec()), command.getAdSpecs().stream());
    }

    /** Why nothing may be sent: a field of the request would make another call of a create; empty where all is well. */
    public Optional<String> refusal() {
        return Stream.of(Stream.of(command.getCampaignSpec().getGraphFields()),
                adSetSpecs(command).map(AdSetSpec::getGraphFields), adSpecs(command).map(AdSpec::getGraphFields))
                .flatMap(all -> all).flatMap(further -> further.keySet().stream())
                .map(GraphParameters::mistake)
                .filter(Objects::nonNull)
                .findFirst()
                .map(mistake -> "nothing was sent, because a further field of the request " + mistake);
    }

    public GraphOperation campaign() {
        var spec = command.getCampaignSpec();
        var fields = new HashMap<String, String>();
        fields.put("objective", spec.getObjective());
        fields.put("special_ad_categories", JSON.writeValueAsString(spec.getSpecialAdCategories()));
        fields.put("status", "PAUSED");
        if (CAMPAIGN_BUDGETS.stream().allMatch(budget -> isNull(spec.getGraphFields().get(budget)))) {
            // From v24 the Graph API wants this field where the campaign has no budget (error 100/4834011).
            fields.put("is_adset_budget_sharing_enabled", "false");
        }
        putAll(fields, spec.getGraphFields());
        fields.put("name", command.getCampaign().getName());
        fields.put("adlabels", labels(spec.getGraphFields().get("adlabels")));
        return GraphOperation.post(command.getAdAccountId() + "/campaigns", fields);
    }

    public GraphOperation adSet(PlannedEntity adSet, String campaignId) {
        var fields = new HashMap<>(adSets.get(adSet.getSpec()));
        fields.put("name", adSet.getName());
        fields.put("campaign_id", campaignId);
        return GraphOperation.post(command.getAdAccountId() + "/adsets", fields);
    }

    /** @param adSetId an id, or a reference to an operation of the same batch */
    public GraphOperation ad(PlannedEntity ad, String adSetId) {
        var fields = new HashMap<>(ads.get(ad.getSpec()));
        fields.put("name", ad.getName());
        fields.put("adset_id", adSetId);
        return GraphOperation.post(command.getAdAccountId() + "/ads", fields);
    }

    private static Map<String, String> adSet(CreateEntities command, AdSetSpec spec) {
        var fields = new HashMap<String, String>();
        if (spec.getDailyBudget() != null) {
            fields.put("daily_budget", spec.getDailyBudget().toString());
        }
        fields.put("billing_event", spec.getBillingEvent());
        fields.put("optimization_goal", spec.getOptimizationGoal());
        fields.put("targeting", spec.getTargeting());
        fields.put("status", "PAUSED");
        if (command.getPixelId() != null && CONVERSION_GOALS.contains(spec.getOptimizationGoal())) {
            fields.put("promoted_object", JSON.writeValueAsString(Map.of("pixel_id", command.getPixelId(),
                    "custom_event_type", conversionEvent(command.getCampaignSpec().getObjective()))));
        }
        putAll(fields, spec.getGraphFields());
        return fields;
    }

    /**
     * Facebook takes only events that fit the objective: an ad set for leads that is to bring purchases is refused. Whoever
     * wants another one gives a {@code promoted_object}.
     */
    private static String conversionEvent(String objective) {
        return switch (objective) {
            case "OUTCOME_SALES" -> "PURCHASE";
            case "OUTCOME_LEADS" -> "LEAD";
            // The event that every pixel reports; no page says which fit here.
            default -> "CONTENT_VIEW";
        };
    }

    private static boolean isNull(@Nullable String json) {
        return json == null || json.equals(NULL);
    }

    private static Map<String, String> ad(AdSpec spec) {
        var fields = new HashMap<String, String>();
        fields.put("creative", spec.getCreative());
        fields.put("status", "PAUSED");
        putAll(fields, spec.getGraphFields());
        return fields;
    }

    private static void putAll(Map<String, String> fields, Map<String, String> graphFields) {
        graphFields.forEach((name, json) -> {
            if (!isNull(json)) {
                fields.put(name, plain(json));
            }
        });
    }

    /** A form field holds a string as it is and anything else as JSON text. */
    private static String plain(String json) {
        try {
            var value = JSON.readTree(json);
            return value.isString() ? value.asString() : json;
        } catch (JacksonException notJson) {
            return json;
        }
    }

    private String labels(@Nullable String others) {
        var labels = others == null ? JSON.createArrayNode() : array(others);
        labels.addObject().put("name", command.getLabel());
        return JSON.writeValueAsString(labels);
    }

    private static ArrayNode array(String json) {
        try {
            JsonNode value = JSON.readTree(json);
            return value instanceof ArrayNode array ? array : JSON.createArrayNode();
        } catch (JacksonException notJson) {
            return JSON.createArrayNode();
        }
    }
}
