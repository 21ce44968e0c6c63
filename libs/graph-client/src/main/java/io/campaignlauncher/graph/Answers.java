package io.campaignlauncher.graph;

import java.util.List;

/** What the operations of one HTTP request came to: one result for each, in order, whatever happened. */
interface Answers {

    /** An HTTP answer came. */
    GraphBatchAnswer read(GraphResponse response);

    /** None came: the same fault for every operation. */
    List<GraphResult> failed(Fault fault);

    /** An error whose meaning depends on whether the operation could have changed anything. */
    @FunctionalInterface
    interface Fault {
        GraphError error(boolean isWrite);
    }
}
