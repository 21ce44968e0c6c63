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
        var baseUrl = properties.getProperty(BASE_URL, "");
        if (baseUrl.isBlank()) {
            throw new IllegalStateException("set " + BASE_URL);
        }
        return new GraphSettings(URI.create(baseUrl.strip()),
                properties.getProperty("graph.api-version", GraphSettings.API_VERSION),
                properties.getProperty("graph.request-timeout", Duration.class, GraphSettings.REQUEST_TIMEOUT),
                properties.getProperty("graph.connect-timeout", Duration.class, GraphSettings.CONNECT_TIMEOUT),
                properties.getProperty("graph.connections-max", Integer.class, GraphSettings.CONNECTIONS_MAX),
                properties.getProperty("graph.pending-max", Integer.class, GraphSettings.PENDING_MAX),
                traceparentSent(properties));
    }

    /** {@code graph.traceparent}: whether requests carry trace context. */
    public static boolean traceparentSent(PropertyResolver properties) {
        return properties.getProperty("graph.traceparent", Boolean.class, GraphSettings.TRACEPARENT_SENT);
    }
}
