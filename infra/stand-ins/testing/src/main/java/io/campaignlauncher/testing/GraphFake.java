package io.campaignlauncher.testing;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.Graph;
import io.campaignlauncher.graph.GraphAnswer;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphFile;
import io.campaignlauncher.graph.GraphOperation;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/** A Graph API in which no call is expected: a fake overrides those that its test is about, any other fails the test. */
public abstract class GraphFake implements Graph {

    /** Its requests take as long as a test says. */
    @Override
    public Graph within(Duration requestTimeout) {
        return this;
    }

    @Override
    public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
        throw unexpected("GET " + path);
    }

    @Override
    public Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters) {
        throw unexpected("POST " + path);
    }

    @Override
    public Mono<GraphAnswer> upload(AccessToken token, String path, Map<String, String> parameters, GraphFile file) {
        throw unexpected("upload to " + path);
    }

    @Override
    public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
        throw unexpected("batch of " + operations);
    }

    private static AssertionError unexpected(String call) {
        return new AssertionError("nobody expects this call: " + call);
    }
}
