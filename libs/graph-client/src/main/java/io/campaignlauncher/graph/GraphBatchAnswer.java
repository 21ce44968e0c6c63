package io.campaignlauncher.graph;

import java.util.List;

/** The results of one batch request, in the order of its operations, and what its headers and those of its entries said about usage. */
public record GraphBatchAnswer(List<GraphResult> results, GraphUsage usage) {

    public GraphBatchAnswer {
        results = List.copyOf(results);
    }
}
