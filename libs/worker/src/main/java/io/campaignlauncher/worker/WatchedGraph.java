package io.campaignlauncher.worker;

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

/** For the handlers of a {@link TopicListener}: with each answer of Facebook, be it a refusal or a time-out, a message gets on. */
public final class WatchedGraph implements Graph {

    private final Graph graph;

    public WatchedGraph(Graph graph) {
        this.graph = graph;
    }

    @Override
    public Graph within(Duration requestTimeout) {
        return new WatchedGraph(graph.within(requestTimeout));
    }

    @Override
    public Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters) {
        return watched(graph.get(token, path, parameters));
    }

    @Override
    public Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters) {
        return watched(graph.post(token, path, parameters));
    }

    @Override
    public Mono<GraphAnswer> upload(AccessToken token, String path, Map<String, String> parameters, GraphFile file) {
        return watched(graph.upload(token, path, parameters, file));
    }

    @Override
    public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
        return watched(graph.batch(token, operations));
    }

    private static <T> Mono<T> watched(Mono<T> answer) {
        return Mono.deferContextual(context -> answer.doOnTerminate(() -> MessageProgress.noteIn(context)));
    }
}
