package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.HttpAnswer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import reactor.core.publisher.Mono;
import tools.jackson.databind.JsonNode;

/** Graphs without a network, for rules about answers. */
final class Answering {

    static final AccessToken TOKEN = new AccessToken("EAAsecretsecretsecretsecret0123456789");
    static final GraphSettings SETTINGS = GraphSettings.towards(URI.create("http://localhost"));

    private Answering() {}

    static HttpGraph graph(GraphTransport transport) {
        return new HttpGraph(transport, SETTINGS, null, null);
    }

    static HttpGraph graph(int status, String body) {
        return graph(status, body, Map.of());
    }

    static HttpGraph graph(int status, String body, Map<String, String> headers) {
        return graph(_ -> Mono.just(new HttpAnswer(status, headers, body.getBytes(StandardCharsets.UTF_8))));
    }

    static GraphError error(GraphResult result) {
        return ((GraphResult.Failure) result).error();
    }

    static GraphError error(Mono<GraphAnswer> answer) {
        return error(answer.block().result());
    }

    static JsonNode body(GraphResult result) {
        return ((GraphResult.Success) result).body();
    }
}
