package io.campaignlauncher.graph;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Finds campaigns by name and label: what a request with a lost answer may have left. */
public final class CampaignLookup {

    private static final JsonMapper JSON = new JsonMapper();

    private CampaignLookup() {}

    /**
     * The read, for {@link GraphReads}, of the account's campaigns of one name that are neither deleted nor archived. Its answer
     * may hold names that only resemble it.
     *
     * @param name as Facebook keeps it
     * @param fields comma-separated Graph fields; {@code id}, {@code name} and {@code adlabels} are what the other methods need
     */
    public static GraphOperation named(String adAccountId, String name, String fields) {
        var filter = List.of(Map.of("field", "name", "operator", "EQUAL", "value", name));
        return GraphOperation.get(adAccountId + "/campaigns",
                Map.of("fields", fields, "filtering", JSON.writeValueAsString(filter)));
    }

    /** Whether the campaign carries the label of this name. */
    public static boolean carries(JsonNode campaign, String label) {
        return campaign.path("adlabels").valueStream().anyMatch(one -> one.path("name").asString("").equals(label));
    }

    /** The campaigns of an edge's answer that carry the label. */
    public static List<JsonNode> labelled(JsonNode edge, String label) {
        return edge.path("data").valueStream().filter(campaign -> carries(campaign, label)).toList();
    }
}
