package io.campaignlauncher.creation.graph;

import io.campaignlauncher.creation.model.CreateResult;
import io.campaignlauncher.graph.GraphError;
import io.campaignlauncher.graph.GraphResult;
import io.campaignlauncher.schemas.ErrorKind;
import io.campaignlauncher.schemas.GraphFault;
import io.campaignlauncher.worker.GraphFaults;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads results of create operations. Whatever is not a clear yes or no is an unknown outcome. */
final class GraphResultMapper {

    private GraphResultMapper() {}

    /** One result for each of so many operations, also where results are missing. */
    static List<CreateResult> of(List<GraphResult> results, int operations, Instant now) {
        var created = new ArrayList<CreateResult>(operations);
        for (var i = 0; i < operations; i++) {
            created.add(i < results.size() ? of(results.get(i), now)
                    : new CreateResult.NotMade(unknown("no answer to this operation came"), false));
        }
        return created;
    }

    static CreateResult of(GraphResult result, Instant now) {
        return switch (result) {
            case GraphResult.Success success -> {
                var id = success.id();
                yield id == null
                        ? new CreateResult.NotMade(unknown("Facebook answered with a success that names no id"), false)
                        : new CreateResult.Made(id);
            }
            case GraphResult.Failure(GraphError error) ->
                new CreateResult.NotMade(GraphFaults.of(error, now), error.objectMissing());
        };
    }

    /** A create request that may have taken effect. */
    static GraphFault unknown(String message) {
        return GraphFault.newBuilder()
                .setKind(ErrorKind.TEMPORARY)
                .setOutcomeUnknown(true)
                .setMessage(message)
                .build();
    }

    /** Something that is certain to have created nothing. */
    static GraphFault known(ErrorKind kind, String message) {
        return GraphFault.newBuilder().setKind(kind).setMessage(message).build();
    }
}
