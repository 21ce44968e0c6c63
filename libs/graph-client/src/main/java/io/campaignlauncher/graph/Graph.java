package io.campaignlauncher.graph;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import reactor.core.publisher.Mono;

/**
 * The Graph API as the services see it.
 *
 * <p>Every method sends its HTTP request when subscribed, at most once a subscription, and answers with a value: what goes
 * wrong is a {@link GraphResult.Failure}, never an error signal. Paths are relative to the API version, without a leading
 * slash, e.g. {@code act_1001/campaigns}. Parameter values that are objects or lists are JSON text. A
 * parameter that would make another call of it ({@link GraphParameters}) is an IllegalArgumentException, and nothing is sent.
 */
public interface Graph {

    /** The same API; its requests are given up after so long, waiting for a connection included. */
    Graph within(Duration requestTimeout);

    /** One read. */
    Mono<GraphAnswer> get(AccessToken token, String path, Map<String, String> parameters);

    /** One write. A success without what it promises (an empty body, no id) is for the caller to doubt. */
    Mono<GraphAnswer> post(AccessToken token, String path, Map<String, String> parameters);

    /**
     * One write that carries a file, never in a batch. Its content is asked for once, and not at all where nothing is
     * sent.
     */
    Mono<GraphAnswer> upload(AccessToken token, String path, Map<String, String> parameters, GraphFile file);

    /**
     * Up to 50 operations in one HTTP request.
     *
     * @return one result for each operation, in order, also when the whole request failed: then each carries that failure.
     *     A null or aborted (code 960) element of a write has an unknown outcome.
     */
    Mono<GraphBatchAnswer> batch(AccessToken token, List<GraphOperation> operations);
}
