package io.campaignlauncher.verification.graph;

import io.campaignlauncher.accountcheck.model.Faults;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.verification.model.EntityState;
import io.campaignlauncher.verification.model.ObservedEntity;
import io.campaignlauncher.worker.GraphFaults;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Turns Graph answers into what the model knows. */
final class GraphResultMapper {

    private static final Set<String> GONE = Set.of("DELETED", "ARCHIVED");

    private GraphResultMapper() {}

    /** @param parentField of an ad set {@code campaign_id}, of an ad {@code adset_id}; empty: none */
    static EntityState state(GraphResult result, String parentField, Instant now) {
        return switch (result) {
            case GraphResult.Success(var node) when isGone(node) -> new EntityState.Gone();
            case GraphResult.Success success when success.id() == null -> new EntityState.Unreadable(
                    Faults.unreadable("Facebook answered a read by id without an id."));
            case GraphResult.Success(var node) -> new EntityState.Present(observed(node, parentField));
            case GraphResult.Failure(var error) when error.objectMissing() -> new EntityState.NotFound();
            case GraphResult.Failure(var error) -> new EntityState.Unreadable(GraphFaults.of(error, now));
        };
    }

    /** The items of an edge that exist. */
    static List<ObservedEntity> allObserved(JsonNode edge, String parentField) {
        return edge.path("data").valueStream()
                .filter(item -> !isGone(item) && !item.path("id").asString("").isEmpty())
                .map(item -> observed(item, parentField))
                .toList();
    }

    static ObservedEntity observed(JsonNode item, String parentField) {
        var parent = item.path(parentField).asString("");
        return new ObservedEntity(item.path("id").asString(""), item.path("name").asString(""),
                parent.isEmpty() ? null : parent);
    }

    private static boolean isGone(JsonNode item) {
        return GONE.contains(item.path("effective_status").asString(""))
                || GONE.contains(item.path("status").asString(""));
    }
}
