package io.campaignlauncher.graph;

import java.net.URI;
import java.time.Duration;

/**
 * How to reach the Graph API.
 *
 * @param baseUrl             http or https, no trailing slash needed
 * @param apiVersion          e.g. v24.0
 * @param requestTimeout      from the call to the end of its answer, waiting for a connection included; nothing of a
 *     request leaves later than this
 * @param connectTimeout      for the TCP and TLS handshake
 * @param connectionsMax      in the pool; further requests wait
 * @param pendingMax          requests that may wait for a connection; more are refused as not sent
 * @param traceparentSent     whether requests carry the W3C trace context of the work they belong to
 */
public record GraphSettings(URI baseUrl, String apiVersion, Duration requestTimeout, Duration connectTimeout,
        int connectionsMax, int pendingMax, boolean traceparentSent) {

    public static final String API_VERSION = "v24.0";
    public static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(10);
    public static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    public static final int CONNECTIONS_MAX = 256;
    public static final int PENDING_MAX = 10_000;
    public static final boolean TRACEPARENT_SENT = true;

    public GraphSettings {
        if (!"http".equals(baseUrl.getScheme()) && !"https".equals(baseUrl.getScheme())) {
            throw new IllegalArgumentException("graph.base-url must be http or https: " + baseUrl);
        }
        if (requestTimeout.isNegative() || requestTimeout.isZero()) {
            throw new IllegalArgumentException("graph.request-timeout must be positive: " + requestTimeout);
        }
        if (connectTimeout.isNegative() || connectTimeout.isZero()) {
            throw new IllegalArgumentException("graph.connect-timeout must be positive: " + connectTimeout);
        }
        if (connectionsMax < 1 || pendingMax < 1) {
            throw new IllegalArgumentException(
                    "graph.connections-max and graph.pending-max must be positive: " + connectionsMax + ", "
                            + pendingMax);
        }
    }

    /** With trace context. */
    public GraphSettings(URI baseUrl, String apiVersion, Duration requestTimeout, Duration connectTimeout,
            int connectionsMax, int pendingMax) {
        this(baseUrl, apiVersion, requestTimeout, connectTimeout, connectionsMax, pendingMax, TRACEPARENT_SENT);
    }

    /** The defaults towards one address. */
    public static GraphSettings towards(URI baseUrl) {
        return new GraphSettings(baseUrl, API_VERSION, REQUEST_TIMEOUT, CONNECT_TIMEOUT, CONNECTIONS_MAX, PENDING_MAX);
    }
}
