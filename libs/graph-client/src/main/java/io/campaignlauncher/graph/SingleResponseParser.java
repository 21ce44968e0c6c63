package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphResult.Failure;
import io.campaignlauncher.sendonce.HttpAnswer;
import java.util.List;

/** For a request that is one operation. */
record SingleResponseParser(boolean isWrite, AccessToken token) implements ResponseParser {

    @Override
    public GraphBatchAnswer read(HttpAnswer response) {
        var usage = new UsageHeaders(token.adAccountId()).of(response.headers());
        var body = AnswerReader.parse(Json.MAPPER.createParser(response.body()));
        return new GraphBatchAnswer(List.of(new AnswerReader(isWrite, usage, token).read(response.status(), body)),
                usage);
    }

    @Override
    public List<GraphResult> failed(Fault fault) {
        return List.of(new Failure(fault.error(isWrite)));
    }
}
