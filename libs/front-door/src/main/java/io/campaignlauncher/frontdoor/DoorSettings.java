package io.campaignlauncher.frontdoor;

import java.time.Duration;
import java.util.List;

/**
 * The bounds of an HTTP server, {@code launch.http.*}.
 *
 * @param hosts                   names that it answers to besides those of this machine, each with a port or for every port
 * @param requestLineBytesMax     method, address and version
 * @param headerBytesMax          all header fields together
 * @param headersMax              header fields
 * @param headPatience            from a request's first byte to the end of its header
 * @param bodyPatience            from the end of the header to the end of the body
 * @param idleMax                 a connection without a request
 * @param connectionsMax          at once
 * @param addressConnectionsMax   at once from one address
 */
public record DoorSettings(List<String> hosts, int requestLineBytesMax, int headerBytesMax, int headersMax,
        Duration headPatience, Duration bodyPatience, Duration idleMax, int connectionsMax,
        int addressConnectionsMax) {

    public static final DoorSettings DEFAULTS = new DoorSettings(List.of(), 8 * 1024, 16 * 1024, 100,
            Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60), 5_000, 2_500);

    public DoorSettings {
        hosts = List.copyOf(hosts);
        if (requestLineBytesMax < 1 || headerBytesMax < 1 || headersMax < 1 || connectionsMax < 1
                || addressConnectionsMax < 1) {
            throw new IllegalArgumentException("launch.http: every bound must be at least 1");
        }
        if (!headPatience.isPositive() || !bodyPatience.isPositive() || !idleMax.isPositive()) {
            throw new IllegalArgumentException(
                    "launch.http: head-patience, body-patience and idle-max must be positive");
        }
    }

    public DoorSettings withHosts(List<String> names) {
        return new DoorSettings(names, requestLineBytesMax, headerBytesMax, headersMax, headPatience, bodyPatience,
                idleMax, connectionsMax, addressConnectionsMax);
    }

    public DoorSettings withHeads(int newRequestLineBytesMax, int newHeaderBytesMax) {
        return new DoorSettings(hosts, newRequestLineBytesMax, newHeaderBytesMax, headersMax, headPatience,
                bodyPatience, idleMax, connectionsMax, addressConnectionsMax);
    }

    public DoorSettings withTimes(Duration newHeadPatience, Duration newBodyPatience, Duration newIdleMax) {
        return new DoorSettings(hosts, requestLineBytesMax, headerBytesMax, headersMax, newHeadPatience,
                newBodyPatience, newIdleMax, connectionsMax, addressConnectionsMax);
    }

    public DoorSettings withConnections(int newConnectionsMax, int newAddressConnectionsMax) {
        return new DoorSettings(hosts, requestLineBytesMax, headerBytesMax, headersMax, headPatience, bodyPatience,
                idleMax, newConnectionsMax, newAddressConnectionsMax);
    }
}
