package io.campaignlauncher.graph;

import io.campaignlauncher.graph.GraphOperation.Method;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP request to the Graph API. Prints neither token nor parameters.
 *
 * @param path       below the base address, without a leading slash, with the version: {@code v24.0/act_1/campaigns}; a batch
 *     goes to {@code v24.0/}
 * @param parameters not yet encoded: query of a GET or DELETE, form of a POST
 * @param file       sent as one form with the parameters; null: none
 * @param token      for the {@code Authorization} header
 * @param timeLimit  from the call to the end of its answer; later nothing of it is sent any more
 * @param reads      whether the answer tells what there is, which may be long: only then compressing it pays
 * @param traceparent W3C trace context for the header of that name; null: none is sent
 */
public record GraphRequest(Method method, String path, Map<String, String> parameters, @Nullable GraphFile file,
        AccessToken token, Duration timeLimit, boolean reads, @Nullable String traceparent) {

    /** A request of one operation, without a file, which nobody traces. */
    public GraphRequest(Method method, String path, Map<String, String> parameters, AccessToken token,
            Duration timeLimit) {
        this(method, path, parameters, null, token, timeLimit, method == Method.GET, null);
    }

    GraphRequest within(@Nullable String newTraceparent) {
        return new GraphRequest(method, path, parameters, file, token, timeLimit, reads, newTraceparent);
    }

    /** Whether it may change anything on Facebook. */
    public boolean isWrite() {
        return method != Method.GET;
    }

    @Override
    public String toString() {
        return method + " " + path;
    }
}
