package io.campaignlauncher.rollback.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphOperation.Method;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.testing.GraphFake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** As much of Facebook as a rollback meets, in memory: nodes, edges, deletion with inheritance, and errors on demand. */
final class FakeFacebook extends GraphFake {

    static final JsonMapper JSON = new JsonMapper();

    /** What happens to an operation instead of, or after, what should; null: nothing special. */
    @Nullable
    Function<GraphOperation, @Nullable GraphResult> trouble;
    /** What each answer says of the account's limits. */
    GraphUsage usage = GraphUsage.NONE;
    /** Told the ids of each batch of deletions before it is carried out. */
    final List<List<String>> deletions = new ArrayList<>();
    final List<Duration> deletedAt = new ArrayList<>();
    int requests;

    private final Map<String, ObjectNode> nodes = new LinkedHashMap<>();
    private final Scheduler time;

    FakeFacebook(Scheduler time) {
        this.time = time;
    }

    FakeFacebook campaign(String id, String name, String label) {
        return node(id, name, "campaign").with(id, "adlabels", "[{\"id\":\"9\",\"name\":\"" + label + "\"}]");
    }

    FakeFacebook adSet(String id, String name, String campaignId) {
        return node(id, name, "adset").with(id, "campaign_id", '"' + campaignId + '"');
    }

    FakeFacebook ad(String id, String name, String adSetId, String campaignId) {
        return node(id, name, "ad").with(id, "campaign_id", '"' + campaignId + '"').with(id, "adset_id",
                '"' + adSetId + '"');
    }

    private FakeFacebook node(String id, String name, String kind) {
        nodes.put(id, JSON.createObjectNode().put("id", id).put("name", name).put("kind", kind).put("effective_status",
                "PAUSED"));
        return this;
    }

    private FakeFacebook with(String id, String field, String json) {
        nodes.get(id).set(field, JSON.readTree(json));
        return this;
    }

    void delete(String id) {
        nodes.values().stream()
                .filter(node -> List.of(node.path("id"), node.path("campaign_id"), node.path("adset_id")).stream()
                        .anyMatch(one -> one.asString("").equals(id)))
                .forEach(node -> node.put("effective_status", "DELETED"));
    }

    List<String> existing() {
        return nodes.values().stream().filter(FakeFacebook::exists).map(node -> node.path("id").asString()).toList();
    }

    @Override
    public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
        return Mono.fromSupplier(() -> {
            requests++;
            var deleted = operations.stream().filter(op -> op.method() == Method.DELETE).map(GraphOperation::path)
                    .toList();
            if (!deleted.isEmpty()) {
                deletions.add(deleted);
                deletedAt.add(Duration.ofMillis(time.now(TimeUnit.MILLISECONDS)));
            }
            return new GraphBatchAnswer(operations.stream().map(this::answer).toList(), usage);
        });
    }

    private GraphResult answer(GraphOperation operation) {
        var instead = trouble == null ? null : trouble.apply(operation);
        if (instead != null) {
            return instead;
        }
        var path = operation.path().split("/");
        if (path[0].startsWith("act_")) {
            return edge(node -> node.path("kind").asString().equals("campaign"));
        }
        var node = nodes.get(path[0]);
        if (node == null) {
            return failure(GraphError.Kind.PERMANENT, 100, 33);
        }
        if (path.length == 2) {
            var kind = path[1].substring(0, path[1].length() - 1);
            return edge(child -> child.path("kind").asString().equals(kind)
                    && (child.path("campaign_id").asString("").equals(path[0])
                            || child.path("adset_id").asString("").equals(path[0])));
        }
        if (operation.method() == Method.GET) {
            return new GraphResult.Success(node.deepCopy());
        }
        if (!exists(node)) {
            return failure(GraphError.Kind.PERMANENT, 100, 33);
        }
        delete(path[0]);
        return new GraphResult.Success(JSON.readTree("{\"success\":true}"));
    }

    private GraphResult edge(Function<ObjectNode, Boolean> belongs) {
        var answer = JSON.createObjectNode();
        answer.putArray("data").addAll(nodes.values().stream().filter(node -> exists(node) && belongs.apply(node))
                .map(ObjectNode::deepCopy).toList());
        return new GraphResult.Success(answer);
    }

    private static boolean exists(ObjectNode node) {
        return !node.path("effective_status").asString().equals("DELETED");
    }

    static GraphResult failure(GraphError.Kind kind, @Nullable Integer code, @Nullable Integer subcode) {
        return new GraphResult.Failure(
                new GraphError(kind, code == null, code, subcode, code == null ? 0 : 400, "trouble",
                        null, kind == GraphError.Kind.RATE_LIMIT ? Duration.ofSeconds(90) : null));
    }
}
