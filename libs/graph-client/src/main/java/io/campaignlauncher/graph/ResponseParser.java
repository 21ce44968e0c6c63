package io.campaignlauncher.graph;

import io.campaignlauncher.sendonce.HttpAnswer;
import java.util.List;

/** Makes of what came of one HTTP request one result for each of its operations, in order, whatever happened. */
interface ResponseParser {

    /** An HTTP answer came. */
    GraphBatchAnswer read(HttpAnswer response);

    /** None came: the same fault for every operation. */
    List<GraphResult> failed(Fault fault);

    /** An error whose meaning depends on whether the operation could have changed anything. */
    @FunctionalInterface
    interface Fault {
        GraphError error(boolean isWrite);
    }
}
