package io.campaignlauncher.verification.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.testing.GraphFake;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Answers reads by their paths; what it was not told of does not exist. */
final class FakeFacebook extends GraphFake {

    private static final JsonMapper JSON = new JsonMapper();

    final List<List<GraphOperation>> batches = new ArrayList<>();
    private final Map<String, GraphResult> answers = new HashMap<>();

    /** @param path with {@code ?summary} for a count */
    FakeFacebook answer(String path, String json) {
        answers.put(path, new GraphResult.Success(JSON.readTree(json)));
        return this;
    }

    FakeFacebook fail(String path, GraphError.Kind kind, @Nullable Integer code, @Nullable Integer subcode) {
        answers.put(path, failure(kind, code, subcode));
        return this;
    }

    FakeFacebook failAll(GraphError.Kind kind, @Nullable Integer code) {
        answers.replaceAll((_, _) -> failure(kind, code, null));
        return this;
    }

    static GraphResult failure(GraphError.Kind kind, @Nullable Integer code, @Nullable Integer subcode) {
        return new GraphResult.Failure(
                new GraphError(kind, false, code, subcode, code == null ? 0 : 400, "trouble", null,
                        kind == GraphError.Kind.RATE_LIMIT ? Duration.ofSeconds(90) : null));
    }

    @Override
    public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
        return Mono.fromSupplier(() -> {
            batches.add(operations);
            return new GraphBatchAnswer(operations.stream().map(this::answer).toList(), GraphUsage.NONE);
        });
    }

    private GraphResult answer(GraphOperation operation) {
        var path = operation.path() + (operation.parameters().containsKey("summary") ? "?summary" : "");
        return answers.getOrDefault(path, failure(GraphError.Kind.PERMANENT, 100, 33));
    }
}
