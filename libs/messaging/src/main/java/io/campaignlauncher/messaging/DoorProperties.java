package io.campaignlauncher.messaging;

import io.campaignlauncher.frontdoor.DoorSettings;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The bounds of a service's HTTP servers.
 *
 * @param hosts                 host names, comma-separated, that HTTP servers here answer to besides those of this machine; each with
 *     a port or for every port
 * @param requestLineBytesMax   bytes of method, address and version, 1 or more
 * @param headerBytesMax        bytes of all header fields together, 1 or more
 * @param headersMax            header fields, 1 or more
 * @param headPatience          how long from a request's first byte to the end of its header
 * @param bodyPatience          how long from the end of the header to the end of the body
 * @param idleMax               how long a connection may be without a request
 * @param connectionsMax        connections at once, 1 or more
 * @param addressConnectionsMax connections at once from one address, 1 or more
 */
@ConfigurationProperties("launch.http")
record DoorProperties(@DefaultValue List<String> hosts, @DefaultValue("8192") int requestLineBytesMax,
        @DefaultValue("16384") int headerBytesMax, @DefaultValue("100") int headersMax,
        @DefaultValue("10s") Duration headPatience, @DefaultValue("30s") Duration bodyPatience,
        @DefaultValue("60s") Duration idleMax, @DefaultValue("5000") int connectionsMax,
        @DefaultValue("2500") int addressConnectionsMax) {

    /** What breaks a rule is refused by them. */
    DoorSettings settings() {
        return new DoorSettings(hosts, requestLineBytesMax, headerBytesMax, headersMax, headPatience, bodyPatience,
                idleMax, connectionsMax, addressConnectionsMax);
    }
}
