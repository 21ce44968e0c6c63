package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.CampaignLookup;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphReads;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.rollback.model.EntityState;
import io.campaignlauncher.schemas.Entity;
import io.campaignlauncher.schemas.EntityType;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.worker.GraphFaults;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Reads entities by id, with all that is worth keeping of them. */
final class ContentReader {

    /** A targeting of that size has never been seen; a record that Kafka refuses would stop the rollback for ever. */
    static final int CONTENT_BYTES_MAX = 250_000;
    private static final String DELETED = "DELETED";

    private final GraphReads reads;
    private final Clock clock;

    ContentReader(GraphReads reads, Clock clock) {
        this.reads = reads;
        this.clock = clock;
    }

    record ContentsRead(Map<String, EntityState> states, int httpCalls) {}

    Mono<ContentsRead> read(AccessToken token, List<Entity> entities, String label) {
        var operations = entities.stream()
                .map(entity -> GraphOperation.get(entity.getFacebookId(),
                        Map.of("fields", fields(entity.getEntityType()))))
                .toList();
        return reads.read(token, operations).map(result -> {
            var states = new HashMap<String, EntityState>();
            for (var i = 0; i < entities.size(); i++) {
                states.put(entities.get(i).getFacebookId(), state(result.results().get(i), label));
            }
            return new ContentsRead(states, result.httpCalls());
        });
    }

    private static String fields(EntityType type) {
        return switch (type) {
            case CAMPAIGN -> "id,name,objective,status,effective_status,special_ad_categories,daily_budget,"
                    + "lifetime_budget,adlabels,created_time";
            case AD_SET -> "id,name,status,effective_status,campaign_id,daily_budget,lifetime_budget,billing_event,"
                    + "optimization_goal,targeting,promoted_object,created_time";
            case AD -> "id,name,status,effective_status,adset_id,campaign_id,creative,created_time";
            case UNKNOWN -> "id,status,effective_status";
        };
    }

    private EntityState state(GraphResult result, String label) {
        return switch (result) {
            case GraphResult.Success(var node) when isDeleted(node) -> new EntityState.Gone();
            case GraphResult.Success success when success.id() == null -> new EntityState.Unreadable(
                    GraphFault.newBuilder()
                            .setKind(ErrorKind.TEMPORARY)
                            .setMessage("Facebook answered a read by id without an id.")
                            .build());
            case GraphResult.Success(var node) -> new EntityState.Present(node.path("name").asString(""), content(node),
                    CampaignLookup.carries(node, label), text(node, "campaign_id"), text(node, "adset_id"));
            case GraphResult.Failure(var error) when error.objectMissing() -> new EntityState.NotFound();
            case GraphResult.Failure(var error) -> new EntityState.Unreadable(GraphFaults.of(error, clock.instant()));
        };
    }

    private static boolean isDeleted(JsonNode node) {
        return DELETED.equals(node.path("effective_status").asString(""))
                || DELETED.equals(node.path("status").asString(""));
    }

    private static String content(JsonNode node) {
        var whole = node.toString();
        if (whole.getBytes(StandardCharsets.UTF_8).length <= CONTENT_BYTES_MAX) {
            return whole;
        }
        var plain = JsonNodeFactory.instance.objectNode();
        node.properties().stream()
                .filter(field -> field.getValue().isValueNode())
                .forEach(field -> plain.set(field.getKey(), field.getValue()));
        return plain.put("shortened", true).toString();
    }

    private static @Nullable String text(JsonNode node, String field) {
        var text = node.path(field).asString("");
        return text.isEmpty() ? null : text;
    }
}
