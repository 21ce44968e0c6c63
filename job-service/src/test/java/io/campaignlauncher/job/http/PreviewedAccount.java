package io.campaignlauncher.job.http;

import io.campaignlauncher.graph.AccessToken;
import io.campaignlauncher.graph.GraphBatchAnswer;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphOperation;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.graph.GraphUsage;
import io.campaignlauncher.testing.GraphFake;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** A Facebook of one good account, as far as previews ask: what it was asked is noted. */
final class PreviewedAccount extends GraphFake {

    final List<GraphOperation> asked = new CopyOnWriteArrayList<>();
    volatile String currency = "USD";
    volatile String status = "1";
    volatile String validation = "{'success':true}";
    volatile boolean away;

    @Override
    public Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations) {
        return Mono.fromSupplier(() -> {
            asked.addAll(operations);
            return new GraphBatchAnswer(operations.stream().map(this::answer).toList(), GraphUsage.NONE);
        });
    }

    private GraphResult answer(GraphOperation operation) {
        if (away) {
            return new GraphResult.Failure(
                    new GraphError(GraphError.Kind.TEMPORARY, false, null, null, 0, "gone", null, null));
        }
        var path = operation.path();
        return new GraphResult.Success(JsonMapper.shared().readTree((operation.isWrite() ? validation
                : path.equals("debug_token") ? "{'data':{'is_valid':true,'scopes':['ads_management']}}"
                        : operation.parameters().containsKey("summary") ? "{'data':[],'summary':{'total_count':3}}"
                                : path.contains("/") ? "{'data':[{'id':'1000000001'},{'id':'2000000001'}]}"
                                        : "{'id':'act_1001','account_status':" + status + ",'currency':'" + currency
                                                + "','timezone_name':'America/Los_Angeles'}")
                .replace('\'', '"')));
    }
}
