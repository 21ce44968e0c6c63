package io.campaignlauncher.worker;

import io.campaignlauncher.sendonce.BaseUrl;
import io.campaignlauncher.graph.GraphSettings;
import io.campaignlauncher.messaging.SharedDefaults;
import java.net.URI;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How workers and the job-service reach the Graph API, as settings say it; {@link GraphSettings} refuses what breaks a rule.
 *
 * @param baseUrl        address of a Graph API, https except on this machine; must be set, but in the standalone system, which
 *     starts a simulator where none is named
 * @param allowHttp      whether access tokens may travel in plain text to another machine
 * @param apiVersion     version of the Graph API in every address
 * @param requestTimeout how long a request to the Graph API may take, its answer included; that of creations is the
 *     job-service's, its commands say so
 * @param connectTimeout for the TCP and TLS handshake
 * @param connectionsMax connections of a verifier or a rollback service to the Graph API, 1 or more; further requests wait.
 *     A creator has {@code launch.creation.requests-at-once}, a job-service 32
 * @param pendingMax     requests of a verifier or a rollback service that may wait for a connection, 1 or more. A creator has
 *     {@code launch.creation.requests-waiting-max}, a job-service 500
 * @param traceparent    whether requests to the Graph API carry trace context
 */
@ConfigurationProperties("graph")
public record GraphProperties(@DefaultValue("") String baseUrl, @DefaultValue("false") boolean allowHttp,
        @DefaultValue(GraphSettings.API_VERSION) String apiVersion,
        @DefaultValue(SharedDefaults.REQUEST_TIMEOUT) Duration requestTimeout,
        @DefaultValue("3s") Duration connectTimeout,
        @DefaultValue("" + GraphSettings.CONNECTIONS_MAX) int connectionsMax,
        @DefaultValue("" + GraphSettings.PENDING_MAX) int pendingMax,
        @DefaultValue("" + GraphSettings.TRACEPARENT_SENT) boolean traceparent) {

    /** @throws IllegalStateException where the address is missing */
    public GraphSettings settings() {
        return settings(connectionsMax, pendingMax);
    }

    /**
     * With other bounds for connections.
     *
     * @throws IllegalStateException where the address is missing
     */
    public GraphSettings settings(int connections, int pending) {
        return new GraphSettings(url(), apiVersion, requestTimeout, connectTimeout, connections, pending, traceparent);
    }

    private URI url() {
        if (baseUrl.isBlank()) {
            throw new IllegalStateException("set graph.base-url");
        }
        return BaseUrl.of("graph", baseUrl, allowHttp);
    }
}
