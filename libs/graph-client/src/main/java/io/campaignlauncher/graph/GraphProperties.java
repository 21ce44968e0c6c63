package io.campaignlauncher.graph;

import java.net.URI;
import java.time.Duration;
import org.springframework.core.env.PropertyResolver;

/** Reads {@link GraphSettings} from the properties that every service shares; {@code graph.base-url} is the one that must be set. */
public final class GraphProperties {

    private static final String BASE_URL = "graph.base-url";

    private GraphProperties() {}

    /** @throws IllegalStateException where the address is missing */
    public static GraphSettings settings(PropertyResolver properties) {
        return new GraphSettings(baseUrl(properties),
                properties.getProperty("graph.api-version", GraphSettings.API_VERSION),
                properties.getProperty("graph.request-timeout", Duration.class, GraphSettings.REQUEST_TIMEOUT),
                properties.getProperty("graph.connect-timeout", Duration.class, GraphSettings.CONNECT_TIMEOUT),
                properties.getProperty("graph.connections-max", Integer.class, GraphSettings.CONNECTIONS_MAX),
                properties.getProperty("graph.pending-max", Integer.class, GraphSettings.PENDING_MAX),
                traceparentSent(properties));
    }

    /**
     * {@code graph.base-url}; {@code graph.allow-http} lets it be http on another machine.
     *
     * @throws IllegalStateException    where it is missing
     * @throws IllegalArgumentException where it cannot be one
     */
    public static URI baseUrl(PropertyResolver properties) {
        var baseUrl = properties.getProperty(BASE_URL, "");
        if (baseUrl.isBlank()) {
            throw new IllegalStateException("set " + BASE_URL);
        }
        return BaseUrl.of(baseUrl, properties.getProperty("graph.allow-http", Boolean.class, false));
    }

    /** {@code graph.traceparent}: whether requests carry trace context. */
    public static boolean traceparentSent(PropertyResolver properties) {
        return properties.getProperty("graph.traceparent", Boolean.class, GraphSettings.TRACEPARENT_SENT);
    }
}
