package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphResult.Failure;
import java.util.List;

/** The answer to a request that is one operation. */
record SingleAnswer(boolean isWrite, AccessToken token) implements Answers {

    @Override
    public List<GraphResult> read(GraphResponse response, GraphUsage usage) {
        var body = AnswerReader.parse(Json.MAPPER.createParser(response.body()));
        return List.of(new AnswerReader(isWrite, usage, token).read(response.status(), body));
    }

    @Override
    public List<GraphResult> failed(Fault fault) {
        return List.of(new Failure(fault.error(isWrite)));
    }
}
