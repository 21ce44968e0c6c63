package io.campaignlauncher.tools.facebook;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.job.model.EntityType;
import io.campaignlauncher.job.model.JobState;
import io.campaignlauncher.schemas.KeptName;
import io.campaignlauncher.tools.events.OperationRefused;
import io.campaignlauncher.tools.facebook.FacebookSnapshot.ObservedEntity;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Reads every entity that a slot has by its id, and everything that is in the job's campaign or bears its label. */
public final class FacebookCheck {

    private static final Set<String> GONE = Set.of("DELETED", "ARCHIVED");
    private static final int PAGES_MAX = 100;
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final JobState job;
    private final GraphReads reads;
    private final AccessToken token;

    private FacebookCheck(JobState job, Graph graph, AccessToken token) {
        this.job = job;
        this.reads = new GraphReads(graph, PAGES_MAX);
        this.token = token;
    }

    /**
     * Every difference, the slots' first. Blocks.
     *
     * @param job that was accepted
     * @throws OperationRefused where something could not be read
     */
    public static List<FacebookDifference> of(JobState job, Graph graph, AccessToken token) {
        return FacebookComparison.of(job, new FacebookCheck(job, graph, token).snapshot());
    }

    private FacebookSnapshot snapshot() {
        var byId = byId();
        var terms = job.terms();
        var operations = new ArrayList<GraphOperation>();
        operations
                .add(CampaignLookup.named(terms.request().adAccountId(), KeptName.of(terms.request().campaign().name()),
                        "id,name,effective_status,adlabels"));
        var campaignId = job.slots().getFirst().facebookId();
        var open = campaignId != null && byId.containsKey(campaignId);
        if (open) {
            operations.add(edge(campaignId + "/adsets", EntityType.AD_SET));
            operations.add(edge(campaignId + "/ads", EntityType.AD));
        }
        var results = read(operations);
        var labelled = CampaignLookup.labelled(page(results.getFirst()), terms.label()).stream()
                .filter(FacebookCheck::exists).map(item -> observed(EntityType.CAMPAIGN, item)).toList();
        var inside = new ArrayList<ObservedEntity>();
        if (open) {
            inside.addAll(all(EntityType.AD_SET, results.get(1)));
            inside.addAll(all(EntityType.AD, results.get(2)));
        }
        return new FacebookSnapshot(byId, labelled, inside);
    }

    private Map<String, ObservedEntity> byId() {
        var ids = new ArrayList<String>();
        var types = new ArrayList<EntityType>();
        for (int i = 0; i < job.slots().size(); i++) {
            var id = job.slots().get(i).facebookId();
            if (id != null) {
                ids.add(id);
                types.add(job.plan().slots().get(i).id().type());
            }
        }
        var operations = new ArrayList<GraphOperation>();
        for (int i = 0; i < ids.size(); i++) {
            operations.add(GraphOperation.get(ids.get(i), Map.of("fields", fields(types.get(i)))));
        }
        var results = read(operations);
        var found = new HashMap<String, ObservedEntity>();
        for (int i = 0; i < ids.size(); i++) {
            switch (results.get(i)) {
                case GraphResult.Success success when success.id() == null -> throw unread("the answer to a read of "
                        + ids.get(i) + " has no id");
                case GraphResult.Success(var node) when exists(node) ->
                    found.put(ids.get(i), observed(types.get(i), node));
                case GraphResult.Success _ -> {
                }
                case GraphResult.Failure(var error) when error.objectMissing() -> {
                }
                case GraphResult.Failure(var error) -> throw unread(error);
            }
        }
        return found;
    }

    private List<GraphResult> read(List<GraphOperation> operations) {
        return Objects.requireNonNull(reads.read(token, operations).block(PATIENCE)).results();
    }

    private static GraphOperation edge(String path, EntityType type) {
        return GraphOperation.get(path, Map.of("fields", fields(type)));
    }

    private static String fields(EntityType type) {
        return switch (type) {
            case CAMPAIGN -> "id,name,effective_status";
            case AD_SET, AD -> "id,name,effective_status," + parentField(type);
        };
    }

    private static String parentField(EntityType type) {
        return switch (type) {
            case CAMPAIGN -> "";
            case AD_SET -> "campaign_id";
            case AD -> "adset_id";
        };
    }

    private static JsonNode page(GraphResult result) {
        return switch (result) {
            case GraphResult.Success(var body) -> body;
            case GraphResult.Failure(var error) -> throw unread(error);
        };
    }

    private static List<ObservedEntity> all(EntityType type, GraphResult edge) {
        return page(edge).path("data").valueStream().filter(FacebookCheck::exists).map(item -> observed(type, item))
                .toList();
    }

    private static ObservedEntity observed(EntityType type, JsonNode item) {
        return new ObservedEntity(type.name().toLowerCase(java.util.Locale.ROOT), item.path("id").asString(""),
                item.path("name").asString(""), item.path(parentField(type)).asString(""));
    }

    private static boolean exists(JsonNode item) {
        return !GONE.contains(item.path("effective_status").asString(""));
    }

    private static OperationRefused unread(GraphError error) {
        return unread(error.message());
    }

    private static OperationRefused unread(String why) {
        return new OperationRefused("Facebook could not be read: " + why);
    }
}
