package io.campaignlauncher.verification.graph;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Answers reads by their paths; what it was not told of does not exist. */
final class FakeFacebook implements Graph {

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

    @Override
    public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters) {
        throw new AssertionError("a verifier writes nothing");
    }

    @Override
    public Mono<GraphAnswer> delete(AccessToken token, String path) {
        throw new AssertionError("a verifier deletes nothing");
    }

    @Override
    public Flux<JsonNode> pages(AccessToken token, String path, Map<String, String> parameters, int pagesMax) {
        throw new UnsupportedOperationException();
    }
}
